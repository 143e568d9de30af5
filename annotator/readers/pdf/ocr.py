"""Reads words off the picture of a page, with Tesseract where the machine has it, else with RapidOCR.

Neither comes with the program by itself: Tesseract is a program of the system, RapidOCR the extra `ocr`,
whose models ship in its wheel and need no network. Pictures are drawn at 200 dots an inch; boxes are in
pixels until `recognise` turns them into points.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from annotator.errors import UnreadableSource
from annotator.geometry import Box
from annotator.readers.pdf.letter_size import measure_line, near_alike
from annotator.readers.pdf.sheet import Sheet, Style, Token

DOTS_PER_INCH = 200
MOST_PIXELS = 25_000_000
# Detection works on a smaller picture: lines of print are found as well, in a fraction of the time.
DETECTION_SIDE = 960
LINES_AT_ONCE = 6
# The time that a line takes grows with its width. Letters can be told apart as well when they are set
# closer; short pieces, such as line numbers, have too few pixels to spare any.
NARROWED, LONG_LINE = 0.7, 8
LEAST_CONFIDENCE = 50
TESSERACT_SECONDS = 120

NO_ENGINE = (
    "To have scanned pages read, add OCR: “pip install 'annotator[ocr]'”, or install the program Tesseract."
)

Picture = NDArray[np.uint8]


class Seen(NamedTuple):
    """A word on the picture: its box in pixels, how sure the engine is in per cent, and its line."""

    text: str
    box: Box
    confidence: int
    line: int


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to recognise text; `read` takes a picture in blue, green, red and gives its words."""

    name: str
    read: Callable[[Picture], list[Seen]]


def has_engine() -> bool:
    """Whether the machine can recognise text; loads nothing."""
    return shutil.which("tesseract") is not None or importlib.util.find_spec("rapidocr") is not None


def find_engine() -> Engine:
    """The engine that the machine has, ready to read; UnreadableSource with what to install without any."""
    program = shutil.which("tesseract")
    if program is not None:
        return _tesseract(program)
    if importlib.util.find_spec("rapidocr") is not None:
        return _rapidocr()
    raise UnreadableSource(f"No text was recognised, as there is no OCR on this computer. {NO_ENGINE}")


def recognise(document: pypdfium2.PdfDocument, sheet: Sheet, engine: Engine, *, keeps_text: bool) -> Sheet:
    """The page with the words that the engine reads off its picture as its tokens.

    `keeps_text` keeps the words that the page has already, such as a court's stamp on a scan.
    """
    picture, scale = _drawn(document, sheet)
    kept = [token for token in sheet.tokens if keeps_text and not token.style.is_invisible]
    tokens = [
        token
        for token in _tokens(engine.read(picture), picture, scale)
        if not any(_lies_on(token.box, other.box) for other in kept)
    ]
    frame = replace(sheet.frame, turn=sheet.frame.shown)
    read = Sheet(
        sheet.number,
        frame,
        is_recognised=True,
        redactions=sheet.redactions,
        attachments=sheet.attachments,
    )
    if not sheet.frame.is_turned:
        read.rules, read.rails, read.boxes, read.pictures = (
            sheet.rules,
            sheet.rails,
            sheet.boxes,
            sheet.pictures,
        )
        tokens = [*kept, *tokens]
    read.tokens = tokens
    return read


def _drawn(document: pypdfium2.PdfDocument, sheet: Sheet) -> tuple[Picture, float]:
    """The page as it is shown, and how many pixels a point has."""
    width, height = sheet.shown_size
    scale = min(DOTS_PER_INCH / 72, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    page = document[sheet.number - 1]
    try:
        bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=False)
        pixels = bitmap.to_numpy()
        return np.array(pixels[:, :, :3] if pixels.ndim == 3 else np.stack([pixels] * 3, axis=2)), scale
    finally:
        page.close()


