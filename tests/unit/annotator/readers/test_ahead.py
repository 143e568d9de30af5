"""Sources read in several processes at once come whole, in the order asked for, each with its own failure."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import UnreadableSource
from annotator.progress import Progress
from annotator.readers import Reader
from annotator.readers.ahead import ReadAhead
from annotator.readers.document import ReadDocument
from annotator.readers.isolated import ReaderProcess

HERE = Path(__file__).parent
HOSTILE = (Reader("hostile", (".do",), "What it is told", "hostile_readers"),)


@pytest.fixture(scope="module")
def processes() -> Iterator[tuple[ReaderProcess, ReaderProcess]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)
        with ReaderProcess(readers=HOSTILE) as one, ReaderProcess(readers=HOSTILE) as other:
            yield one, other


@pytest.fixture
def ahead(processes: tuple[ReaderProcess, ReaderProcess]) -> Iterator[ReadAhead]:
    with ReadAhead(processes) as ahead:
        yield ahead
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("reading ")]


def told(folder: Path, name: str, *orders: str) -> Path:
    source = folder / f"{name}.do"
    source.write_text("\n".join(orders), "utf-8")
    return source


def texts(ahead: ReadAhead, source: Path) -> list[str]:
    parts = [part for part in ahead.read(source) if not isinstance(part, Progress)]
    return [part.text if isinstance(part, ReadDocument) else part.name for part in parts]


def test_sources_come_in_the_order_asked_for(ahead: ReadAhead, tmp_path: Path) -> None:
    one, two = told(tmp_path, "one", "first", "second"), told(tmp_path, "two", "third")
    assert ahead.start(one)
    assert ahead.start(two)

    assert [texts(ahead, one), texts(ahead, two)] == [["first", "second"], ["third"]]


def test_source_is_read_while_another_is_waited_for(ahead: ReadAhead, tmp_path: Path) -> None:
    slow, quick = told(tmp_path, "slow", "hang"), told(tmp_path, "quick", "done")
    ahead.start(slow)

    assert texts(ahead, quick) == ["done"]


def test_failure_is_that_of_its_source(ahead: ReadAhead, tmp_path: Path) -> None:
    bad, good = told(tmp_path, "bad", "crash"), told(tmp_path, "good", "refuse a part", "well")
    ahead.start(bad)
    ahead.start(good)

    with pytest.raises(UnreadableSource, match="crashed"):
        texts(ahead, bad)
    assert texts(ahead, good) == ["part 1", "well"]


def test_no_more_is_begun_than_two_sources_a_process(ahead: ReadAhead, tmp_path: Path) -> None:
    sources = [told(tmp_path, name, "hang") for name in "abcde"]

    assert [ahead.start(source) for source in sources] == [True, True, True, True, False]


def test_free_process_goes_on_while_the_first_source_is_not_done(ahead: ReadAhead, tmp_path: Path) -> None:
    sources = [
        told(tmp_path, "slow", "hang"),
        told(tmp_path, "one", "first"),
        told(tmp_path, "two", "second"),
    ]
    for source in sources:
        ahead.start(source)

    assert [texts(ahead, source) for source in sources[1:]] == [["first"], ["second"]]


def test_source_that_is_asked_for_goes_before_those_that_wait(ahead: ReadAhead, tmp_path: Path) -> None:
    for name in ("slow", "slower", "waiting"):
        ahead.start(told(tmp_path, name, "hang"))
    wanted = told(tmp_path, "wanted", "well")
    reading = ahead.read(wanted)
    next(reading)

    ahead.drop(tmp_path / "slow.do")

    assert [part.text for part in reading if isinstance(part, ReadDocument)] == ["well"]


def test_process_of_a_source_that_is_dropped_reads_again(ahead: ReadAhead, tmp_path: Path) -> None:
    sources = [told(tmp_path, name, "hang") for name in "ab"]
    for source in sources:
        ahead.start(source)

    ahead.drop(sources[0])

    assert texts(ahead, told(tmp_path, "good", "well")) == ["well"]
