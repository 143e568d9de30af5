"""A child works over its pipe, quietly; its silence and its death are told apart."""

import logging
import os
import time
import warnings
from multiprocessing.connection import Connection

import pytest

from annotator.child_process import ChildEnded, ChildProcess, settle
from annotator.progress import Progress, run

WAITING = Progress(3, 7, "waiting")


def obey(connection: Connection, first: str) -> None:
    """Says its first word, then does what it is told."""
    settle(nice=1)
    connection.send(first)
    while True:
        order = connection.recv()
        if order == "leave":
            os._exit(9)
        if order == "hang":
            time.sleep(60)
        if order == "shout":
            print("quoted")
            logging.getLogger("library").warning("quoted")
            warnings.warn("quoted", stacklevel=1)
        connection.send(order)


def test_messages_go_both_ways_with_progress_while_they_do_not_come() -> None:
    child = ChildProcess("test", obey, "here")
    told: list[Progress] = []

    first = run(child.receive(WAITING, seconds=60), told.append)
    child.send("again")
    second = run(child.receive(WAITING, seconds=60))
    child.close()

    assert (first, second) == ("here", "again")
    assert set(told) == {WAITING}


def test_silence_and_death_are_told_apart() -> None:
    child = ChildProcess("test", obey, "here")
    run(child.receive(WAITING))

    child.send("leave")
    with pytest.raises(ChildEnded, match="code 9"):
        run(child.receive(WAITING))
    child.close()

    child = ChildProcess("test", obey, "here")
    run(child.receive(WAITING))
    child.send("hang")
    with pytest.raises(TimeoutError):
        run(child.receive(WAITING, seconds=0.1))
    child.close()


def test_nothing_that_a_library_says_reaches_the_output_or_the_error_output(
    capfd: pytest.CaptureFixture[str],
) -> None:
    child = ChildProcess("test", obey, "here")
    run(child.receive(WAITING))

    child.send("shout")
    assert run(child.receive(WAITING)) == "shout"
    child.close()

    assert capfd.readouterr() == ("", "")
