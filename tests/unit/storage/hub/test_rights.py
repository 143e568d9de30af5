"""What each role sees and may add on a hub, also by SQL typed by hand: the database holds it, not we."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from annotator.hub import HubError, Member
from annotator.model import RECORD_TYPES, derived_id, new_id
from annotator.record_json import kind_of
from annotator.services import annotating
from storage.hub.creating import let_in, members, shut_out
from tests import factories, hubs
from tests.hubs import Team
from tests.postgres import Server

TABLES = (
    *("about", "counter", "member", "change", "record", "set_owner", "entry"),
    *("source_content", "text_content", "page"),
)
SEEN_BY_ALL = (
    "court_case",
    "case_document",
    "annotator",
    "annotation_set",
    "schema_version",
    "guideline_version",
    "document",
    "text_version",
)
OF_SETS = ("annotation", "relation", "document_label", "rejection")
OF_ANNOTATORS = ("assignment", "work_interval")
OF_REVIEW = ("decision", "export_recipe")
REFUSED = (
    errors.InsufficientPrivilege,
    errors.CheckViolation,
    errors.ForeignKeyViolation,
    errors.UniqueViolation,
)


@pytest.fixture(scope="module")
def team(postgres_process: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A hub to which Ana, Ben and Cleo have pushed a span each; tests share it, and add at most."""
    with (
        hubs.passwords(postgres_process),
        hubs.team(postgres_process, tmp_path_factory.mktemp("rights")) as team,
    ):
        assert team.push("lea") == ()
        for login, words in (("lea", "Judge"), ("ben", "Ada Romero"), ("cleo", "District Court")):
            place = factories.find(words)
            annotating.highlight(
                team.store,
                annotator=team.ids[login],
                document=factories.DOCUMENT,
                label="judge",
                fragments=[place],
            )
        for login in ("ben", "cleo", "lea"):
            assert team.push(login) == ()
        yield team


def ask(team: Team, login: str, statement: str, *values: object) -> list[tuple[object, ...]]:
    with team.raw(login) as connection:
        return connection.execute(statement.encode(), values).fetchall()


def seen_owners(team: Team, login: str) -> set[str]:
    """Whose spans a user sees."""
    rows = ask(team, login, "SELECT DISTINCT owner FROM annotator_hub.entry WHERE kind = 'annotation'")
    names = {id: name for name, id in team.ids.items()}
    return {names[str(row[0])] for row in rows}


def add(
    connection: "psycopg.Connection[tuple[object, ...]]",
    annotator: str,
    kind: str,
    record: dict[str, object],
    *,
    before: dict[str, object] | None = None,
    undoes: str | None = None,
) -> None:
    """Push a Change of one record by hand."""
    change = new_id()
    with connection.transaction():
        connection.execute(
            "INSERT INTO annotator_hub.change (change_id, annotator, workstation, n, time, title, undoes) "
            "VALUES (%s, %s, 'w', 1, '', 'By hand', %s)",
            (change, annotator, undoes),
        )
        put(connection, change, kind, record, before=before)


def put(
    connection: "psycopg.Connection[tuple[object, ...]]",
    change: str,
    kind: str,
    record: dict[str, object],
    *,
    before: dict[str, object] | None = None,
) -> None:
    from psycopg.types.json import Json

    connection.execute(
        "INSERT INTO annotator_hub.entry (change_id, record_id, kind, place, before, after, parents, owner, "
        "writer) VALUES (%s, %s, %s, 0, %s::json::text, %s::json::text, '{}', 'everybody', %s)",
        (
            change,
            record["id"],
            kind,
            None if before is None else Json(before),
            Json(record | {"revision": change}),
            annotator_of(connection),
        ),
    )


