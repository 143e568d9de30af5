"""Jobs run in the worker, and what they tell arrives in the GUI thread."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.progress import Job, Progress
from ui.jobs import JobHandle, JobRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.cancel_all()


def count_to(total: int) -> Job[int]:
    for done in range(total):
        yield Progress(done, total, f"step {done}")
    return total


class Gate:
    """A job that stops between two steps until it is let go, and knows whether it was cleaned up."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()
        self.is_cleaned = False

    def job(self) -> Job[str]:
        try:
            yield Progress(0, 2, "first")
            self.reached.set()
            self.opened.wait(10)
            yield Progress(1, 2, "second")
            return "done"
        finally:
            self.is_cleaned = True


def test_result_arrives_in_the_gui_thread_though_the_job_ran_elsewhere(
    qtbot: QtBot, runner: JobRunner
) -> None:
    threads: dict[str, int] = {}

    def job() -> Job[str]:
        threads["job"] = threading.get_ident()
        yield Progress(0, 1)
        return "done"

    handle = runner.job("Count", job)
    handle.finished.connect(lambda _result: threads.update(slot=threading.get_ident()))
    with qtbot.waitSignal(handle.finished) as finished:
        handle.start()

    assert finished.args == ["done"]
    assert threads["slot"] == threading.get_ident()
    assert threads["job"] != threading.get_ident()


def test_quick_jobs_lose_no_result(qtbot: QtBot, runner: JobRunner) -> None:
    results: list[object] = []
    for number in range(60):
        handle = runner.job("Count", lambda number=number: count_to(number % 3))
        handle.finished.connect(results.append)
        handle.start()
    qtbot.waitUntil(lambda: not runner.jobs)

    assert results == [number % 3 for number in range(60)]


def test_cancelled_job_is_closed_and_says_so(qtbot: QtBot, runner: JobRunner) -> None:
    gate = Gate()
    handle = runner.job("Wait", gate.job)
    with qtbot.waitSignal(handle.cancelled):
        handle.start()
        assert gate.reached.wait(10)
        handle.cancel()
        gate.opened.set()

    assert gate.is_cleaned


def test_failure_is_told_with_its_exception(qtbot: QtBot, runner: JobRunner) -> None:
    def job() -> Job[None]:
        yield Progress(0, 1)
        raise ValueError("the disk is full")

    handle = runner.job("Write", job)
    with qtbot.waitSignal(handle.failed) as failed:
        handle.start()

    assert isinstance(failed.args[0], ValueError)


def test_factory_that_raises_fails_the_job_and_lets_the_next_run(qtbot: QtBot, runner: JobRunner) -> None:
    def make() -> Job[None]:
        raise OSError("no such project")

    broken = runner.job("Open", make)
    sound = runner.job("Count", lambda: count_to(2))
    with qtbot.waitSignals([broken.failed, sound.finished]):
        broken.start()
        sound.start()


def test_fast_job_tells_its_progress_seldom(qtbot: QtBot, runner: JobRunner) -> None:
    told: list[Progress] = []
    handle = runner.job("Count", lambda: count_to(50_000))
    handle.progressed.connect(told.append)
    with qtbot.waitSignal(handle.finished):
        handle.start()

    assert 1 <= len(told) < 200
    assert told[0] == Progress(0, 50_000, "step 0")


def test_second_job_waits_and_is_cancelled_unstarted(qtbot: QtBot, runner: JobRunner) -> None:
    gate = Gate()
    first, second = runner.job("Wait", gate.job), runner.job("Count", lambda: count_to(2))
    ended: list[JobHandle] = []
    first.ended.connect(lambda: ended.append(first))
    second.cancelled.connect(lambda: ended.append(second))
    first.start()
    second.start()
    assert gate.reached.wait(10)
    second.cancel()
    assert runner.jobs == [first, second]

    gate.opened.set()
    qtbot.waitUntil(lambda: not runner.jobs)

    assert ended == [first, second]


def test_quitting_cancels_all_and_waits(qtbot: QtBot, runner: JobRunner) -> None:
    gates = [Gate(), Gate()]
    for gate in gates:
        runner.job("Wait", gate.job).start()
    assert gates[0].reached.wait(10)
    gates[0].opened.set()

    assert runner.cancel_all()
    assert gates[0].is_cleaned
    assert not gates[1].reached.is_set()


def test_jobs_do_not_keep_a_runner_that_nobody_holds_any_more(qtbot: QtBot) -> None:
    runner, gone = JobRunner(), []
    runner.destroyed.connect(lambda: gone.append(True))
    runner.job("Count", lambda: count_to(1)).start()
    assert runner.cancel_all()  # what it tells is on its way, and holds its handle

    del runner

    assert gone
