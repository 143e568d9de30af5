"""`annotator hub ...` and `annotator sync`: a team from the command line; what goes wrong is told."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.store import open_project
from tests import exchange, factories, projects
from tests.postgres import Server
from ui.cli import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def annotator(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line: exit code, standard output, error output."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a document, led by Ana, in which Ben annotates."""
    path = tmp_path / "lea.annotator"
    with projects.new_project(path) as store:
        projects.add_document(store)
    return path


def test_team_is_made_from_the_command_line(
    postgres: Server, project: Path, tmp_path: Path, annotator: Run
) -> None:
    database = postgres.database()
    lea, ben = postgres.address(database, "lea"), postgres.address(database, "ben")
    copy = tmp_path / "ben.annotator"

    assert annotator("people", project, "Ben")[0] == 0
    assert annotator("hub", "create", lea, project)[0] == 0
    assert annotator("hub", "member", project, "Ben", "--login", "ben")[0] == 0
    code, out, _ = annotator("hub", "join", ben, copy)
    assert code == 0
    assert "you are Ben, annotator" in out

    with open_project(copy, workstation="w") as store:
        me = next(who.id for who in store.annotators() if who.name == "Ben")
        store.apply(factories.annotator_change("x", by=me))  # not theirs to do
    code, out, _ = annotator("sync", copy, "--json")
    assert code == 1
    told = json.loads(out)
    assert (told["pushed"], len(told["refused"])) == (0, 1)
    code, out, _ = annotator("hub", "members", project, "--json")
    assert json.loads(out) == [
        {"login": "ben", "name": "Ben", "role": "annotator"},
        {"login": "lea", "name": "Ana", "role": "lead"},
    ]
    assert annotator("hub", "members", project, "--remove", "ben")[0] == 0
    code, _, error = annotator("sync", copy)
    assert code == 1
    assert "does not know the database user ben" in error
    assert annotator("hub", "leave", copy)[0] == 0
    assert annotator("sync", copy)[2].startswith(f"{copy} has no hub.")


def team_of_two(server: Server, project: Path, annotator: Run) -> Path:
    """Lea's project with its hub, and Ben's beside it, who annotates; the file of the latter."""
    database = server.database()
    copy = project.with_name("ben.annotator")
    for command in (
        ("people", project, "Ben"),
        ("hub", "create", server.address(database, "lea"), project),
        ("hub", "member", project, "Ben", "--login", "ben"),
        ("hub", "join", server.address(database, "ben"), copy),
    ):
        assert annotator(*command)[0] == 0
    return copy


def test_role_changed_in_the_project_alone_is_told_until_the_hub_has_it(
    postgres: Server, project: Path, annotator: Run
) -> None:
    copy = team_of_two(postgres, project, annotator)

    code, _, error = annotator("people", project, "Ben", "--role", "reviewer")
    assert code == 0
    assert f'To change it there, too: annotator hub member {project} "Ben" --login USER' in error
    code, _, error = annotator("sync", project)
    assert code == 0
    assert "Ben is reviewer in the project and annotator on the hub." in error
    assert f'annotator hub member {project} "Ben" --login ben' in error
    apart = {"login": "ben", "name": "Ben", "on_hub": "annotator", "in_project": "reviewer"}
    assert json.loads(annotator("sync", project, "--json")[1])["roles_apart"] == [apart]
    assert json.loads(annotator("sync", copy, "--json")[1])["roles_apart"] == []  # only a lead can do it

    assert "ben uses the hub" in annotator("hub", "member", project, "Ben", "--login", "ben")[1]

    assert json.loads(annotator("sync", project, "--json")[1])["roles_apart"] == []
    with open_project(copy, workstation="w") as store:
        assert [who.role for who in store.annotators() if who.name == "Ben"] == ["reviewer"]


def test_name_changed_or_a_role_without_a_hub_tells_nothing(
    postgres: Server, project: Path, annotator: Run
) -> None:
    assert annotator("people", project, "Bea")[0] == 0
    assert annotator("people", project, "Bea", "--role", "reviewer")[2] == ""
    team_of_two(postgres, project, annotator)

    assert annotator("people", project, "Bea", "--rename", "Beate")[2] == ""


def test_document_that_an_annotator_imports_is_told_to_stay_here(
    postgres: Server, project: Path, tmp_path: Path, annotator: Run
) -> None:
    copy, news = team_of_two(postgres, project, annotator), tmp_path / "news.txt"
    news.write_text("The court has ruled again.\n", "utf-8")

    code, _, error = annotator("import", copy, news)
    assert code == 0
    assert "The documents stay in this project file" in error
    assert "The documents stay" not in annotator("import", copy, news)[2]  # it is there already
    assert annotator("sync", copy)[0] == 1  # and is listed as not taken

    assert "The documents stay" not in annotator("import", project, news)[2]
    with open_project(project, workstation="w") as store:
        assert len(store.documents()) == 2


