"""Damaged project files: told in sentences, never a traceback; what is lost in a salvage is told too."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.model import Record
from storage import rolling, tables
from storage.store import open_project
from tests import edits, projects
from ui import cli
from ui.settings import backups_folder

PAGE = 4096
Damage = Callable[[Path, random.Random], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with work in its file and in its log, as a crash leaves it, and a backup of it beside it."""
    folder = tmp_path_factory.mktemp("whole")
    with projects.new_project(folder) as store:
        projects.add_document(store)
        projects.add_document(store, "long", text="The court ruled on the motion, and denied it.\n" * 400)
        for n in range(60):
            edits.mark(store, edits.span(f"span-{n}", start=n, end=n + 6))
        edits.mark(store, edits.span("changed", label="judge"))
        old = store.record(type(edits.span()), "changed")
        assert old is not None
        store.apply(edits.change("Relabel", before=(old,), after=(edits.span("changed", label="court"),)))
        store._database.write_back()
        for n in range(60, 70):
            edits.mark(store, edits.span(f"span-{n}", start=n, end=n + 6))
        rolling.make(store.path, folder / "backups", project_id=store.project_id)
        shutil.copy(store.path, folder / "whole.annotator")
        shutil.copy(f"{store.path}-wal", folder / "whole.annotator-wal")
    return folder / "whole.annotator"


def flip_bytes(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 8, 100))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def spoil_pages(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 3))):
        page = chance.randrange(len(data) // PAGE)
        data[page * PAGE : (page + 1) * PAGE] = (
            chance.randbytes(PAGE) if chance.random() < 0.5 else bytes(PAGE)
        )
    path.write_bytes(data)


def cut_file(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def cut_log(path: Path, chance: random.Random) -> None:
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(log.read_bytes()[: chance.randrange(log.stat().st_size)])


def drop_table(path: Path, chance: random.Random) -> None:
    table = chance.choice([name for name in tables.metadata.tables if name != "alembic_version"])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f'DROP TABLE "{table}"')


DAMAGES: tuple[Damage, ...] = (flip_bytes, spoil_pages, cut_file, cut_log, drop_table)


def records_in(path: Path) -> dict[str, Record | str]:
    """All that a project says of its documents, by id; texts too."""
    with open_project(path, workstation="w") as store:
        found: dict[str, Record | str] = {}
        for document in store.documents():
            found[document.id] = document
            found[f"{document.id} text"] = store.text(document.text_version)
            found |= {span.id: span for span in store.annotations(document.id)}
        return found


def see_that_nothing_is_lost_in_silence(
    whole: Path, folder: Path, damage: Damage, seed: int, output: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(whole.with_name("backups"), backups_folder(), dirs_exist_ok=True)
    sound = Path(shutil.copy(whole, folder / "sound.annotator"))
    shutil.copy(f"{whole}-wal", f"{sound}-wal")
    expected = records_in(sound)
    damaged = Path(shutil.copy(whole, folder / "damaged.annotator"))
    shutil.copy(f"{whole}-wal", f"{damaged}-wal")
    damage(damaged, random.Random(seed))
    kept = damaged.read_bytes()

    salvage_code = cli.run(["salvage", str(damaged), "--to", str(folder / "new.annotator")])
    salvaged = output.readouterr()
    assert damaged.read_bytes() == kept
    code = cli.run(["check", str(damaged)])
    told = output.readouterr()

    for ended in (salvaged, told):
        assert "went wrong" not in ended.err, ended.err
        assert "Traceback" not in ended.err
    assert code in (0, 1)
    if code == 0:
        assert records_in(damaged) == expected
    if (folder / "new.annotator").exists():
        lost = {
            id for id, record in expected.items() if records_in(folder / "new.annotator").get(id) != record
        }
        assert not lost or salvage_code == 1, f"{lost} are lost without a word"
    else:
        assert len(salvaged.err.splitlines()) == 1


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_and_nothing_lost_in_silence(
    whole: Path, tmp_path: Path, damage: Damage, capfd: pytest.CaptureFixture[str]
) -> None:
    see_that_nothing_is_lost_in_silence(whole, tmp_path, damage, 1, capfd)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_random_damage_is_told_and_nothing_lost_in_silence(
    whole: Path, tmp_path: Path, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    damage = DAMAGES[seed % len(DAMAGES)]
    see_that_nothing_is_lost_in_silence(whole, tmp_path, damage, 1000 + seed, capfd)


def test_salvage_with_a_backup_brings_everything_back(
    whole: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(whole.with_name("backups"), backups_folder(), dirs_exist_ok=True)
    damaged = Path(shutil.copy(whole, tmp_path / "damaged.annotator"))
    damaged.write_bytes(damaged.read_bytes()[: 4 * PAGE])
    # The file is not where the backup was made of, so it is known by the id in it or not at all.
    about = next(backups_folder().glob("*/about.json"))
    about.write_text(about.read_text().replace(str(whole.with_name("Rulings.annotator")), str(damaged)))

    cli.run(["salvage", str(damaged), "--to", str(tmp_path / "new.annotator")])

    spans = {id for id in records_in(tmp_path / "new.annotator") if id.startswith("span-")}
    assert spans == {f"span-{n}" for n in range(70)}
    assert cli.run(["check", str(tmp_path / "new.annotator")]) == 0


def test_salvage_of_what_is_no_project_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "damaged.annotator").write_bytes(b"nothing of a project" * 1000)

    assert cli.run(["salvage", str(tmp_path / "damaged.annotator"), "--to", str(tmp_path / "new")]) == 1

    assert "Nothing could be salvaged" in capfd.readouterr().err
    assert not (tmp_path / "new").exists()
