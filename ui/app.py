"""Puts the program together: settings, session, window; runs it.

`build_window` makes the window without running anything; tests and the tour use it.
"""

import signal
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

# First of all: PySide6 reads the source of every module that is imported after it.
from storage.store import open_project  # isort: split

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ui.arriving import Arriving
from ui.errors import log_to_file
from ui.instance import Instance, claim, hand_over
from ui.looks import dress
from ui.main_window import MainWindow
from ui.memory import Memory
from ui.platform import PROJECT_SUFFIX
from ui.session import Session
from ui.settings import APPLICATION, Settings, config_folder
from ui.theme.icons import DrawnIcon

_SWITCH_SECONDS = 0.001
"""So long the window waits at most until a worker hands Python over: a key press does so several times."""


def build_window(settings: Settings | None = None, memory: Memory | None = None) -> MainWindow:
    """The window with no project open; needs a QApplication. It is not shown yet."""
    settings = settings or Settings.load()
    dress(settings)  # before there are widgets, which would all be dressed anew
    session = Session(open_project, workstation=settings.workstation)
    window = MainWindow(session, settings, memory or Memory())
    session.setParent(window)
    return window


def make_application() -> QApplication:
    """The application with its names and icon."""
    sys.setswitchinterval(_SWITCH_SECONDS)
    QCoreApplication.setApplicationName(APPLICATION)
    QCoreApplication.setOrganizationName(APPLICATION)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("an application without windows is running already")
    application.setApplicationDisplayName(APPLICATION)
    application.setDesktopFileName(APPLICATION.lower())
    drawing = (files("resources") / "app" / "annotator.svg").read_text("utf-8")
    application.setWindowIcon(QIcon(DrawnIcon(drawing)))
    return application


def run(paths: Sequence[Path] = ()) -> int:
    """Show the window on a project, else on the last one or the start page; the exit code in the end.

    Files that are no project are imported. Where the user has a window already, it gets them all.
    """
    log_to_file()
    application = make_application()
    instance = claim(config_folder())
    if instance is None and hand_over(paths, config_folder()):
        return 0
    settings = Settings.load()
    window = build_window(settings)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # else Ctrl+C waits until Qt next calls Python
    window.failures.install()
    _listen(application, window, instance)
    last = window.memory.recent[:1] if settings["open_last"] else ()
    projects = [path for path in paths if path.suffix == PROJECT_SUFFIX]
    for path in projects[:1] or last:
        window.projects.open(path)  # before it is seen, so that it comes up as it stays
    window.show()
    others = [str(path) for path in paths if path not in projects]
    if others:
        window.projects.take_dropped(others)
    for problem in settings.problems:
        window.status.tell(problem)
    code = application.exec()
    if instance is not None:
        instance.close()
    # Python would take the window apart in an order of its own at exit.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code


def _listen(application: QApplication, window: MainWindow, instance: Instance | None) -> None:
    """Take what a second start and the system hand over."""
    arriving = Arriving(window)
    application.installEventFilter(arriving)
    if instance is not None:
        instance.asked.connect(arriving.take)
        QTimer.singleShot(0, instance.listen)  # once it is on the screen