def test_project_is_kept_free_of_passwords(
    postgres: Server, project: Path, annotator: Run, caplog: pytest.LogCaptureFixture
) -> None:
    address = postgres.address(postgres.database(), "lea")

    code, out, error = annotator("hub", "create", address, project)

    assert code == 0
    assert "secret-lea" not in project.read_bytes().decode("latin-1") + out + error + caplog.text


def test_hub_of_a_newer_version_is_refused(postgres: Server, project: Path, annotator: Run) -> None:
    database = postgres.database()
    assert annotator("hub", "create", postgres.address(database, "lea"), project)[0] == 0
    postgres.admin("UPDATE annotator_hub.about SET version = 99", database)
    before = held(project)

    code, _, error = annotator("sync", project)

    assert code == 1
    assert "newer version of Annotator" in error
    assert held(project) == before


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://server/rulings", "is no address of a hub"),
        ("rulings", "is no address of a hub"),
        ("postgresql://[", "cannot be read"),
        ("postgresql://lea:secret@127.0.0.1/rulings", "has a password in it"),
        ("postgresql://127.0.0.1/rulings?password=secret", "has a password in it"),
        ("postgresql:///rulings?user=lea&password=secret", "has a password in it"),
        ("postgresql://lea:with@secret@127.0.0.1/rulings", "has a password in it"),
        ("postgresql://lea:secret/more@127.0.0.1/rulings", "cannot be read"),
        ("postgresql://lea:1/secret@127.0.0.1/rulings", "cannot be read"),
        ("postgresql://lea:secret%zz@127.0.0.1/rulings", "cannot be read"),
        ("postgresql://lea:secret@[::1]x/rulings", "cannot be read"),
        ("postgresql+psycopg://lea:secret@127.0.0.1/rulings", "is no address of a hub"),
        ("host=127.0.0.1 user=lea password=secret", "is no address of a hub"),
    ],
)
def test_wrong_address_is_told(project: Path, annotator: Run, address: str, sentence: str) -> None:
    before = held(project)

    for command in (("hub", "create", address, project), ("hub", "join", address, project)):
        code, out, error = annotator(*command)

        assert code == 1
        assert sentence in error
        assert "secret" not in out + error
    assert held(project) == before


def test_server_that_does_not_answer_is_told(project: Path, annotator: Run) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    before = held(project)

    code, _, error = annotator("hub", "join", f"postgresql://ben@127.0.0.1:{port}/rulings", project)

    assert code == 1
    assert "does not answer" in error
    assert held(project) == before


@pytest.mark.parametrize(
    ("login", "database", "sentence"),
    [
        ("ben", "none", "There is no such database"),
        ("nobody", "", "wants a password"),
        ("ben", "", "There is no hub in"),
    ],
)
def test_hub_that_is_not_there_for_one_is_told(
    postgres: Server, project: Path, annotator: Run, login: str, database: str, sentence: str
) -> None:
    before = held(project)

    address = postgres.address(database or postgres.database(), login)
    code, _, error = annotator("hub", "join", address, project)

    assert code == 1
    assert sentence in error
    assert held(project) == before


def test_who_may_not_make_a_hub_is_told(postgres: Server, project: Path, annotator: Run) -> None:
    before = held(project)

    code, _, error = annotator("hub", "create", postgres.address(postgres.database(), "ben"), project)

    assert code == 1
    assert "no right to make a hub" in error
    assert held(project) == before


def test_hub_is_made_once(postgres: Server, project: Path, tmp_path: Path, annotator: Run) -> None:
    address = postgres.address(postgres.database(), "lea")
    assert annotator("hub", "create", address, project)[0] == 0
    other = tmp_path / "other.annotator"
    projects.new_project(other).close()

    assert "has a hub already" in annotator("hub", "create", address, project)[2]
    assert "There is a hub in" in annotator("hub", "create", address, other)[2]
    assert "another project" in annotator("hub", "join", address, other)[2]


def test_wrong_password_is_told_and_no_file_is_left(
    postgres: Server, tmp_path: Path, annotator: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "pgpass"
    wrong.write_text("*:*:*:*:wrong\n", "utf-8")
    wrong.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(wrong))
    target = tmp_path / "new.annotator"

    code, _, error = annotator("hub", "join", postgres.address("postgres", "ben"), target)

    assert code == 1
    assert "wants a password" in error
    assert not target.exists()


def held(project: Path) -> object:
    """All that a project has, and how it stands to a hub."""
    with open_project(project, workstation="w", read_only=True) as store:
        return exchange.records(store), exchange.known(store), store.hub_link(), store.name
