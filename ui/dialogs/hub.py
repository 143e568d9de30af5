"""The dialogs about a hub: joining one by its address, and how it stands, with what it did not take."""

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QListWidget, QWidget

from annotator.errors import AnnotatorError
from ui.dialogs.annotator import role_words
from ui.dialogs.frame import (
    Fault,
    answer_buttons,
    body,
    button_row,
    close_button,
    fit,
    form,
    needed_height,
    side_button,
    with_hint,
)
from ui.panels.themed import Words
from ui.syncing import state_words

if TYPE_CHECKING:
    from annotator.services.following import HubState
    from ui.main_window import MainWindow
    from ui.syncing import Syncing

_REFUSED_ROWS = 5


class JoinDialog(QDialog):
    """Asks for the address of a hub and who one is there; stays open until it is joined."""

    def __init__(self, syncing: "Syncing", parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("join_hub")
        self._syncing = syncing
        layout = body(self, self.tr("Join a hub"))
        layout.addWidget(
            Words(
                self.tr(
                    "A hub is a PostgreSQL database through which a team shares a project. You go on working "
                    "on a file of your own, also without a network; what you make is sent when the hub is "
                    "reached. Who leads the project gives you the address, and makes a hub with "
                    "“annotator hub create”."
                ),
                tone="muted",
            )
        )
        self.address = QLineEdit(placeholderText="postgresql://server/rulings")
        self.user = QLineEdit()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        rows = form()
        rows.addRow(self.tr("&Address"), self.address)
        rows.addRow(
            self.tr("Who am &I"),
            with_hint(
                self.user, Words(self.tr("Your database user, if the address does not name it"), tone="muted")
            ),
        )
        rows.addRow(
            self.tr("&Password"),
            with_hint(
                self.password,
                Words(
                    self.tr("Never stored; leave it empty if your file .pgpass has it"),
                    tone="muted",
                ),
            ),
        )
        layout.addLayout(rows)
        self.fault = Fault()
        layout.addWidget(self.fault)
        box, self.go_on = answer_buttons(self, self.tr("Join"))
        layout.addWidget(box)
        self.address.textChanged.connect(self._on_changed)
        syncing.joined.connect(self._on_joined)
        syncing.join_failed.connect(self._on_failed)
        self._on_changed()
        fit(self, 560)
        self.address.setFocus()

    def accept(self) -> None:
        """Begin to join; the dialog closes when that is done."""
        self.fault.tell("")
        self.go_on.setEnabled(False)
        self.go_on.setText(self.tr("Joining…"))
        self._syncing.join(
            with_user(self.address.text().strip(), self.user.text().strip()), self.password.text()
        )

    def _on_changed(self) -> None:
        self.go_on.setEnabled(bool(self.address.text().strip()))

    def _on_joined(self) -> None:
        super().accept()  # not connected itself: Qt would call ours, which joins once more

    def _on_failed(self, error: Exception) -> None:
        self.go_on.setEnabled(True)
        self.go_on.setText(self.tr("Join"))
        if isinstance(error, AnnotatorError):
            self.fault.tell(str(error))
        else:
            self.reject()
            raise error


class HubDialog(QDialog):
    """How the project stands to its hub."""

    def __init__(self, syncing: "Syncing", parent: "MainWindow") -> None:
        super().__init__(parent)
        self.setObjectName("hub")
        self._syncing = syncing
        self._window = parent
        layout = body(self, self.tr("Hub"))
        self.address, self.who, self.state, self.sent, self.received, self.unsent = (
            Words(is_selectable=True) for _ in range(6)
        )
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Never stored"))
        rows = form()
        rows.addRow(self.tr("Hub"), self.address)
        rows.addRow(self.tr("You are"), self.who)
        rows.addRow(self.tr("State"), self.state)
        rows.addRow(self.tr("Last sent"), self.sent)
        rows.addRow(self.tr("Last received"), self.received)
        rows.addRow(self.tr("Unsent"), self.unsent)
        rows.addRow(self.tr("&Password"), self.password)
        self._rows = rows
        layout.addLayout(rows)
        self.follows = QCheckBox(self.tr("&Keep in step with the hub"))
        layout.addWidget(self.follows)
        self.refused_title = Words(self.tr("Not taken by the hub; it stays in your project:"), tone="muted")
        self.refused = QListWidget()
        self.refused.setAccessibleName(self.tr("Not taken by the hub"))
        self.refused.setWordWrap(True)
        self.refused.setFixedHeight(_REFUSED_ROWS * (self.fontMetrics().height() + 8))
        layout.addWidget(self.refused_title)
        layout.addWidget(self.refused)
        box, _ = close_button(self)
        self.leave = side_button(self.tr("&Leave the hub"))
        self.now = side_button(self.tr("&Sync now"))
        layout.addLayout(button_row(box, self.leave, self.now))
        self.now.clicked.connect(syncing.now)
        self.leave.clicked.connect(self._on_leave)
        self.password.returnPressed.connect(self._on_password)
        self.follows.clicked.connect(syncing.toggle)
        syncing.changed.connect(self.show_state)
        self.show_state(syncing.state)
        fit(self, 560)

    def show_state(self, state: "HubState | None") -> None:
        """Bring all of it up to date."""
        link, store = self._syncing.link, self._window.session.store
        if link is None or store is None:
            self.reject()
            return
        people = {who.id: who.name for who in store.annotators()}
        self.address.setText(link.address)
        self.who.setText(f"{people.get(link.annotator, link.login)}, {role_words(link.role)}")
        words = self.tr("off") if state is None else state.sentence or state_words(state).partition(": ")[2]
        self.state.setText(words)
        self.sent.setText(_clock(state.pushed_at if state else ""))
        self.received.setText(_clock(state.pulled_at if state else ""))
        self.unsent.setText(str(store.count_unsent()))
        self.follows.setChecked(self._syncing.is_on)
        self._rows.setRowVisible(self.password, state is not None and state.phase == "needs_password")
        refusals = store.hub_refusals()
        self.refused.clear()
        self.refused.addItems([each.sentence for each in refusals])
        for widget in (self.refused, self.refused_title):
            widget.setVisible(bool(refusals))
        self.resize(self.width(), max(self.height(), needed_height(self, self.width())))

    def _on_password(self) -> None:
        self._syncing.give_password(self.password.text())
        self.password.clear()

    def _on_leave(self) -> None:
        self._syncing.leave()


def with_user(address: str, user: str) -> str:
    """The address with a database user in it, where it has none."""
    if not user:
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.scheme or "@" in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}@{parts.netloc}"))


def _clock(time: str) -> str:
    """A time as it is on the clock here, "—" for none."""
    if not time:
        return "—"
    return datetime.fromisoformat(time).astimezone().strftime("%H:%M:%S")
