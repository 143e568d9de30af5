"""Files that are not what they seem, projects that cannot be opened, disks that are full.

A clear line for each, the rest done, and nothing left changed or half-written.
"""

import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from storage.store import open_project
from tests import projects
from tests.factories import TEXT
from tests.processes import hold_open, running
from tests.ui.windows import dialog, open_window
from ui import cli
from ui.dialogs.problem import ProblemDialog

ROOT = Path(__file__).parents[2]
ORDER = ROOT / "resources" / "sample" / "sample-order.pdf"
SENTENCE = "The judge ruled on Monday that the agreement is void, and ordered the port to pay damages."
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("A ruling", 1)
    document.add_paragraph(SENTENCE)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def locked_pdf() -> bytes:
    kept = BytesIO()
    with pikepdf.open(ORDER) as pdf:
        pdf.save(kept, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return kept.getvalue()


def make_50_mb(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)
        file.write(SENTENCE.encode())


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "is empty"),
    "empty.html": (b"", "is empty"),
    "empty.docx": (b"", "is empty"),
    "empty.pdf": (b"", "is empty"),
    "blank.txt": (b" \n\t\n", "holds no text"),
    "counting.txt": (bytes([0, 1, 2, 3]) * 1000, "holds binary data"),
    "program.txt": (b"\x7fELF" + bytes(range(256)) * 40, "holds binary data"),
    "locked.docx": (COMPOUND + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "by a password"),
    "old.docx": (COMPOUND + bytes(3000), "in Word's old format"),
    "cut.docx": (word_file()[:9000], "is damaged"),
    "locked.pdf": (locked_pdf(), "protected with a password"),
    "cut.pdf": (ORDER.read_bytes()[:1500], "is damaged"),
    "text.pdf": (b"Not a PDF at all.", "is damaged or is no PDF"),
    "program.exe": (b"MZ", "its format is not one of"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return projects.with_document(tmp_path)


def files(folder: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


def test_each_bad_file_has_its_line_and_the_rest_is_imported(
    project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (data, _) in REFUSED.items():
        (folder / name).write_bytes(data)
    make_50_mb(folder / "fifty.txt")
    (folder / "a.txt").write_text("The first good one.\n", "utf-8")
    (folder / "good.docx").write_bytes(word_file())
    (folder / "wide.txt").write_bytes(f"{SENTENCE}\n".encode("utf-16-le"))

    code = cli.run(["import", str(project), str(folder)])

    out, err = capfd.readouterr()
    assert (code, out.splitlines()[-1]) == (
        0,
        f"3 read, 0 already here, {len(REFUSED) + 1} refused; 0 spans.",
    )
    lines = {line.split(": ")[1]: line for line in err.splitlines() if line.startswith("refused: ")}
    wanted = {f"in/{name}": reason for name, (_, reason) in REFUSED.items()}
    wanted["in/fifty.txt"] = "too large: it has 50 MB, and at most 10,000,000 characters"
    assert {name for name, reason in wanted.items() if reason not in lines.get(name, "")} == set()
    assert cli.run(["check", str(project)]) == 0


class Listener:
    """A server that notes whether anybody comes; nobody should."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.visits = 0
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            visitor, _ = self._socket.accept()
            is_end = visitor.recv(3) == b"end"
            visitor.close()
            if is_end:
                return
            self.visits += 1

    def close(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"end")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.close()


def test_page_with_scripts_and_remote_images_fetches_nothing(
    project: Path, tmp_path: Path, listener: Listener, capfd: pytest.CaptureFixture[str]
) -> None:
    there = f"http://127.0.0.1:{listener.port}"
    (tmp_path / "page.html").write_text(
        f"<html><head><title>Ruling</title><base href='{there}/'><link rel=stylesheet href='{there}/x.css'>"
        f"<meta http-equiv=refresh content='0;url={there}/r'><script src='{there}/x.js'></script></head>"
        f"<body><img src='{there}/a.png'><iframe src='{there}/f'></iframe><article>"
        f"{f'<p>{SENTENCE}</p>' * 6}<script>document.write('EVIL')</script>"
        f"<img src='{there}/b.png' onerror='alert(1)'></article></body></html>",
        "utf-8",
    )

    code = cli.run(["import", str(project), str(tmp_path / "page.html")])
    assert (code, listener.visits) == (0, 0)
    assert "1 read" in capfd.readouterr().out
    with open_project(project, workstation="w") as store:
        text = store.text(store.documents()[-1].text_version)
    assert SENTENCE in text
    assert "EVIL" not in text


# -- projects that cannot be opened


def make_text(path: Path) -> None:
    path.write_text("Not a project.\n" * 100)


def make_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def make_of_another_program(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")


def make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.execute("PRAGMA journal_mode = DELETE")


UNOPENED: tuple[tuple[Callable[[Path], object], str], ...] = (
    (make_text, "is not an Annotator project"),
    (Path.touch, "is not an Annotator project"),
    (make_cut, "is damaged"),
    (make_of_another_program, "is not an Annotator project"),
    (make_newer, "was saved by a version of Annotator that this one does not know"),
)


@pytest.mark.parametrize(("spoil", "sentence"), UNOPENED)
def test_file_that_cannot_be_opened_is_told_and_left_alone_by_the_window(
    qtbot: QtBot, project: Path, spoil: Callable[[Path], object], sentence: str
) -> None:
    spoiled = project.with_name("spoiled.annotator")
    if spoil is not Path.touch:
        spoiled.write_bytes(project.read_bytes())
    spoil(spoiled)

    with open_window(qtbot, project) as window:
        before = files(project.parent)
        assert not window.projects.open(spoiled)
        told = dialog(qtbot, "rescue" if spoil is make_cut else "problem")
        words = told.words.text() if isinstance(told, ProblemDialog) else told.property("text")
        assert f"spoiled.annotator {sentence}" in words
        told.close()

        assert files(project.parent) == before
        assert window.session.store is not None
        assert window.session.store.path == project


@pytest.mark.parametrize(("spoil", "sentence"), UNOPENED)
def test_file_that_cannot_be_opened_is_told_and_left_alone_by_every_command(
    tmp_path: Path,
    project: Path,
    capfd: pytest.CaptureFixture[str],
    spoil: Callable[[Path], object],
    sentence: str,
) -> None:
    if spoil is Path.touch:
        project.unlink()
    spoil(project)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    before, path = files(tmp_path), str(project)

    for command in (
        ["documents", path],
        ["import", path, str(tmp_path / "a.txt")],
        ["check", path],
        ["export", path, "--format", "jsonl", "--out", str(tmp_path / "out.jsonl")],
    ):
        code = cli.run(command)

        out, err = capfd.readouterr()
        assert (code, out, err.count("\n")) == (1, "", 1), command
        assert sentence in err

    assert files(tmp_path) == before


def test_project_open_elsewhere_is_offered_to_read_and_left_as_it_is(qtbot: QtBot, project: Path) -> None:
    with running(hold_open, project) as (_, pipe), open_window(qtbot, None) as window:
        assert pipe.recv() == "open"
        before = project.read_bytes()

        assert not window.projects.open(project)
        offer = dialog(qtbot, "read_only")
        assert isinstance(offer, QMessageBox)
        assert "Rulings.annotator is open for writing in another window" in offer.text()
        next(button for button in offer.buttons() if "read" in button.text()).click()

        assert window.session.store is not None
        assert window.session.store.read_only
        with qtbot.waitSignal(window.session.refused) as refused:
            window.session.highlight("judge", 0, 5)
        assert "open for reading only" in refused.args[0]
        assert window.session.annotations == {}
        window.importing.import_paths([ORDER])
        told = dialog(qtbot, "problem")
        assert isinstance(told, ProblemDialog)
        assert "open for reading only" in told.words.text()
        told.close()
        assert window.jobs.jobs == []
        assert project.read_bytes() == before


# -- targets that cannot be written


def test_export_over_a_project_is_refused(
    project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.annotator"
    with projects.new_project(other):
        pass
    before = files(tmp_path)

    codes = [
        cli.run(["export", str(project), "--format", "jsonl", "--out", str(out)]) for out in (project, other)
    ]

    assert codes == [1, 1]
    assert files(tmp_path) == before
    itself, another = capfd.readouterr().err.splitlines()
    assert "is the project itself" in itself
    assert "has the name of a project" in another


def test_export_to_a_full_disk_leaves_what_was_there(
    project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    resource = pytest.importorskip("resource", reason="the system has no limit for the size of a file")
    with open_project(project, workstation="w") as store:
        projects.add_document(store, "long", text="A line of the long one.\n" * 20_000)
    target = tmp_path / "out.jsonl"
    target.write_text("what was there\n", "utf-8")
    before = files(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # What SQLite writes beside the project to read it stays below this; the export does not.
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        code = cli.run(["export", str(project), "--format", "jsonl", "--out", str(target)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert code == 1
    assert files(tmp_path) == before
    assert "out.jsonl” cannot be written: File too large" in capfd.readouterr().err


def test_new_project_on_a_full_disk_is_told_by_its_name_and_leaves_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    resource = pytest.importorskip("resource", reason="the system has no limit for the size of a file")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        code = cli.run(["new", str(tmp_path / "full.annotator")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert (code, files(tmp_path)) == (1, {})
    told = capfd.readouterr().err
    assert "full.annotator" in told
    assert ".part" not in told
