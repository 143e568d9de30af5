"""Contents of a project: source bytes, texts, pages, and the paragraphs that search reads.

Contents are addressed by what they are and never change, so writing the same again does nothing. They
stay when the record that named them is removed, for undo needs them; only the paragraphs go, since
what is removed must not be found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, bindparam, func, literal, select

from annotator.geometry import Page
from annotator.model import TextVersion
from annotator.store import Contents, RawContents
from storage.page_geometry import decode_head, decode_page, encode_page, read_page
from storage.tables import page, source_content, text_content

_TEXT = select(text_content.c.text).where(text_content.c.sha256 == bindparam("sha256"))
_SOURCE = select(source_content.c.bytes).where(source_content.c.sha256 == bindparam("sha256"))
_PAGES = (
    select(page.c.geometry).where(page.c.text_version == bindparam("text_version")).order_by(page.c.number)
)
_PAGE_COUNT = select(func.count()).select_from(page).where(page.c.text_version == bindparam("text_version"))
_PAGE = _PAGES.where(page.c.number == bindparam("number"))
_ADD_PARAGRAPH = "INSERT INTO paragraph (document, text_version, start, text) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class PreparedContents:
    """Contents as rows, made before the transaction begins so that it is short."""

    sources: tuple[tuple[str, bytes], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    pages: tuple[tuple[str, int, bytes], ...] = ()


def prepare(contents: Contents | None) -> PreparedContents:
    """The rows of the contents. Raises ValueError if a hash is not that of its content."""
    if contents is None:
        return PreparedContents()
    for name, data in contents.sources.items():
        _check_hash(name, data)
    for name, text in contents.texts.items():
        _check_hash(name, text.encode())
    return PreparedContents(
        tuple(contents.sources.items()),
        tuple(contents.texts.items()),
        tuple(
            (text_version, each.number, encode_page(each))
            for text_version, pages in contents.pages.items()
            for each in pages
        ),
    )


def prepare_raw(contents: RawContents) -> PreparedContents:
    """The rows of contents whose pages are blobs. Raises ValueError if one is not what it says it is."""
    plain = prepare(Contents(contents.sources, contents.texts))
    pages = [
        (version, read_page(blob).number, blob) for version, blobs in contents.pages.items() for blob in blobs
    ]
    return PreparedContents(plain.sources, plain.texts, tuple(pages))


def write(connection: Connection, contents: PreparedContents) -> None:
    """Add the contents that the project does not have yet."""
    if contents.sources:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO source_content VALUES (?, ?)", list(contents.sources)
        )
    if contents.texts:
        connection.exec_driver_sql("INSERT OR IGNORE INTO text_content VALUES (?, ?)", list(contents.texts))
    if contents.pages:
        connection.exec_driver_sql("INSERT OR IGNORE INTO page VALUES (?, ?, ?)", list(contents.pages))


def text_of(connection: Connection, sha256: str) -> str | None:
    return connection.execute(_TEXT, {"sha256": sha256}).scalar()


def source_of(connection: Connection, sha256: str) -> bytes | None:
    return connection.execute(_SOURCE, {"sha256": sha256}).scalar()


def source_within(connection: Connection, sha256: str, most: int) -> bytes | None:
    """The bytes of an original that has no more of them than that, else None."""
    # SQLite knows the length from the head of the row and does not read what is longer.
    short = _SOURCE.where(func.length(source_content.c.bytes) <= most)
    return connection.execute(short, {"sha256": sha256}).scalar()


def has_text(connection: Connection, sha256: str) -> bool:
    return connection.execute(_TEXT.with_only_columns(literal(1)), {"sha256": sha256}).first() is not None


def has_source(connection: Connection, sha256: str) -> bool:
    return connection.execute(_SOURCE.with_only_columns(literal(1)), {"sha256": sha256}).first() is not None


def page_blobs(connection: Connection, text_version: str) -> tuple[bytes, ...]:
    """The pages of a text version as they are kept."""
    return tuple(connection.execute(_PAGES, {"text_version": text_version}).scalars())


def pages_of(connection: Connection, text_version: str) -> tuple[Page, ...]:
    blobs = connection.execute(_PAGES, {"text_version": text_version}).scalars().all()
    return tuple(map(decode_page, blobs))


def page_heads_of(connection: Connection, text_version: str) -> tuple[Page, ...]:
    blobs = connection.execute(_PAGES, {"text_version": text_version}).scalars().all()
    return tuple(map(decode_head, blobs))


def page_count_of(connection: Connection, text_version: str) -> int:
    return connection.execute(_PAGE_COUNT, {"text_version": text_version}).scalar_one()


def page_of(connection: Connection, text_version: str, number: int) -> Page | None:
    blob = connection.execute(_PAGE, {"text_version": text_version, "number": number}).scalar()
    return None if blob is None else decode_page(blob)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that have anything on them, each with the code point where it starts."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def add_paragraphs(connection: Connection, versions: Iterable[TextVersion]) -> None:
    """Make the texts of new text versions findable. Raises ValueError if a text is not in the project."""
    for version in versions:
        text = text_of(connection, version.text_sha256)
        if text is None:
            raise ValueError(f"The text of text version {version.id} is missing from the contents.")
        rows = [(version.document, version.id, start, line) for start, line in paragraphs(text)]
        if rows:
            connection.exec_driver_sql(_ADD_PARAGRAPH, rows)
        connection.exec_driver_sql(
            "INSERT INTO paragraph_index (rowid, document, start, text) "
            "SELECT place, document, start, text FROM paragraph WHERE text_version = ?",
            (version.id,),
        )


def remove_paragraphs(connection: Connection, versions: Iterable[TextVersion]) -> None:
    """Make the texts of removed text versions no longer findable."""
    for version in versions:
        # FTS5 forgets a row of an external table only when it is told again what the row said.
        connection.exec_driver_sql(
            "INSERT INTO paragraph_index (paragraph_index, rowid, document, start, text) "
            "SELECT 'delete', place, document, start, text FROM paragraph WHERE text_version = ?",
            (version.id,),
        )
        connection.exec_driver_sql("DELETE FROM paragraph WHERE text_version = ?", (version.id,))


def rebuild_search(connection: Connection) -> None:
    """Make anew all that search reads: the paragraphs of every document's present text, and their index."""
    connection.exec_driver_sql("DELETE FROM paragraph")
    shown = connection.exec_driver_sql(
        "SELECT document.id, text_version.id, text_content.text FROM document "
        "JOIN text_version ON text_version.id = document.text_version "
        "JOIN text_content ON text_content.sha256 = text_version.text_sha256 ORDER BY document.place"
    )
    for document, version, text in shown:
        rows = [(document, version, start, line) for start, line in paragraphs(text)]
        if rows:
            connection.exec_driver_sql(_ADD_PARAGRAPH, rows)
    connection.exec_driver_sql("INSERT INTO paragraph_index (paragraph_index) VALUES ('rebuild')")


def _check_hash(name: str, data: bytes) -> None:
    if sha256(data).hexdigest() != name:
        raise ValueError(f"The content called {name} has another SHA-256.")