def annotator_of(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    row = connection.execute("SELECT annotator_hub.me()").fetchone()
    return str(row and row[0])


def set_of(annotator: str) -> str:
    return derived_id(annotator, "set")


def test_every_table_has_row_level_security(team: Team) -> None:
    rows = team.server.admin(
        "SELECT relname, relrowsecurity FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace "
        "WHERE nspname = 'annotator_hub' AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')",
        team.database,
    )

    assert sorted(rows) == sorted((table, True) for table in TABLES)


def test_every_kind_of_record_has_an_owner_that_was_thought_about(team: Team) -> None:
    said = {"set": set_of(team.ids["ben"]), "annotator": team.ids["ben"]}
    told = {
        kind_of(kind): team.server.admin(
            'SELECT annotator_hub.owner_of(\'{}\', \'{{"set": "{}", "annotator": "{}"}}\')'.format(
                kind_of(kind), said["set"], said["annotator"]
            ),
            team.database,
        )[0][0]
        for kind in RECORD_TYPES
    }

    assert told == (
        dict.fromkeys(SEEN_BY_ALL, "everybody")
        | dict.fromkeys((*OF_SETS, *OF_ANNOTATORS), team.ids["ben"])
        | dict.fromkeys(OF_REVIEW, "reviewers")
    )


def test_ids_are_derived_as_annotator_derives_them(team: Team) -> None:
    for size in (0, 1, 28, 29, 30, 60, 92, 93, 200):
        parts = "é" + "x" * size
        made = team.server.admin(f"SELECT annotator_hub.derived_id('{parts}')", team.database)[0][0]
        assert made == derived_id(parts)


@pytest.mark.parametrize(
    ("login", "sees"),
    [
        ("lea", {"lea", "ben", "cleo"}),
        ("rita", {"lea", "ben", "cleo"}),
        ("ben", {"ben"}),
        ("cleo", {"cleo"}),
        ("stranger", set()),
    ],
)
def test_who_annotates_sees_own_spans_who_reviews_all(team: Team, login: str, sees: set[str]) -> None:
    assert seen_owners(team, login) == sees


def test_history_of_others_is_not_seen_either(team: Team) -> None:
    titles = {
        (row[0], row[1]) for row in ask(team, "ben", "SELECT annotator, title FROM annotator_hub.change")
    }

    assert {annotator for annotator, _ in titles} == {team.ids["lea"], team.ids["ben"]}
    assert not any("Judge" in str(title) and annotator == team.ids["lea"] for annotator, title in titles)


def test_annotator_reads_documents_schema_guidelines_and_own_assignment(team: Team) -> None:
    kinds = dict(
        ask(team, "ben", "SELECT kind, count(*) FROM annotator_hub.entry GROUP BY kind")  # type: ignore[arg-type]
    )

    assert {"document", "text_version", "schema_version", "guideline_version"} <= kinds.keys()
    assert kinds["assignment"] == kinds["annotation"] == 1


def test_stranger_sees_nothing_at_all(team: Team) -> None:
    with team.raw("stranger") as connection:
        for table in TABLES:
            try:
                rows = connection.execute(f"SELECT * FROM annotator_hub.{table}".encode()).fetchall()
            except errors.InsufficientPrivilege:
                rows = []
            assert rows == [], table


@pytest.mark.parametrize("login", ["ben", "rita", "stranger"])
@pytest.mark.parametrize("table", [table for table in TABLES if table != "member"])
def test_nobody_but_the_owner_of_the_tables_alters_or_removes_a_row(
    team: Team, login: str, table: str
) -> None:
    with team.raw(login) as connection:
        column = ask(
            team,
            "lea",
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1",
            f"annotator_hub.{table}",
        )[0][0]
        for statement in (
            f"UPDATE annotator_hub.{table} SET {column} = {column}",
            f"DELETE FROM annotator_hub.{table}",
            f"TRUNCATE annotator_hub.{table}",
            f"ALTER TABLE annotator_hub.{table} DISABLE ROW LEVEL SECURITY",
            f"DROP TABLE annotator_hub.{table}",
            f"CREATE TRIGGER mine BEFORE INSERT ON annotator_hub.{table} EXECUTE FUNCTION pg_catalog.now()",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(statement.encode())


@pytest.mark.parametrize("login", ["ben", "rita", "stranger"])
def test_only_leads_touch_the_members(team: Team, login: str) -> None:
    with team.raw(login) as connection:
        changed = connection.execute("UPDATE annotator_hub.member SET role = 'lead'").rowcount
        removed = connection.execute("DELETE FROM annotator_hub.member").rowcount
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("INSERT INTO annotator_hub.member VALUES (%s, %s, 'lead')", (f"{login}x", "x"))

    assert (changed, removed) == (0, 0)
    assert len(ask(team, "lea", "SELECT * FROM annotator_hub.member")) == 4


def test_annotator_cannot_push_in_the_name_of_another(team: Team) -> None:
    span = {"id": new_id(), "set": set_of(team.ids["ben"]), "document": factories.DOCUMENT}
    with team.raw("ben") as connection, pytest.raises(errors.InsufficientPrivilege):
        add(connection, team.ids["cleo"], "annotation", span)


def test_annotator_cannot_write_into_the_set_of_another(team: Team) -> None:
    span = {"id": new_id(), "set": set_of(team.ids["cleo"]), "document": factories.DOCUMENT}
    with team.raw("ben") as connection, pytest.raises(REFUSED):
        add(connection, team.ids["ben"], "annotation", span)


def test_annotator_cannot_take_over_a_record_of_another(team: Team) -> None:
    theirs = ask(
        team,
        "lea",
        "SELECT record_id, after::json->>'revision' FROM annotator_hub.entry WHERE owner = %s "
        "AND kind = 'annotation'",
        team.ids["cleo"],
    )[0]
    mine = {"id": theirs[0], "set": set_of(team.ids["ben"]), "document": factories.DOCUMENT}
    with team.raw("ben") as connection, pytest.raises(REFUSED):
        add(connection, team.ids["ben"], "annotation", mine, before=mine | {"revision": theirs[1]})


def test_annotator_cannot_add_to_a_change_of_another(team: Team) -> None:
    change = ask(team, "lea", "SELECT change_id FROM annotator_hub.change ORDER BY seq LIMIT 1")[0][0]
    span = {"id": new_id(), "set": set_of(team.ids["ben"]), "document": factories.DOCUMENT}
    with team.raw("ben") as connection, pytest.raises(errors.InsufficientPrivilege):
        put(connection, str(change), "annotation", span)


def test_annotator_cannot_take_back_what_another_made(team: Team) -> None:
    change = ask(team, "ben", "SELECT change_id FROM annotator_hub.change ORDER BY seq LIMIT 1")[0][0]
    span = {"id": new_id(), "set": set_of(team.ids["ben"]), "document": factories.DOCUMENT}
    with team.raw("ben") as connection, pytest.raises(errors.InsufficientPrivilege):
        add(connection, team.ids["ben"], "annotation", span, undoes=str(change))


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("document", {"id": "document-1"}),
        ("document", {"id": "another"}),
        ("text_version", {"id": "another", "document": "document-1"}),
        ("schema_version", {"id": "another"}),
        ("guideline_version", {"id": "another"}),
        ("decision", {"id": "another", "document": "document-1"}),
        ("export_recipe", {"id": "another"}),
        ("annotator", {"id": "another", "role": "annotator"}),
        ("annotation_set", {"id": "another", "kind": "gold", "owner": None}),
        ("anything", {"id": "another"}),
    ],
)
def test_annotator_adds_nothing_that_is_not_own_work(
    team: Team, kind: str, record: dict[str, object]
) -> None:
    with team.raw("ben") as connection, pytest.raises(REFUSED):
        add(connection, team.ids["ben"], kind, record)