def _tokens(seen: list[Seen], picture: Picture, scale: float) -> list[Token]:
    """The words as tokens in points, set as the letters of their lines measure."""
    lines = [list(words) for _, words in groupby(seen, key=lambda word: word.line)]
    grey = picture.min(axis=2)
    measured = [measure_line(grey, [(word.text, word.box) for word in words]) for words in lines]
    sizes = near_alike([line.size for line in measured])
    tokens = []
    for words, line, size in zip(lines, measured, sizes, strict=True):
        style = Style("", round(size / scale, 1), 0)
        baseline = round(line.baseline / scale, 2)
        for word, (x0, x1) in zip(words, line.sides, strict=True):
            count = len(word.text)
            edges = tuple(round((x0 + (x1 - x0) * part / count) / scale, 2) for part in range(count + 1))
            top, bottom = baseline - 0.8 * style.size, baseline + 0.22 * style.size
            tokens.append(
                Token(word.text, edges, top, bottom, baseline, style, 0, confidence=word.confidence)
            )
    return tokens


def _lies_on(box: Box, other: Box) -> bool:
    """Whether the middle of a box is within another."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return other.x0 <= x <= other.x1 and other.top <= y <= other.bottom


# -- RapidOCR


def _rapidocr() -> Engine:
    import cv2
    from rapidocr import RapidOCR

    def narrowed(line: Picture) -> Picture:
        height, width = line.shape[:2]
        if width < LONG_LINE * height:
            return line
        size = round(width * NARROWED), height
        return np.asarray(cv2.resize(line, size, interpolation=cv2.INTER_AREA), np.uint8)

    engine: Any = RapidOCR(
        params={
            "Global.log_level": "critical",
            # Pages come upright; asking each line whether it stands on its head takes a third of the time.
            "Global.use_cls": False,
            "Global.max_side_len": 6000,
            "Global.return_word_box": True,
            "Det.limit_side_len": DETECTION_SIDE,
            "Det.limit_type": "max",
            "Rec.rec_batch_num": LINES_AT_ONCE,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
        }
    )
    # WORKAROUND: RapidOCR 3.10 has no setting for how lines are scaled before they are read. Boxes are
    # kept in parts of the line, so they stay right.
    recognize = engine.recognize_txt
    engine.recognize_txt = lambda lines: recognize([narrowed(line) for line in lines])
    return Engine(f"RapidOCR {version('rapidocr')}", lambda picture: list(_rapid_words(engine, picture)))


def _rapid_words(engine: Any, picture: Picture) -> Iterator[Seen]:
    found = engine(picture)
    if not found.txts:
        return
    for number, (text, pieces) in enumerate(zip(found.txts, found.word_results, strict=True)):
        yield from _whole_words(text, list(pieces), number)


def _whole_words(text: str, pieces: list[tuple[str, float, list[list[float]]]], line: int) -> Iterator[Seen]:
    """The words between blanks, each out of the pieces that the engine has boxes for."""
    for word in text.split():
        held: list[tuple[str, float, list[list[float]]]] = []
        while pieces and sum(len(piece[0]) for piece in held) < len(word):
            held.append(pieces.pop(0))
        if not held:
            return
        corners = [corner for _, _, box in held for corner in box]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        confidence = round(100 * min(score for _, score, _ in held))
        yield Seen(word, Box(min(xs), min(ys), max(xs), max(ys)), confidence, line)


# -- Tesseract


def _tesseract(program: str) -> Engine:
    told = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=False, timeout=TESSERACT_SECONDS
    )
    number = (told.stdout or told.stderr).partition("\n")[0].removeprefix("tesseract").strip()
    return Engine(f"Tesseract {number}".strip(), lambda picture: _tesseract_words(program, picture))


def _tesseract_words(program: str, picture: Picture) -> list[Seen]:
    """The words that the program prints as a table, for a picture in the PPM format that it is given."""
    height, width = picture.shape[:2]
    portable = f"P6 {width} {height} 255\n".encode() + picture[:, :, ::-1].tobytes()
    command = [program, "stdin", "stdout", "--dpi", str(DOTS_PER_INCH), "tsv"]
    try:
        told = subprocess.run(
            command, input=portable, capture_output=True, check=True, timeout=TESSERACT_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableSource(
            f"Tesseract failed on a page ({error}). Install it again with its English data."
        ) from error
    return list(read_table(told.stdout.decode("utf-8", "replace")))


def read_table(table: str) -> Iterator[Seen]:
    """The words in Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height,
    confidence, text; words have level 5.
    """
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = map(float, cells[6:10])
            confidence = round(float(cells[10]))
            if confidence >= LEAST_CONFIDENCE:
                number = lines.setdefault(tuple(cells[1:5]), len(lines))
                box = Box(left, top, left + width, top + height)
                yield Seen(cells[11].strip(), box, confidence, number)
