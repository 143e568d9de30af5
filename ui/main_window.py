"""The window: puts session, panes, panels, menus and their handlers together, and remembers where it was.

What a command does is in the part that its handler names: `projects`, `importing`, `marking`, `linking`,
`resizing`, `rereading`, `occurrences`, `highlights`, `searching`, `suggesting`, `learning`, `going`,
`finishing`, `paging`, `looks`, `leading`, `training`, `exchanging`, `syncing`, `guiding`, `helping`,
`pane` or `view`.
"""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QWidget

from ui.actions import Actions
from ui.backing_up import BackingUp
from ui.collector import Collector
from ui.dialogs.problem import show_problem
from ui.document_pane import DocumentPane
from ui.errors import Failures
from ui.exchanging import Exchanging
from ui.finishing import Finishing
from ui.going import Going
from ui.guiding import Guiding
from ui.helping import Helping
from ui.highlights import Highlights
from ui.importing import Importing
from ui.jobs import JobRunner
from ui.kept_layout import window_settings
from ui.keys import UnusableKeys, command_keys
from ui.label_keys import LabelKeys
from ui.leading import Leading
from ui.learning import Learning
from ui.linking import Linking
from ui.looks import Looks
from ui.marking import Marking
from ui.memory import Memory
from ui.more_like import MoreLike
from ui.moved_keys import tell_moved_keys
from ui.occurrences import MarkingAll
from ui.paging import Paging
from ui.painting import Painting
from ui.pairing.pairing import Pairing
from ui.panels.details import DetailsPanel
from ui.panels.documents import DocumentsPanel
from ui.panels.labels import LabelsPanel
from ui.panels.span_words import one_line, shortened
from ui.phrasing import Phrasing
from ui.projects import Projects
from ui.reporting import Reporting
from ui.rereading import Rereading
from ui.resizing import Resizing
from ui.searching import Searching
from ui.session import Session
from ui.settings import Settings
from ui.status import StatusBar
from ui.suggesting import Suggesting
from ui.syncing import Syncing
from ui.timekeeping import Timekeeper
from ui.training_rounds import TrainingRounds
from ui.views.text_view import TextView
from ui.views.welcome import WelcomePage

