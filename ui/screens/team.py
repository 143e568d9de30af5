"""What a lead sees: assignments, conflicts of merges, progress, agreement."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ui import stage
from ui.main_window import MainWindow
from ui.screens.screen import Screen, article, dialog_of


def _assign(window: MainWindow) -> QWidget:
    from annotator.services.annotating import add_annotator
    from ui.dialogs.assign import AssignDialog

    article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None and all(who.name != "Chiara" for who in store.annotators()):
        for name in ("Chiara", "David"):
            add_annotator(store, annotator=me, name=name)
    dialog = dialog_of("documents.assign")(window)
    if isinstance(dialog, AssignDialog):
        dialog.overlap.setValue(20)
        dialog.preview()
    return dialog


def _conflicts(window: MainWindow) -> QWidget:
    """A span that was made again on another computer, as a merge brings it."""

    from annotator.change import HistoryEntry
    from annotator.merging import Entry, Travelled
    from annotator.model import new_id, now

    article(window)
    session = window.session
    if session.store is not None and not session.store.contested():
        entries = []
        for span in list(session.annotations.values())[:3]:
            change = new_id()
            twin = replace(span, id=new_id(), revision=change)
            entries.append((change, Entry(change, None, twin)))
        session.store.take_in(
            Travelled(
                HistoryEntry(change, session.annotator_id, "laptop", number, now(), "Mark", None, None),
                (made,),
            )
            for number, (change, made) in enumerate(entries, 1)
        )
        session.refresh()
    return dialog_of("conflicts")(window)


def _agreement(window: MainWindow) -> QWidget:
    from ui.agreement.dialog import AgreementDialog

    article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None:
        stage.second_opinion(store, me, name="Emil")
    window.leading.show_agreement()
    dialog = window.findChildren(AgreementDialog)[-1]
    stage.wait_until(lambda: dialog.report is not None)
    return dialog


def _standing(window: MainWindow) -> QWidget:
    from ui.standing.dialog import StandingDialog

    article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None:
        stage.second_opinion(store, me, name="Emil")
    window.leading.show_standing()
    dialog = window.findChildren(StandingDialog)[-1]
    stage.wait_until(lambda: dialog.distribution is not None)
    dialog.tabs.setCurrentIndex(1)
    return dialog


def _review(window: MainWindow) -> QWidget:
    from ui.review.window import ReviewWindow

    article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None:
        for shift, name in enumerate(("Emil", "Fatima")):
            stage.second_opinion(store, me, name=name, shift=shift)
    window.leading.review()
    shown = window.findChildren(ReviewWindow)[-1]
    stage.wait_until(lambda: bool(shown.desk.likely))
    units = shown.desk.listed
    wanted = next((at for at, unit in enumerate(units) if unit.type == "boundary"), 0)
    shown.desk.go_to(wanted)
    stage.settle()
    return shown


def _auto(window: MainWindow) -> QWidget:
    from ui.review.auto_dialog import AutoDialog
    from ui.review.window import ReviewWindow

    shown = _review(window)
    if isinstance(shown, ReviewWindow):
        shown.asking.decide_by_rule()
    dialog = shown.findChildren(AutoDialog)[-1]
    stage.wait_until(lambda: dialog.report is not None)
    return dialog


def _comparison(window: MainWindow) -> QWidget:
    from annotator.model import annotator_set_id
    from annotator.services.training import begin_round
    from annotator.training import Mark
    from ui.training.comparison import ComparisonDialog

    article(window)
    session = window.session
    store, me = session.store, session.annotator_id
    if store is not None and session.document is not None:
        stage.second_opinion(store, me, name="Emil")
        emil = next(person.id for person in store.annotators() if person.name == "Emil")
        key, marks = annotator_set_id(emil), (Mark("entity", 0.9), Mark("claim", 0.5, "overlap"))
        documents = (session.document.id,)
        begin_round(store, annotator=me, name="First week", documents=documents, key=key, marks=marks)
        window.training.compare()
    return window.findChildren(ComparisonDialog)[-1]


def _rounds(window: MainWindow) -> QWidget:
    """Of the round that the comparison began, which other screens do without."""
    from annotator.services.training import end_round

    shown = dialog_of("training.rounds")(window)
    store = window.session.store
    if store is not None:
        end_round(store, annotator=window.session.annotator_id, name="First week")
    return shown


def _quality(window: MainWindow) -> QWidget:
    from ui.dialogs.quality import QualityDialog

    article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None:
        stage.second_opinion(store, me, name="Emil")
        stage.take_first(store, me)
    window.leading.show_quality()
    dialog = window.findChildren(QualityDialog)[-1]
    stage.wait_until(lambda: dialog.found is not None)
    return dialog


def _hub(window: MainWindow) -> QWidget:
    """A hub that cannot be reached just now; nobody is asked."""
    from annotator.hub import HubLink
    from annotator.services.following import HubState
    from ui.dialogs.hub import HubDialog

    article(window)
    store, me = window.session.store, window.session.annotator_id
    if store is not None:
        sent = sum(1 for _ in store.history()) - 3
        address = "postgresql://ada@hub.example.org/rulings"
        store.set_hub_link(HubLink(address, "ada", me, "lead", sent=sent))
        made = "2026-03-02T09:14:05.000Z"
        sentence = "rulings on hub.example.org does not answer. What you do stays here and is sent later."
        window.syncing.state = HubState("offline", 3, 0, 0, made, made, sentence)
    dialog = HubDialog(window.syncing, window)
    dialog.open()
    return dialog


def _join_hub(window: MainWindow) -> QWidget:
    from ui.dialogs.hub import JoinDialog

    article(window)
    if window.session.store is not None:
        window.session.store.set_hub_link(None)
    window.syncing.state = None
    dialog = JoinDialog(window.syncing, window)
    dialog.address.setText("postgresql://hub.example.org/rulings")
    dialog.user.setText("ada")
    dialog.open()
    return dialog


SCREENS = (
    Screen("assign", _assign),
    Screen("conflicts", _conflicts),
    Screen("annotator", dialog_of("annotator.switch")),
    Screen("hub", _hub),
    Screen("join-hub", _join_hub),
    Screen("agreement", _agreement),
    Screen("progress", _standing),
    Screen("review", _review),
    Screen("review-by-rule", _auto),
    Screen("training-comparison", _comparison),
    Screen("training-rounds", _rounds),
    Screen("quality", _quality),
)
