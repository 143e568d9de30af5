"""Mutated documents: each is read or refused in a sentence within its limits, and nothing is ever fetched."""

import os
import random
import socket
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest

from annotator.errors import ReaderFault, UnreadableSource
from annotator.readers import reader_for
from annotator.readers.document import ReadDocument
from annotator.readers.isolated import ReaderProcess
from annotator.readers.options import PLAIN
from tests import edits, projects
from ui import cli

ROOT = Path(__file__).parents[2]
SENTENCE = "The judge ruled on Monday that the agreement is void, and ordered the port to pay damages."
PARTS = 10  # the long run is told in as many tests for each format
MANY = int(os.environ.get("ANNOTATOR_FUZZ", "10000"))
FEW = 6
SECONDS, MEMORY_MB = 20.0, 1500

HTML = f"""<html><head><title>A ruling</title><link rel="stylesheet" href="http://192.0.2.1/a.css">
<script src="http://192.0.2.1/a.js">fetch("http://192.0.2.1/b")</script></head><body><article>
<h1>A ruling</h1><p>{SENTENCE}</p><img src="http://192.0.2.1/a.png"><iframe src="file:///etc/hostname"></iframe>
<p>{SENTENCE}</p><table><tr><td>Port</td><td>5,000</td></tr></table></article></body></html>"""
ENTITY = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">
<!ENTITY b SYSTEM "http://192.0.2.1/b">]><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>&a;&b; {SENTENCE}</p></body></html>"""


def word() -> bytes:
    document = docx.Document()
    document.add_heading("A ruling", 1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Port"
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound file of each format, by its name."""
    folder = tmp_path_factory.mktemp("seeds")
    with projects.new_project(folder) as store:
        projects.add_document(store)
        for n in range(5):
            edits.mark(store, edits.span(f"span-{n}", start=n * 6, end=n * 6 + 5, label="judge"))
        path = store.path
    for name in ("jsonl", "uima-xmi", "brat"):
        assert cli.run(["export", str(path), "--format", name, "--out", str(folder / name)]) == 0
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((folder / "brat").rglob("*")):
            if file.is_file():
                archive.write(file, str(file.relative_to(folder)))
        archive.writestr("../../escaped.txt", SENTENCE)
    return {
        "a.html": HTML.encode(),
        "a.docx": word(),
        "a.pdf": (ROOT / "resources" / "sample" / "sample-order.pdf").read_bytes(),
        "a.xmi": next((folder / "uima-xmi").rglob("*.xmi")).read_bytes(),
        "a.zip": packed.getvalue(),
        "a.jsonl": (folder / "jsonl").read_bytes(),
    }


NAMES = ("a.html", "a.docx", "a.pdf", "a.xmi", "a.zip", "a.jsonl")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with a few bytes flipped, stretches removed, doubled or moved, or its end cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        place, length = chance.randrange(len(changed)), chance.choice((1, 4, 64, 1024))
        match chance.randrange(6):
            case 0 | 1:
                changed[place] = chance.randrange(256)
            case 2:
                del changed[place : place + length]
            case 3:
                changed[place:place] = changed[place : place + length] * chance.choice((1, 50))
            case 4:
                changed[place : place + length] = chance.randbytes(length)
            case _:
                del changed[max(1, place) :]
        if not changed:
            return b"x"
    return bytes(changed)


def read_mutated(name: str, data: bytes, folder: Path, *, seed: int, count: int) -> Counter[str]:
    """Read mutations of a file one after the other; how many were read and refused.

    A reader's own fault is no refusal: what it raised is told with the mutation that it was raised on.
    """
    chance = random.Random(seed)
    faults: dict[str, str] = {}
    counts: Counter[str] = Counter()
    source = folder / name
    with ReaderProcess(seconds=SECONDS, memory_mb=MEMORY_MB) as process:
        for number in range(count):
            source.write_bytes(mutated(data, chance))
            try:
                parts = list(process.read(source))
            except ReaderFault as fault:
                counts["fault"] += 1
                lines = fault.trace.strip().splitlines()
                faults.setdefault("\n".join(lines[-5:]), f"seed {seed}, mutation {number}")
            except UnreadableSource:
                counts["refused"] += 1
            else:
                counts["read" if any(isinstance(part, ReadDocument) for part in parts) else "empty"] += 1
    assert {path.name for path in folder.iterdir()} == {name}, "a reader wrote something"
    assert not faults, "\n\n".join(f"{where}:\n{trace}" for trace, where in faults.items())
    return counts


@pytest.mark.parametrize("name", NAMES)
def test_mutated_files_are_read_or_refused(name: str, seeds: dict[str, bytes], tmp_path: Path) -> None:
    counts = read_mutated(name, seeds[name], tmp_path, seed=1, count=FEW)

    assert counts.total() == FEW


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", NAMES)
def test_thousands_of_mutated_files_are_read_or_refused(
    name: str, part: int, seeds: dict[str, bytes], tmp_path: Path
) -> None:
    count = -(-MANY // (PARTS * len(NAMES)))

    counts = read_mutated(name, seeds[name], tmp_path, seed=100 + part, count=count)

    assert counts.total() == count


@pytest.fixture
def forbidden(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No socket can be made, no name looked up; what tried to is listed."""
    tried: list[str] = []

    def refuse(what: str) -> Callable[..., object]:
        def raise_it(*_: object, **__: object) -> object:
            tried.append(what)
            raise OSError("the network is forbidden here")

        return raise_it

    import trafilatura  # it asks what a socket is when it is loaded

    assert trafilatura
    monkeypatch.setattr(socket.socket, "__init__", refuse("socket"))
    for what in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, what, refuse(what))
    return tried


@pytest.mark.parametrize("name", [*NAMES, "entity.xhtml"])
def test_reading_never_touches_the_network_and_follows_no_entity(
    name: str, seeds: dict[str, bytes], tmp_path: Path, forbidden: list[str]
) -> None:
    source = tmp_path / "in" / "deep" / name
    source.parent.mkdir(parents=True)
    source.write_bytes(ENTITY.encode() if name == "entity.xhtml" else seeds[name])

    try:
        parts = list(reader_for(source).read(source, PLAIN))
    except UnreadableSource:
        parts = []

    assert forbidden == []
    host = socket.gethostname()
    texts = [part.text for part in parts if isinstance(part, ReadDocument)]
    assert name == "entity.xhtml" or texts
    assert not any(host in text for text in texts), "a file link was followed"
    assert not list(tmp_path.rglob("escaped.txt")), "a path escaped"
