"""What the review screen has before it: queue, document, units in focus, and who is called what.

The parts of the screen show the desk and ask it; what a decision means is in `annotator.services.deciding`.
The list keeps a unit that was just decided until another filter or document is chosen, so that nothing moves
under the reader.
"""

import time
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from annotator.adjudication.blind import blind_names, blind_order, seed_of
from annotator.adjudication.decisions import BLIND, GAP, SECOND, OutcomeKind, result_of
from annotator.adjudication.filtering import Filter
from annotator.adjudication.links import LinkUnit
from annotator.adjudication.standing import TO_DO, State
from annotator.adjudication.units import Unit
from annotator.change import Change
from annotator.model import Decision, Document, Result
from annotator.services import annotating
from annotator.services.deciding import Ruling, write
from annotator.services.likely import Likelihoods, Likely
from annotator.services.link_ends import link_in_gold, new_link, read_with
from annotator.services.reviewing import AnyUnit, Review, followed, review
from ui.review.people import People
from ui.review.remarks import Remarks
from ui.review.strict import proposer
from ui.session import Session

_IDLE_MS = 120_000  # longer than that nobody thinks about one unit


class ReviewDesk(QObject):
    """The document under review and the unit in focus.

    Signals:
        document_changed: Another document is reviewed, or it was read anew.
        units_changed: Other units are listed, or they stand otherwise.
        moved: Another unit is in focus, or none.
        names_changed: The annotators are called otherwise.
        told: Something is to be said in the line at the bottom; the argument is the sentence.
        taken: Gold got something of a unit, the argument.
    """

    document_changed = Signal()
    units_changed = Signal()
    moved = Signal()
    names_changed = Signal()
    told = Signal(str)
    taken = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.review: Review | None = None
        self.filter = Filter()
        self.listed: list[AnyUnit] = []
        self.place = -1
        self.is_blind = True
        self.is_second = False
        self.is_strict = False
        self.likely: Likelihoods = {}
        self.is_by_doubt = False
        self.remarks = Remarks()
        self.people = People(session, self)
        self._revealed: set[str] = set()
        self._since = time.monotonic()
        session.changed.connect(self._on_changed)
        session.documents_changed.connect(self._on_documents_changed)
        session.refused.connect(self.told)

    # -- the document

    def open(self, document: str) -> None:
        """Review a document, at the first unit that there is something to do in."""
        store = self.session.store
        if store is not None:
            self._show(review(store, document))

    def _show(self, of: Review | None) -> None:
        self.review, self.listed, self.place = of, [], -1
        self.names_changed.emit()
        self.document_changed.emit()
        self.apply(self.filter)

    def apply(self, chosen: Filter) -> None:
        """List the units that a filter shows, at the first that there is something to do in."""
        self.filter = chosen
        of = self.review
        known = () if of is None else of.all_units
        self.listed = [unit for unit in known if chosen.shows(unit, self.state(unit))]
        if self.is_by_doubt and not self.is_strict:
            self.listed.sort(key=self._certainty)
        self.units_changed.emit()
        first = next((at for at, unit in enumerate(self.listed) if self.asks(unit)), 0)
        self.go_to(first if self.listed else -1)

    def state(self, unit: AnyUnit) -> State:
        """How a unit stands; for a second reviewer only what they decided themselves counts."""
        of = self.review
        if of is None:
            return "open"
        standing = of.standings.about(unit.key)
        if standing is None:
            return "stale"  # it was listed before all was read anew
        if self.is_second and unit.candidates and standing.state not in ("auto", "spot_check", "stale"):
            return "decided" if self._own_second(standing.decisions) else "open"
        return standing.state

    def hint(self, unit: AnyUnit) -> Likely | None:
        """What a unit most likely is, None if that cannot be told or is not to be seen."""
        return None if self.is_strict else self.likely.get((unit.document, unit.key))

    def take_likely(self, likely: Likelihoods) -> None:
        """Show these hints from now on; the list keeps its order until it is made anew."""
        self.likely = likely
        self.moved.emit()

    def _certainty(self, unit: AnyUnit) -> float:
        found = self.likely.get((unit.document, unit.key))
        return 0.0 if found is None else -found.entropy

    def order_by_doubt(self, is_by_doubt: bool) -> None:
        """List what is most open first, or in order of the text again."""
        self.is_by_doubt = is_by_doubt
        self.apply(self.filter)

    @property
    def state_counts(self) -> Counter[State]:
        """How many units of the document stand how, as the reviewer sees it."""
        of = self.review
        if of is None:
            return Counter()
        if self.is_second:
            return Counter(map(self.state, of.all_units))
        return Counter(each.state for each in of.standings.all)

    def _own_second(self, decisions: Sequence[Decision]) -> Decision | None:
        me = self.session.annotator_id
        return next((each for each in decisions if SECOND in each.flags and each.decided_by == me), None)

    def decision(self, unit: AnyUnit) -> Decision | None:
        """The decision on a unit that the reviewer may see."""
        standing = None if self.review is None else self.review.standings.about(unit.key)
        if standing is None:
            return None
        if self.is_second:
            return self._own_second(standing.decisions)
        if standing.state == "open":  # that of a second reviewer, who came first, is not seen yet
            return next((each for each in standing.decisions[::-1] if SECOND not in each.flags), None)
        return standing.decision or (standing.decisions or (None,))[-1]

    # -- who

    @property
    def order(self) -> tuple[str, ...]:
        """The annotators (ids) in the order of the columns."""
        of = self.review
        if of is None:
            return ()
        if self.hides_names:
            return blind_order(of.people, self.seed)
        return tuple(sorted(of.people, key=lambda who: (self.people.name(who).casefold(), who)))

    @property
    def seed(self) -> int:
        """The seed of the order of columns in the document."""
        store, of = self.session.store, self.review
        return 0 if store is None or of is None else seed_of(store.project_id, of.document.id)

    @property
    def hides_names(self) -> bool:
        """Whether names are hidden in the document."""
        of = self.review
        is_revealed = of is not None and of.document.id in self._revealed
        return self.is_blind and (self.is_strict or not is_revealed)

    def name(self, annotator: str) -> str:
        """What an annotator is called here."""
        if self.hides_names:
            return blind_names(self.order).get(annotator, self.tr("Somebody"))
        return self.people.name(annotator)

    def set_blind(self, is_blind: bool) -> None:
        """Hide the annotators' names, or show them, which is written down."""
        of = self.review
        if self.is_strict and not is_blind:
            self.told.emit(self.tr("Names stay hidden while the review is strictly blind."))
            return
        self.is_blind = is_blind
        if not is_blind and of is not None:
            self.reveal()
        self.names_changed.emit()

    def set_strict(self, is_strict: bool) -> None:
        """Hide names, hints and votes, in documents that were revealed as well, or no more."""
        self.is_strict = is_strict
        self.is_blind = self.is_blind or is_strict
        self.names_changed.emit()
        self.apply(self.filter)

    def reveal(self) -> None:
        """Show the names in this document; that it was done is kept with the decisions."""
        of = self.review
        if of is None or of.document.id in self._revealed:
            return
        from annotator.services.review_log import reveal

        document = of.document.id
        if self.session.edit(
            lambda store: reveal(store, reviewer=self.session.annotator_id, document=document, seed=self.seed)
        ):
            self._revealed.add(document)
            self.names_changed.emit()

    # -- the unit in focus

    @property
    def unit(self) -> AnyUnit | None:
        """The unit in focus."""
        return self.listed[self.place] if 0 <= self.place < len(self.listed) else None

    def go_to(self, place: int) -> None:
        """Bring the unit at a place of the list into focus."""
        self.place = place if 0 <= place < len(self.listed) else -1
        self.remarks = Remarks()
        self._since = time.monotonic()
        self.moved.emit()

    def step(self, by: int) -> None:
        """Go to the next unit of the list (1) or the one before (-1)."""
        if self.listed:
            self.go_to(max(0, min(len(self.listed) - 1, self.place + by)))

    def go_to_unit(self, key: str) -> bool:
        """Bring the unit of a key into focus, if it is listed."""
        place = next((at for at, unit in enumerate(self.listed) if unit.key == key), None)
        if place is not None:
            self.go_to(place)
        return place is not None

    def go_on(self) -> None:
        """Go to the next unit that there is something to do in, going round; say so if there is none."""
        count = len(self.listed)
        for ahead in range(1, count + 1):
            at = (self.place + ahead) % count
            if self.asks(self.listed[at]):
                self.go_to(at)
                return
        self.moved.emit()
        self.told.emit(self.tr("Nothing is left to do in this list."))

    def asks(self, unit: AnyUnit) -> bool:
        """Whether a unit waits for a decision, or for a look."""
        state = self.state(unit)
        return state in TO_DO or state == "spot_check"

    # -- deciding

    def take(self, number: int) -> None:
        """Take the candidate of a column, or of a choice where votes are hidden, counted from 0."""
        unit = self.unit
        annotator = "" if unit is None else proposer(self, unit, number)
        if unit is None or not annotator:
            return
        if isinstance(unit, LinkUnit):
            self._take_link(unit, annotator)
            return
        found = next((each for each in unit.candidates if each.annotator == annotator), None)
        if found is None:
            name = self.name(annotator)
            self.told.emit(self.tr("{name} has nothing here; 0 decides for none.").format(name=name))
            return
        self.decide("accept", (result_of(found.span),))

    def _take_link(self, unit: LinkUnit, annotator: str) -> None:
        found = next((each for each in unit.candidates if each.annotator == annotator), None)
        of, store = self.review, self.session.store
        if found is None or of is None or store is None:
            self.told.emit(self.tr("There is no link of that annotator; 0 decides for none."))
            return
        self.decide("accept", (link_in_gold(store, of, found),), taken=(found.content,))

    def keep(self, contents: Sequence[str]) -> None:
        """Keep the candidates of these contents, each once."""
        unit, of, store = self.unit, self.review, self.session.store
        if isinstance(unit, LinkUnit) and of is not None and store is not None:
            links = {each.content: each for each in unit.candidates if each.content in contents}
            joined = tuple(link_in_gold(store, of, each) for each in links.values())
            self.decide("keep_several", joined, taken=tuple(links))
        if isinstance(unit, Unit):
            found = [each for each in unit.candidates if each.content in contents]
            kept = {each.content: result_of(each.span) for each in found}
            self.decide("keep_several", tuple(kept.values()))

    def decide(
        self, outcome: OutcomeKind, results: tuple[Result, ...] = (), *, taken: tuple[str, ...] = ()
    ) -> Change | None:
        """Write a decision on the unit in focus and go on to the next."""
        unit = self.unit
        made = None if unit is None else self._write(unit, outcome, results, taken)
        if unit is not None and made is not None:
            self.go_on()
            if results:
                self.taken.emit(unit)
            if any(isinstance(each, Decision) and each.outcome == "withdrawn" for each in made.after):
                self.told.emit(self.tr("What is decided of the links at this span is open again."))
        return made

    def add_link(self, made: Result) -> None:
        """Put a link between gold spans into gold that no annotator has."""
        of, store = self.review, self.session.store
        if of is not None and store is not None:
            self._write(new_link(store, of, made), "new", (made,), ())

    def amend(self, remarks: Remarks) -> None:
        """Write remarks: to the decision on the unit in focus, or keep them for the one to come."""
        unit, self.remarks = self.unit, remarks
        decision = None if unit is None else self.decision(unit)
        if unit is None or decision is None or decision.outcome == "withdrawn":
            self.moved.emit()
            return
        right = [who for who, verdict in decision.verdicts.items() if verdict == "correct"]
        taken = tuple(
            each.content for each in unit.candidates if isinstance(unit, LinkUnit) and each.annotator in right
        )
        self._write(unit, decision.outcome, decision.results, taken)  # type: ignore[arg-type]
        self.moved.emit()

    def remarks_of(self, unit: AnyUnit) -> Remarks:
        """What is written beside the decision on a unit, or beside the one to come."""
        decision = self.decision(unit)
        if decision is None or self.remarks != Remarks():
            return self.remarks
        return Remarks(decision.reason, decision.rule_id, decision.comment, GAP in decision.flags)

    def _write(
        self, unit: AnyUnit, outcome: OutcomeKind, results: tuple[Result, ...], taken: tuple[str, ...]
    ) -> Change | None:
        of = self.review
        if of is None:
            return None
        remarks = self.remarks_of(unit)
        marks = ((GAP, remarks.is_gap), (BLIND, self.hides_names), (SECOND, self.is_second))
        hint = self.hint(unit)
        spent = min(_IDLE_MS, round((time.monotonic() - self._since) * 1000))
        ruling = Ruling(
            outcome,
            results,
            taken,
            remarks.reason,
            remarks.rule_id,
            remarks.comment,
            tuple(name for name, is_so in marks if is_so),
            self.seed if self.hides_names else 0,
            {} if hint is None else hint.record,
            active_ms=spent,
        )
        rulings = [(of.document.id, unit.key, ruling)]
        me = self.session.annotator_id
        return self.session.edit(
            lambda store: write(store, reviewer=me, rulings=rulings, reviews={of.document.id: of})
        )

    def undo(self) -> None:
        """Take back the last change of the document."""
        of, me = self.review, self.session.annotator_id
        if of is None:
            return
        made = self.session.edit(lambda store: annotating.undo(store, annotator=me, document=of.document.id))
        if made is not None:
            self.told.emit(self.tr("Taken back: {title}").format(title=made.title))
            touched = next((record.unit for record in made.after if isinstance(record, Decision)), "")
            if not self.go_to_unit(touched):
                self.moved.emit()

    # -- what changes beside it

    def _on_changed(self, change: Change) -> None:
        of, store = self.review, self.session.store
        if of is None or store is None:
            return
        after = followed(of, change)
        if after is not None:
            self.review = after
            self.units_changed.emit()
            return
        documents = {getattr(record, "document", "") for record in (*change.before, *change.after)}
        if documents & read_with(of):
            self._show_anew(review(store, of.document.id))

    def _on_documents_changed(self) -> None:
        """A job may have written to the document: read its text again, merged other work, or removed it."""
        of, store = self.review, self.session.store
        if of is None or store is None:
            return
        is_here = store.record(Document, of.document.id) is not None
        fresh = review(store, of.document.id) if is_here else None
        if fresh is None or fresh.made_of != of.made_of:
            self._show_anew(fresh)
            self.told.emit(self.tr("This document was changed elsewhere and is shown as it is now."))

    def _show_anew(self, of: Review | None) -> None:
        focus = self.unit
        self._show(of)
        if focus is not None:
            self.go_to_unit(focus.key)
