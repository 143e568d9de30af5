"""REFI-QDA: sound by the standard's rules, read back whole, and taken by QualCoder's own importer."""

import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from annotator.progress import run
from annotator.readers.isolated import ReaderProcess
from annotator.services.importing import import_paths
from storage.store import ProjectStore
from tests import projects
from tests.factories import TEXT
from tests.pdf_pages import Paper
from tests.unit.exporters.exporting import check_same_bytes_and_nothing_half_written, export
from tests.unit.exporters.qda_rules import NS, faults
from tests.unit.exporters.rich_project import OPINION, rich_project


def project_of(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("project.qde"))


def text_of(path: Path, source: etree._Element) -> str:
    name = source.get("plainTextPath", "").removeprefix("internal://")
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"sources/{name}").decode()


@pytest.fixture(scope="module")
def qdpx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("qda")
    with rich_project(folder) as store:
        report = export(store, "refi-qda", folder / "out.qdpx")
    assert dict(report.losses.counts) == {
        "attribute": 4,
        "certainty": 1,
        "discontinuous": 1,
        "document_label": 2,
        "relation_across": 1,
    }
    return folder / "out.qdpx"


def test_project_keeps_the_rules_of_the_standard(qdpx: Path) -> None:
    assert faults(project_of(qdpx)) == []


def test_rules_find_what_is_wrong(qdpx: Path) -> None:
    project = project_of(qdpx)
    selection = next(project.iter(f"{NS}PlainTextSelection"))
    del selection.attrib["endPosition"]
    next(project.iter(f"{NS}CodeRef")).set("targetGUID", "00000000-0000-0000-0000-000000000000")
    project.append(next(project.iter(f"{NS}Users")))

    assert len(faults(project)) == 3


def test_selections_are_the_words_that_were_marked(qdpx: Path) -> None:
    project = project_of(qdpx)
    codes = {code.get("guid"): code.get("name") for code in project.iter(f"{NS}Code")}
    users = {user.get("guid"): user.get("name") for user in project.iter(f"{NS}User")}
    found = set()
    for source in project.iter(f"{NS}TextSource"):
        text = text_of(qdpx, source)
        assert text in (TEXT, OPINION)
        for selection in source.iter(f"{NS}PlainTextSelection"):
            words = text[int(selection.get("startPosition", "")) : int(selection.get("endPosition", ""))]
            code = next(selection.iter(f"{NS}CodeRef")).get("targetGUID")
            found.add((words, codes[code], users[selection.get("creatingUser")]))
    assert {
        ("that Norvel cannot claim immunity", "Holding", "Ana"),
        ("Judge Ada Romero", "Judge", "Ana"),
        ("Judge Ada Romero", "Judge", "gold"),
        ("she said 😀", "Claim", "Bo Č."),
    } <= found
    assert len(found) == 8
    assert len(list(project.iter(f"{NS}Link"))) == 2


def test_note_and_attributes_are_the_memo(qdpx: Path) -> None:
    memos = {memo.text for memo in project_of(qdpx).iterfind(f".//{NS}PlainTextSelection/{NS}Description")}

    assert any(memo.startswith("R4,\n“see” below\nIssue: immunity") for memo in memos)
    assert any(memo.endswith("\nPiece 2 of 2") for memo in memos)


def pdf_project(folder: Path) -> ProjectStore:
    paper = Paper()
    paper.put_lines(72, 100, ["The court denied the motion to dismiss today.", "It did so with prejudice."])
    (folder / "order.pdf").write_bytes(paper.bytes())
    store = projects.new_project(folder)
    with ReaderProcess() as process:
        run(import_paths(store, [folder / "order.pdf"], annotator=projects.lead(store).id, process=process))
    return store


def test_pdf_comes_along_with_its_text_and_can_be_left_out(tmp_path: Path) -> None:
    with pdf_project(tmp_path) as store:
        export(store, "refi-qda", tmp_path / "with.qdpx")
        export(store, "refi-qda", tmp_path / "without.qdpx", originals=False)

    project = project_of(tmp_path / "with.qdpx")
    assert faults(project) == faults(project_of(tmp_path / "without.qdpx")) == []
    (source,) = project.iter(f"{NS}PDFSource")
    (text,) = source.iter(f"{NS}Representation")
    assert text_of(tmp_path / "with.qdpx", text).startswith("The court denied")
    with zipfile.ZipFile(tmp_path / "with.qdpx") as archive:
        pdf = archive.read("sources/" + source.get("path", "").removeprefix("internal://"))
    assert pdf == (tmp_path / "order.pdf").read_bytes()
    assert list(project_of(tmp_path / "without.qdpx").iter(f"{NS}PDFSource")) == []