def test_annotator_cannot_make_themselves_a_lead(team: Team) -> None:
    known: dict[str, object] = {"id": team.ids["ben"], "role": "annotator", "revision": "x"}
    with team.raw("ben") as connection:
        with pytest.raises(REFUSED):
            add(connection, team.ids["ben"], "annotator", known | {"role": "lead"}, before=known)
        add(connection, team.ids["ben"], "annotator", known | {"name": "Benjamin"}, before=known)


@pytest.mark.parametrize("kind", ["annotation_set", "assignment", "document_label"])
def test_annotator_cannot_take_an_id_that_another_will_derive(team: Team, kind: str) -> None:
    rita, ben = team.ids["rita"], team.ids["ben"]
    taken: dict[str, dict[str, object]] = {
        "annotation_set": {"id": set_of(rita), "kind": "annotator", "owner": ben},
        "assignment": {
            "id": derived_id(rita, "document-1", "assignment"),
            "annotator": ben,
            "document": "document-1",
            "layers": [],
        },
        "document_label": {
            "id": derived_id(set_of(rita), "document-1", "label", "topic"),
            "set": set_of(ben),
            "document": "document-1",
            "name": "topic",
        },
    }
    with team.raw("ben") as connection, pytest.raises(REFUSED):
        add(connection, ben, kind, taken[kind])


