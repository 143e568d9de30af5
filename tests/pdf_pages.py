"""Builders of PDFs with known text: pleading paper, columns, footnotes, stamps, rotated and cropped pages.

Places are PDF points from the top left. All text is our own.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import pikepdf
import pypdfium2
from fpdf import FPDF
from PIL import Image

LETTER = (612.0, 792.0)


class Paper(FPDF):
    """Pages of US letter size on which text is put at exact baselines."""

    def __init__(self, size: tuple[float, float] = LETTER) -> None:
        super().__init__(unit="pt", format=size)
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.add_page()
        self.typeset("Times", 12)

    def typeset(self, family: str, size: float, style: str = "") -> None:
        """The font of what is put next."""
        self.set_font(family, style, size)

    def put(self, x: float, y: float, text: str) -> None:
        """Text that starts at x on the baseline y."""
        self.text(x, y, text)

    def put_lines(self, x: float, y: float, lines: Iterable[str], pitch: float = 14.0) -> float:
        """Lines below each other; the baseline that the next one would have."""
        for line in lines:
            if line:
                self.put(x, y, line)
            y += pitch
        return y

    def put_centred(self, y: float, text: str, middle: float = 306.0) -> None:
        self.put(middle - self.get_string_width(text) / 2, y, text)

    def put_right(self, right: float, y: float, text: str) -> None:
        self.put(right - self.get_string_width(text), y, text)

    def put_justified(self, x: float, y: float, text: str, width: float, pitch: float = 14.0) -> float:
        """A paragraph set to a width, its lines filled but not stretched; the next baseline."""
        return self.put_lines(x, y, self.wrapped(text, width), pitch)

    def wrapped(self, text: str, width: float, first: float = 0.0) -> list[str]:
        """Lines of as many words as fit; `first` is what the first line is indented by."""
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            room = width - (first if not lines else 0.0)
            if line and self.get_string_width(longer) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line]

    def pleading_numbers(
        self, count: int = 28, x: float = 60.0, y: float = 90.0, pitch: float = 24.0
    ) -> None:
        """The numbers down the left edge of pleading paper, and its rails."""
        for number in range(1, count + 1):
            self.put_right(x + 12, y + (number - 1) * pitch, str(number))
        self.line(x + 20, 0, x + 20, self.h)
        self.line(x + 23, 0, x + 23, self.h)

    @contextmanager
    def marked(self, name: str) -> Iterator[None]:
        """What is put inside is tagged so: "Artifact", or "P" as the text of a paragraph."""
        self._out(f"/{name} BMC")
        yield
        self._out("EMC")

    def box(self, x: float, y: float, width: float, height: float, grey: int = 0) -> None:
        """A filled box, painted over what was put before."""
        self.set_fill_color(grey)
        self.rect(x, y, width, height, style="F")
        self.set_fill_color(0)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """A picture of speckled grey, as a scanner makes."""
        picture = Image.effect_noise((64, 64), 60).convert("RGB")
        self.image(picture, x, y, width, height)

    def bytes(self) -> bytes:
        return bytes(self.output())


def changed(data: bytes, *, rotate: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """The same PDF with every page turned, or cropped to left, bottom, right, top."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            if rotate:
                page.Rotate = rotate
            if crop is not None:
                page.CropBox = list(crop)
        return saved(pdf)


def with_size(data: bytes, page: int, width: float, height: float) -> bytes:
    """The same PDF with a page, counted from 1, that claims to be so large."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[page - 1].MediaBox = [0, 0, width, height]
        return saved(pdf)


def encrypted(data: bytes, user: str, owner: str = "owner") -> bytes:
    """The same PDF, encrypted."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def with_annotation(data: bytes, **values: object) -> bytes:
    """The same PDF with a PDF annotation of these keys on its first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        annotation = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, **values))
        page = pdf.pages[0]
        page.Annots = pikepdf.Array([*page.get("/Annots", []), annotation])
        if values["Subtype"] == pikepdf.Name.Widget:
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[annotation])
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def scanned(paper: Paper) -> bytes:
    """The first page as a picture at 200 dots an inch."""
    document = pypdfium2.PdfDocument(paper.bytes())
    bitmap = document[0].render(scale=200 / 72, grayscale=True)
    picture = Image.fromarray(np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width))
    document.close()
    file = io.BytesIO()
    picture.save(file, format="PDF", resolution=200)
    return file.getvalue()