def test_project_without_documents_is_sound(tmp_path: Path) -> None:
    with projects.new_project(tmp_path) as store:
        export(store, "refi-qda", tmp_path / "out.qdpx")

    assert faults(project_of(tmp_path / "out.qdpx")) == []


def test_same_bytes_and_nothing_half_written(tmp_path: Path) -> None:
    with rich_project(tmp_path) as store:
        check_same_bytes_and_nothing_half_written(store, "refi-qda", tmp_path)


# Stands in for the window toolkit, so that the importer runs without a window; the rest is QualCoder's own.
_RUN_IMPORTER = """
import builtins, importlib.abc, importlib.machinery, pathlib, sqlite3, sys, types
from unittest.mock import MagicMock

class Windowless(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    ABSENT = ("PyQt6", "vlc", "qualcoder.color_selector", "qualcoder.helpers", "qualcoder.GUI")
    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in self.ABSENT):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
    def create_module(self, spec):
        module = MagicMock(name=spec.name)
        module.__path__, module.__spec__ = [], spec
        return module
    def exec_module(self, module):
        pass

source, qdpx, database = sys.argv[1:]
sys.meta_path.insert(0, Windowless())
builtins._ = lambda text: text
package = types.ModuleType("qualcoder")
package.__path__ = [str(pathlib.Path(source, "src", "qualcoder"))]
sys.modules["qualcoder"] = package
from qualcoder import refi
refi.QtWidgets.QFileDialog.getOpenFileName.return_value = (qdpx, True)
refi.QtWidgets.QDialog = object
refi.color_matcher = lambda colour: colour
app = MagicMock()
app.conn = sqlite3.connect(database)
app.settings = {"directory": "", "codername": "default", "ai_enable": "False"}
app.project_path = str(pathlib.Path(database).parent)
pathlib.Path(app.project_path, "documents").mkdir()
refi.RefiImport(app, MagicMock(), "qdpx")
"""

_QUALCODER_TABLES = """
create table source (id integer primary key, name text unique, fulltext text, mediapath text, memo text,
  owner text, date text);
create table code_cat (catid integer primary key, name text unique, memo text, owner text, date text,
  supercatid integer);
create table code_name (cid integer primary key, name text unique, memo text, catid integer, owner text,
  date text, color text, supercid integer);
create table code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer,
  pos1 integer, owner text, memo text, date text, unique(cid, fid, pos0, pos1, owner));
create table attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text,
  valuetype text);
create table attribute (attrid integer primary key, name text, attr_type text, value text, id integer,
  date text, owner text);
create table annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text,
  owner text, date text);
create table project (memo text);
"""


@pytest.mark.slow
def test_qualcoder_reads_it_with_its_own_importer(qdpx: Path, tmp_path: Path) -> None:
    source = os.environ.get("QUALCODER_SOURCE")
    if not source:
        pytest.skip("set QUALCODER_SOURCE to a checkout of QualCoder's public source")
    database = tmp_path / "data.qda"
    with sqlite3.connect(database) as made:
        made.executescript(_QUALCODER_TABLES)
    made.close()

    subprocess.run(
        [sys.executable, "-c", _RUN_IMPORTER, source, str(qdpx), str(database)], check=True, timeout=100
    )

    read = sqlite3.connect(database)
    codings = set(
        read.execute(
            "select source.name, seltext, code_name.name, code_cat.name, code_text.owner from code_text"
            " join source on fid = source.id join code_name using (cid) join code_cat using (catid)"
        )
    )
    memos = {memo for (memo,) in read.execute("select memo from code_text")}
    values = set(read.execute("select name, value from attribute"))
    read.close()
    assert {
        ("Article", "that Norvel cannot claim immunity", "Holding", "Holding layer", "Ana"),
        ("Article", "Judge Ada Romero", "Judge", "Entity", "gold"),
        ("Article", "she said 😀", "Claim", "Claim layer", "Bo Č."),
    } <= codings
    assert len(codings) == 8
    assert any(memo.startswith("R4,\n“see” below") for memo in memos)
    assert ("Case", "4:19-cv-07123") in values