def test_annotator_says_how_far_the_work_is_but_not_for_which_layers(team: Team) -> None:
    row = ask(team, "ben", "SELECT after::json FROM annotator_hub.entry WHERE kind = 'assignment'")[0][0]
    assert isinstance(row, dict)
    with team.raw("ben") as connection:
        with pytest.raises(REFUSED):
            add(connection, team.ids["ben"], "assignment", row | {"layers": ["entity"]}, before=row)
        lie = row | {"layers": ["entity"]}
        with pytest.raises(REFUSED):
            add(connection, team.ids["ben"], "assignment", lie, before=lie)
        add(connection, team.ids["ben"], "assignment", row | {"state": "done"}, before=row)


def test_reviewer_writes_decisions_and_gold_but_not_the_work_of_others(team: Team) -> None:
    rita = team.ids["rita"]
    gold = derived_id(team.store.project_id, "set", "gold")
    with team.raw("rita") as connection:
        add(connection, rita, "annotation", {"id": new_id(), "set": gold, "document": "document-1"})
        add(connection, rita, "decision", {"id": new_id(), "document": "document-1"})
        theirs: dict[str, object] = {"id": new_id(), "set": set_of(team.ids["ben"]), "document": "document-1"}
        with pytest.raises(REFUSED):
            add(connection, rita, "annotation", theirs)
        with pytest.raises(REFUSED):
            add(connection, rita, "schema_version", {"id": new_id()})

    assert ask(team, "ben", "SELECT 1 FROM annotator_hub.entry WHERE kind = 'decision'") == []
    assert seen_owners_of_review(team, "ben") == 0
    assert seen_owners_of_review(team, "lea") == 2


def seen_owners_of_review(team: Team, login: str) -> int:
    return len(ask(team, login, "SELECT 1 FROM annotator_hub.entry WHERE owner = 'reviewers'"))


@pytest.mark.parametrize(
    "statement",
    [
        "SET ROLE lea",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION lea",
        "SELECT annotator_hub.number_of_push()",
        "SELECT annotator_hub.owner_of('document', '{}')",
        "SELECT annotator_hub.writer_of('document', '', '', '{}', '{}')",
        "SELECT annotator_hub.stamp_entry()",
        "SELECT * FROM annotator_hub.record",
        "SELECT * FROM annotator_hub.set_owner",
        "INSERT INTO annotator_hub.record VALUES ('x', 'annotation', 'x')",
        "INSERT INTO annotator_hub.set_owner VALUES ('x', 'x')",
        "UPDATE annotator_hub.counter SET last = 0",
        "INSERT INTO annotator_hub.text_content VALUES (encode(sha256('x'), 'hex'), 'x')",
        "CREATE TABLE annotator_hub.mine (x text)",
        "CREATE FUNCTION annotator_hub.me() RETURNS text LANGUAGE sql AS $$ SELECT 'ana' $$",
        "CREATE OR REPLACE FUNCTION annotator_hub.me() RETURNS text LANGUAGE sql AS $$ SELECT 'ana' $$",
        "ALTER FUNCTION annotator_hub.me() SECURITY INVOKER",
        "CREATE POLICY mine ON annotator_hub.entry FOR SELECT USING (true)",
        "SET row_security = off; SELECT * FROM annotator_hub.entry",
        "COPY annotator_hub.record TO STDOUT",
        "GRANT SELECT ON annotator_hub.record TO ben",
    ],
)
def test_annotator_gains_no_more_rights(team: Team, statement: str) -> None:
    with team.raw("ben") as connection, pytest.raises(psycopg.Error) as raised:
        connection.execute(statement.encode())

    assert raised.value.sqlstate in ("42501", "42P17", "0A000", "42P13", "23514")