LONGEST_WORDS = 30
FIRST_SIZE = QSize(1280, 800)
LAYOUT_VERSION = 1
_AREAS = {
    "documents": Qt.DockWidgetArea.LeftDockWidgetArea,
    "search": Qt.DockWidgetArea.BottomDockWidgetArea,
    "again": Qt.DockWidgetArea.BottomDockWidgetArea,
}
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
# The panels that come when they are asked for.
_LATER = ("search", "again", "guidelines")


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, session: Session, settings: Settings, memory: Memory) -> None:
        super().__init__()
        self.setObjectName("main")
        self.session, self.settings, self.memory = session, settings, memory
        self.keys: Mapping[str, tuple[str, ...]] = {}
        self.jobs = JobRunner(self)
        self.questions = JobRunner(self)  # what somebody waits for, beside long jobs
        self._layout = QByteArray()
        self.passwords: dict[str, str] = {}  # of protected PDFs, by SHA-256; never stored
        self._make_panes()
        self._make_parts()
        self._connect()
        self.setAcceptDrops(True)
        self.apply_settings()
        self._restore()
        self._on_project_changed()

    # -- what it is made of

    def _make_panes(self) -> None:
        session = self.session
        self.view = TextView()
        self.view.setAcceptDrops(False)
        self.pane = DocumentPane(session, self.view, import_files=lambda: self.importing.choose_files())
        self.welcome = WelcomePage(
            create=lambda: self.projects.create(),
            choose=lambda: self.projects.choose(),
            open_sample=lambda: self.projects.open_sample(),
        )
        self.centre = QStackedWidget()
        self.centre.addWidget(self.welcome)
        self.centre.addWidget(self.pane)
        self.setCentralWidget(self.centre)
        self.documents = DocumentsPanel(session)
        self.labels = LabelsPanel(session)
        self.details = DetailsPanel(session)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.docks = {
            "documents": self._dock(self.tr("Documents"), self.documents, left),
            "labels": self._dock(self.tr("Labels"), self.labels, right),
            "details": self._dock(self.tr("Details"), self.details, right),
            "search": self._empty_dock("search", self.tr("Search")),
            "again": self._empty_dock("again", self.tr("Look again")),
            "guidelines": self._empty_dock("guidelines", self.tr("Guidelines")),
        }
        self.tabifyDockWidget(self.docks["labels"], self.docks["guidelines"])
        self.status = StatusBar(session, self.jobs)
        self.setStatusBar(self.status)

    def _dock(self, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"{panel.objectName()}_dock")
        dock.setWidget(panel)
        self.addDockWidget(area, dock)
        return dock

    def _empty_dock(self, name: str, title: str) -> QDockWidget:
        """A dock that is filled when it is first seen."""
        dock = QDockWidget(title, self)
        dock.setObjectName(f"{name}_dock")
        self.addDockWidget(_AREAS.get(name, _RIGHT), dock)
        dock.hide()
        return dock

    def _make_parts(self) -> None:
        session, view = self.session, self.view
        self.painting = Painting(session, view, self.memory)
        self.paging = Paging(session, self.pane, self.memory, self.passwords)
        self.linking = Linking(session, jump_to=lambda span: self.going.jump_to(span), parent=self)
        self.suggesting = Suggesting(
            session,
            self.pane,
            self.settings,
            self.memory,
            tell=self.status.tell,
            failed=lambda error: self.failures.take(error),
            parent=self,
        )
        self.marking = Marking(
            session,
            view,
            details=self.details,
            linking=self.linking,
            suggesting=self.suggesting,
            tell=self.status.tell,
            parent=self,
        )
        self.phrasing = Phrasing(session, view)
        self.resizing = Resizing(session, view, self.painting)
        self.label_keys = LabelKeys(session, view, self.marking)
        self.going = Going(session, self.pane, self.documents, panes=self._panes, tell=self.status.tell)
        self.finishing = Finishing(
            session,
            view,
            self.going,
            keys=lambda: self.keys["document.done"],
            fill_in=self.marking.document_attributes,
            parent=self,
        )
        self.looks = Looks(
            self.settings, self, view=view, paging=self.paging, painting=self.painting, docks=self.docks
        )
        self.failures = Failures(
            self, show=lambda *told: show_problem(self, *told), tell=self.status.tell, recover=session.refresh
        )
        self.occurrences = MarkingAll(
            session,
            view,
            self.questions,
            notice=self.pane.notice,
            tell=self.status.tell,
            failed=self.failures.take,
            parent=self,
        )
        self.highlights = Highlights(session, view, tell=self.status.tell)
        self.searching = Searching(
            session,
            view,
            self.docks["search"],
            self.questions,
            jump_to=self.going.jump_to,
            failed=self.failures.take,
        )
        self.importing = Importing(
            session,
            self.jobs,
            passwords=self.passwords,
            parent=self,
            memory=self.memory,
            tell=self.status.tell,
            failed=self.failures.take,
        )
        self.rereading = Rereading(
            session,
            self.jobs,
            passwords=self.passwords,
            parent=self,
            tell=self.status.tell,
            failed=self.failures.take,
        )
        self.time = Timekeeper(session, self)
        self.more_like = MoreLike(session, self.status.more)
        self.learning = Learning(self)
        self.projects = Projects(self)
        self.leading = Leading(self)
        self.training = TrainingRounds(self)
        self.exchanging = Exchanging(self)
        self.syncing = Syncing(self)
        self.guiding = Guiding(self)
        self.helping = Helping(self)
        self.backing_up = BackingUp(self)
        self.reporting = Reporting(self)
        self.collector = Collector(session, self)
        self.pairing = Pairing(self)
        self.commands = Actions(self, session, view, checked=self._is_checked)
        self.commands.attach(self.paging.view)
        for watching in (self.label_keys, self.resizing):
            self.paging.view.installEventFilter(watching)

    def _connect(self) -> None:
        session, view, status = self.session, self.view, self.status
        session.project_closing.connect(self.pane.notice.hide)
        session.project_changed.connect(self._on_project_changed)
        session.document_changed.connect(self._show_title)
        session.document_changed.connect(self._remember)
        session.annotator_changed.connect(self._remember)
        session.schema_changed.connect(self._tell_moved_keys)
        session.refused.connect(status.tell)
        session.armed_changed.connect(self._show_mode)
        self.linking.changed.connect(self._show_mode)
        for signal in (view.cursorPositionChanged, session.span_selected, session.changed):
            signal.connect(self._show_place)
        view.zoom_changed.connect(self._on_zoom_changed)
        self.paging.zoom_shown.connect(status.show_zoom)
        view.span_activated.connect(self.marking.attributes)
        self.labels.label_clicked.connect(self.marking.click)
        self.documents.remove_asked.connect(self.leading.remove_documents)
        self.details.done.connect(view.setFocus)
        self.details.link_wanted.connect(self._on_link_wanted)
        self.details.jump_to.connect(self.going.jump_to)
        view.cursorPositionChanged.connect(self.time.touch)
        for scrolled in (view, self.paging.view):
            scrolled.verticalScrollBar().valueChanged.connect(self.time.touch)
        self.time.counted.connect(self._show_time)
        self.welcome.recent_chosen.connect(self.projects.open)
        status.annotator_clicked.connect(self.projects.switch_annotator)

    def _panes(self) -> list[QWidget]:
        """What F6 goes through."""
        later = [self.docks[name].widget() for name in _LATER]
        made = [panel for panel in later if panel is not None]
        return [self.documents.list, self.view, self.paging.view, *made, self.labels.tree, self.details]

    def _is_checked(self, command: str) -> bool:
        if command == "select.characters":
            return self.view.is_character_mode
        if command == "suggest.on":
            return self.suggesting.is_on
        if command == "documents.unsure":
            return self.learning.is_unsure_first
        if command == "view.full_screen":
            return self.isFullScreen()
        place, _, name = command.partition(".")
        if place == "hub":
            return self.syncing.is_on
        if place == "find":
            return self.pane.is_checked(name)
        if place == "show":
            return self.paging.is_checked(name)
        if place == "links":
            return self.looks.links == name
        if place == "theme":
            return self.looks.choice == name
        if place == "documents":
            return self.looks.is_by_case
        return not self.docks[name].isHidden()

    def _on_link_wanted(self, relation_type: str) -> None:
        self.linking.begin_of(relation_type)
        self.view.setFocus()

    # -- settings and what is remembered

    def apply_settings(self) -> None:
        """Take over the settings: keys, theme, reading style. Unusable keys are told and left out."""
        try:
            self.keys = command_keys(self.settings.keys)
        except UnusableKeys as error:
            self.pane.notice.tell(str(error))
            self.keys = command_keys({})
        self.commands.set_keys(self.keys)
        self.session.reserve_keys(self.keys)
        self.looks.apply_settings()
        self.suggesting.apply_settings()

    def _restore(self) -> None:
        stored = window_settings()
        geometry, layout = stored.value("geometry"), stored.value("layout")
        if not isinstance(geometry, QByteArray) or not self.restoreGeometry(geometry):
            self.resize(FIRST_SIZE)
        if isinstance(layout, QByteArray):
            self._layout = layout
        self.view.set_zoom(self.memory.zoom)
        self.status.show_zoom(self.view.zoom())

    def reset_layout(self) -> None:
        """Put the panels back to their places."""
        for name, dock in self.docks.items():
            dock.setFloating(False)
            self.addDockWidget(_AREAS.get(name, _RIGHT), dock)
            dock.setVisible(name not in _LATER)
        self.tabifyDockWidget(self.docks["labels"], self.docks["guidelines"])
        docks = [self.docks["documents"], self.docks["labels"]]
        self.resizeDocks(docks, [270, 300], Qt.Orientation.Horizontal)
        self.resizeDocks([self.docks["labels"], self.docks["details"]], [3, 2], Qt.Orientation.Vertical)

    def _remember(self) -> None:
        session = self.session
        if session.store is None or session.annotator is None:
            return
        self.memory.remember(
            session.store.project_id,
            session.store.path,
            annotator=session.annotator.id,
            document=session.document.id if session.document else None,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already; what runs is cancelled and waited for."""
        stored = window_settings()
        stored.setValue("geometry", self.saveGeometry())
        if self.session.store is not None:
            self._layout = self.saveState(LAYOUT_VERSION)
        stored.setValue("layout", self._layout)
        stored.sync()
        try:
            self.session.close_project()
        finally:
            self.jobs.cancel_all()
            self.questions.cancel_all()
            self.memory.save()
        super().closeEvent(event)

    # -- what it shows

    def _on_project_changed(self) -> None:
        is_open = self.session.store is not None
        if is_open and self.centre.currentWidget() is not self.pane:
            self.centre.setCurrentWidget(self.pane)
            if self._layout.isEmpty() or not self.restoreState(self._layout, LAYOUT_VERSION):
                self.reset_layout()
        elif not is_open:
            if self.centre.currentWidget() is self.pane:
                self._layout = self.saveState(LAYOUT_VERSION)
            self.centre.setCurrentWidget(self.welcome)
            self.welcome.show_recent(self.memory.recent)
            for dock in self.docks.values():
                dock.hide()
        self._show_title()
        self._tell_moved_keys()

    def _show_title(self) -> None:
        session = self.session
        parts = [
            session.document.title if session.document else "",
            session.store.name if session.store else "",
        ]
        self.setWindowTitle(" — ".join([part for part in parts if part] + ["Annotator"]))
        self.status.zoom.setVisible(session.document is not None)

    def _show_place(self) -> None:
        span, caret = self.session.selected_annotation, self.view.caret()
        if span is not None:
            self.status.show_place(span.start, span.end)
        else:
            self.status.show_place(caret, caret)

    def _show_time(self) -> None:
        here = self.time.on_document().seconds
        self.status.show_today(self.time.today)
        self.documents.show_time(here)
        self.details.document.show_time(here)

    def _show_mode(self) -> None:
        source, armed = self.linking.source, self.session.armed
        label = self.session.schema.label(source.label if source is not None else armed or "")
        name = label.name if label is not None else ""
        if source is not None:
            text = self.tr("Link from {label} “{words}”: go to the other span, Enter; Esc ends").format(
                label=name, words=shortened(one_line(source.quote.exact), LONGEST_WORDS)
            )
        else:
            text = self.tr("{label} armed; Esc ends").format(label=name) if armed else ""
        self.status.mode.setText(text)

    def _on_zoom_changed(self, percent: int) -> None:
        self.memory.zoom = percent

    def _tell_moved_keys(self) -> None:
        tell_moved_keys(self.session, self.memory, self.pane.notice)

    # -- files dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.projects.take_dropped(
            [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        )
