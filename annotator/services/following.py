"""A project kept in step with its hub, for as long as it is open: what runs beside a window, in a thread.

`Follower.run` pushes what is made here as it is made, and pulls when the hub tells of a push. Where the hub
cannot be reached it waits, longer each time, and edits go on in the outbox. It knows no Qt and no PostgreSQL:
it is given how to open the project and the hub, and tells what happens as `HubState` values.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from annotator.errors import AnnotatorError, ProjectError
from annotator.hub import FollowedHub, HubError, HubUnreachable, NeedsHubPassword
from annotator.model import now
from annotator.progress import Job, run
from annotator.services import syncing
from annotator.store import Store

log = logging.getLogger(__name__)

T = TypeVar("T")

Phase = Literal["connecting", "together", "offline", "needs_password", "refused"]

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between two tries to reach a hub
LOOK_SECONDS = 20.0  # how long a hub may say nothing before it is asked
_BUSY_SECONDS, _TRIES = 0.5, 60


@dataclass(frozen=True, slots=True)
class HubState:
    """How the project stands to its hub now.

    `unsent` counts Changes in the outbox, `refusals` those that the hub does not take, `came` those that came
    since this was told the last time. The times are those of the last push and pull, "" where none was yet.
    """

    phase: Phase = "connecting"
    unsent: int = 0
    refusals: int = 0
    came: int = 0
    pushed_at: str = ""
    pulled_at: str = ""
    sentence: str = ""


class Follower:
    """Keeps a project in step with its hub, from `run` until `stop`."""

    def __init__(
        self,
        open_store: Callable[[], AbstractContextManager[Store]],
        open_hub: Callable[[], FollowedHub],
        tell: Callable[[HubState], None],
    ) -> None:
        """`open_store` is called for each step and the store closed after it; `tell` is called in `run`."""
        self._open_store = open_store
        self._open_hub = open_hub
        self._tell = tell
        self._state = HubState()
        self._listening, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        self._hub: FollowedHub | None = None
        self._pause = FIRST_PAUSE
        self._stopping = threading.Event()
        self._asked = threading.Event()

    def wake(self, *, now: bool = False) -> None:
        """Something was made here; with `now`, also try at once to reach a hub that was not reached."""
        if now:
            self._asked.set()
        with suppress(OSError):  # full: it is awake already; closed: it has ended
            self._waking.send(b"!")

    def stop(self) -> None:
        """End `run` soon, whatever it waits for; what is unsent stays in the outbox."""
        self._stopping.set()
        self.wake()
        hub = self._hub
        if hub is not None:
            hub.cut()

    def run(self) -> None:
        """Follow the hub until `stop`."""
        try:
            while not self._stopping.is_set():
                self._say(phase="connecting", sentence="")
                try:
                    self._follow()
                except AnnotatorError as error:
                    if self._stopping.is_set():
                        break
                    self._say(phase=_phase_after(error), sentence=str(error))
                self._rest(self._pause)
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
        finally:
            self._listening.close()
            self._waking.close()

    def _follow(self) -> None:
        """Be in step with the hub as long as the connection holds."""
        with closing(self._open_hub()) as hub:
            self._hub = hub
            try:
                if self._stopping.is_set():
                    return
                hub.listen()
                self._step(lambda store: syncing.check(store, hub))
                while not self._stopping.is_set():
                    self._drain()  # first, so that what is made during the exchange wakes us again
                    self._exchange(hub)
                    hub.wait(self._listening, LOOK_SECONDS)
            finally:
                self._hub = None

    def _exchange(self, hub: FollowedHub) -> None:
        """Push, then pull, and tell what came of it."""
        pushed = self._step(lambda store: syncing.push(store, hub))
        if pushed:
            self._state = replace(self._state, pushed_at=now())
        came, _ = self._step(lambda store: syncing.pull(store, hub))
        self._state = replace(self._state, pulled_at=now())
        self._pause = FIRST_PAUSE
        self._say(phase="together", came=came, sentence="")

    def _step(self, make: Callable[[Store], Job[T]]) -> T:
        """Do a job on the project; while an import is writing to it, that is waited for."""
        for left in reversed(range(_TRIES)):
            self._refuse_when_stopping()
            try:
                with self._open_store() as store, closing(make(store)) as job:
                    return run(job, lambda _: self._refuse_when_stopping())
            except ProjectError:
                if not left or self._stopping.wait(_BUSY_SECONDS):
                    raise
        raise AssertionError("a step ends in the loop")

    def _refuse_when_stopping(self) -> None:
        if self._stopping.is_set():
            raise HubUnreachable("This is not followed any more.")

    def _rest(self, seconds: float) -> None:
        """Wait before the next try; edits are counted meanwhile, and being asked ends it."""
        until = time.monotonic() + seconds
        while not self._stopping.is_set() and not self._asked.is_set():
            left = until - time.monotonic()
            if left <= 0:
                break
            self._listening.settimeout(left)
            with suppress(TimeoutError):
                self._listening.recv(4096)
                self._say(phase=self._state.phase, sentence=self._state.sentence)
        self._asked.clear()

    def _drain(self) -> None:
        """Take what woke us; whatever was made before is in the outbox by now."""
        self._listening.setblocking(False)
        with suppress(BlockingIOError):
            while self._listening.recv(4096):
                pass

    def _say(self, *, phase: Phase, sentence: str = "", came: int = 0) -> None:
        """Tell the state, with what is unsent and refused now."""
        if self._stopping.is_set():
            return  # whoever stopped it may have closed the project
        try:
            with self._open_store() as store:
                counts = store.count_unsent(), len(store.hub_refusals())
        except AnnotatorError:
            counts = self._state.unsent, self._state.refusals
        self._state = replace(
            self._state, phase=phase, sentence=sentence, came=came, unsent=counts[0], refusals=counts[1]
        )
        self._tell(self._state)


def _phase_after(error: AnnotatorError) -> Phase:
    if isinstance(error, HubUnreachable):
        return "offline"
    if isinstance(error, NeedsHubPassword):
        return "needs_password"
    return "refused" if isinstance(error, HubError) else "offline"