def test_names_of_ones_own_do_not_stand_before_those_of_the_hub(team: Team) -> None:
    with team.raw("ben") as connection:
        connection.execute("CREATE TEMP TABLE member (login text, annotator text, role text)")
        connection.execute("INSERT INTO member VALUES (session_user, %s, 'lead')", (team.ids["lea"],))
        connection.execute("SET search_path = pg_temp, annotator_hub, public")
        told = connection.execute(
            "SELECT annotator_hub.me(), annotator_hub.my_role(), "
            "(SELECT count(DISTINCT owner) FROM annotator_hub.entry WHERE kind = 'annotation')"
        ).fetchone()

    assert told == (team.ids["ben"], "annotator", 1)


def test_a_function_of_ones_own_is_not_shown_hidden_rows(team: Team) -> None:
    with team.raw("ben") as connection:
        connection.execute(
            "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
            "$$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
        )
        told: list[str] = []
        connection.add_notice_handler(lambda notice: told.append(notice.message_primary or ""))
        connection.execute("SELECT 1 FROM annotator_hub.entry WHERE pg_temp.leak(owner)")

    assert set(told) == {"everybody", team.ids["ben"]}


def test_numbers_that_would_break_others_are_refused(team: Team) -> None:
    with team.raw("ben") as connection, pytest.raises(errors.CheckViolation):
        connection.execute(
            "INSERT INTO annotator_hub.change (change_id, annotator, workstation, n, time, title) "
            "VALUES ('x', %s, 'w', 9223372036854775807, '', '')",
            (team.ids["ben"],),
        )


def test_what_is_stamped_by_the_hub_is_not_believed(team: Team) -> None:
    with team.raw("ben") as connection:
        connection.execute(
            "INSERT INTO annotator_hub.change "
            "(change_id, seq, annotator, workstation, n, time, title, pushed_by) "
            "VALUES ('mine', 1, %s, 'w', 1, '', '', 'lea')",
            (team.ids["ben"],),
        )

    ((seq, pushed_by),) = ask(
        team, "lea", "SELECT seq, pushed_by FROM annotator_hub.change WHERE change_id = 'mine'"
    )
    assert isinstance(seq, int)
    assert seq > 4
    assert pushed_by == "ben"


def test_only_leads_let_in_and_shut_out(team: Team) -> None:
    with team.client("lea") as lea:
        assert [member.login for member in members(lea)] == ["ben", "cleo", "lea", "rita"]
        shut_out(lea, "cleo")
        assert [member.login for member in members(lea)] == ["ben", "lea", "rita"]
        with pytest.raises(HubError, match="does not know the database user cleo"), team.client("cleo"):
            pass
        let_in(lea, Member("cleo", team.ids["cleo"], "annotator"))

    with team.client("ben") as ben:
        assert [member.login for member in members(ben)] == ["ben"]
        with pytest.raises(HubError, match="Only who leads"):
            let_in(ben, ben.me)


def test_what_an_annotator_is_told_of_decisions_is_seen_by_them_and_written_by_reviewers(team: Team) -> None:
    ben = team.ids["ben"]
    note = f'{{"outcome": "told", "proposers": ["{ben}"]}}'
    [(owner, writer)] = team.server.admin(
        f"SELECT annotator_hub.owner_of('decision', '{note}'), "
        f"annotator_hub.writer_of('decision', 'note', '{ben}', NULL, '{note}')",
        team.database,
    )

    assert (owner, writer) == (ben, "reviewers")
