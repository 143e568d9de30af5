"""The lines of the review screen: what is in focus, and what is decided of it."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.adjudication.decisions import GAP
from annotator.adjudication.told import is_at
from annotator.adjudication.whole_document import Differing
from annotator.desk import type_name
from annotator.model import Annotation, Result
from annotator.services.other_texts import OtherText
from annotator.services.reviewing import AnyUnit, Review
from annotator.services.schema_lag import Behind
from ui.panels.fields import value_words
from ui.panels.span_words import moment, one_line, span_words
from ui.review.desk import ReviewDesk
from ui.review.strict import detail_words, hides_votes, kind_words
from ui.review.words import outcome_words, reason_words, state_words

_MOST_CHANGES = 3


def head_words(desk: ReviewDesk) -> str:
    """The line over the disagreement: its place in the list, its type and state, how it is reviewed."""
    unit = desk.unit
    ways = [
        _tr("strictly blind") if desk.is_strict else _tr("names hidden") if desk.hides_names else "",
        _tr("second review") if desk.is_second else "",
    ]
    if unit is None:
        return "  ·  ".join(part for part in (_tr("Nothing to show"), *ways) if part)
    kind, details = kind_words(desk, unit), detail_words(desk, unit)
    kind = f"{kind} ({details})" if details else kind
    place = _tr("{n} of {total}").format(n=desk.place + 1, total=len(desk.listed))
    return "  ·  ".join(part for part in (kind, state_words(desk.state(unit)), place, *ways) if part)


def warning_words(desk: ReviewDesk) -> str:
    """What is to be known of the document before it is reviewed; "" if there is nothing."""
    of = desk.review
    if of is None:
        return ""
    said = [_tr("You annotated this document yourself.")] if desk.session.annotator_id in of.people else []
    if of.older_text:
        one = _tr("1 span stands on an earlier text of this document; it is kept and not compared.")
        many = _tr("{n} spans stand on an earlier text of this document; they are kept and not compared.")
        said.append(one if of.older_text == 1 else many.format(n=of.older_text))
    if of.no_label:
        one = _tr("1 span has a label that the schema does not have ({labels}); it is kept and not compared.")
        many = _tr(
            "{n} spans have labels that the schema does not have ({labels}); they are kept and not compared."
        )
        count = of.no_label.total()
        said.append((one if count == 1 else many).format(n=count, labels=", ".join(sorted(of.no_label))))
    said += [_behind_words(desk, each) for each in of.behind]
    if of.gone:
        one = _tr("1 annotator is not in the project any more; what was decided of their work stands.")
        many = _tr("{n} annotators are not in the project any more; what was decided of their work stands.")
        said.append(one if len(of.gone) == 1 else many.format(n=len(of.gone)))
    if of.of_whole and not desk.is_strict:
        told = "; ".join(_of_whole_words(desk, each) for each in of.of_whole)
        said.append(_tr("Of the whole document they say: {told}.").format(told=told))
    return "  ".join(said)


def _of_whole_words(desk: ReviewDesk, differing: Differing) -> str:
    """As "Topic privacy (Annotator A), antitrust (Annotator B, Annotator C)"."""
    names: dict[str, list[str]] = {}
    for who in sorted(differing.values, key=desk.name):
        value = differing.values[who]
        names.setdefault(_tr("nothing") if value is None else value_words(value), []).append(desk.name(who))
    votes = ", ".join(f"{value} ({', '.join(whose)})" for value, whose in names.items())
    return f"{differing.attribute.name} {votes}"


def other_text_words(others: Iterable[OtherText]) -> list[str]:
    """A sentence for each other text of the file of a document."""
    earlier = _tr("An earlier text of its file is in the project too: “{title}” (spans: {n}).")
    later = _tr("A later text of its file is in the project too: “{title}” (spans: {n}).")
    return [
        (earlier if each.came == "earlier" else later).format(title=one_line(each.title), n=each.spans)
        for each in others
    ]


def _behind_words(desk: ReviewDesk, behind: Behind) -> str:
    words = _tr("{who} finished under version {number} of the label schema, now {present}: {changes}")
    shown = " ".join(behind.changes[:_MOST_CHANGES])
    more = len(behind.changes) - _MOST_CHANGES
    if more > 0:
        shown += " " + _tr("And {n} more.").format(n=more)
    names = ", ".join(sorted(map(desk.name, behind.annotators)))
    return words.format(who=names, number=behind.number, present=behind.present, changes=shown)


def decided_words(desk: ReviewDesk, unit: AnyUnit) -> str:
    """What is decided of a unit, by whom and why; "" if nothing is."""
    decision = desk.decision(unit)
    remarks = desk.remarks_of(unit)
    gap = _tr("guideline gap") if remarks.is_gap else ""
    pinned = message_words(desk, unit)
    why = [part for part in (reason_words(remarks.reason), remarks.rule_id, remarks.comment, gap) if part]
    if decision is None or decision.outcome == "withdrawn":
        return "  ·  ".join((*why, *pinned))
    apart = apart_words(desk, unit)
    if apart:
        return "  ·  ".join((*apart, *why, *pinned))
    who = desk.people.decider(decision.decided_by)
    outcome = outcome_words(decision.outcome)  # type: ignore[arg-type]
    is_earlier = desk.review is not None and decision.text_sha256 not in ("", desk.review.text_sha256)
    words = _tr("Decided: {outcome}, by {who}, {when}")
    if decision.outcome == "defer":
        words = _tr("Postponed by {who}, {when}")
    elif is_earlier:
        words = _tr("Decided: {outcome}, by {who}, {when}, before the text was read again")
    told = words.format(outcome=outcome, who=who, when=moment(decision.decided))
    if not unit.candidates and desk.review is not None:
        told = ", ".join((told, *(_result_words(desk, desk.review, each) for each in decision.results)))
    if not why and GAP in decision.flags:
        why = [gap]
    return "  ·  ".join((told, *why, *pinned))


def apart_words(desk: ReviewDesk, unit: AnyUnit) -> list[str]:
    """What each reviewer decided of a unit that they differ in, as "Ana: taken, Judge “Ada Romero”"."""
    of = desk.review
    if of is None or desk.is_second or desk.state(unit) != "contested":
        return []
    return [
        ", ".join(
            (
                f"{desk.people.decider(each.decided_by)}: {outcome_words(each.outcome)}",  # type: ignore[arg-type]
                *(_result_words(desk, of, result) for result in each.results),
            )
        )
        for each in of.standing(unit.key).decisions
    ]


def _result_words(desk: ReviewDesk, of: Review, result: Result) -> str:
    label = type_name(desk.session.schema, result.label)
    if result.fragments:
        return f"{label} “{span_words(of.text, result.fragments)}”"
    store = desk.session.store
    target = None if store is None else store.record(Annotation, result.target)
    return label if target is None else f"{label} → “{one_line(target.quote.exact)}”"


def message_words(desk: ReviewDesk, unit: AnyUnit) -> list[str]:
    """The messages at spans of a unit, each with whom it is for, as far as that may be seen."""
    of = desk.review
    if of is None or not of.messages or hides_votes(desk, unit):
        return []
    said = _tr("Message to {who}: {words}")
    return [
        said.format(who=desk.name(each.proposers[0]), words=one_line(each.comment))
        for each in of.messages
        if any(is_at(each, span) for span in unit.members)
    ]


def hint_words(desk: ReviewDesk, unit: AnyUnit) -> str:
    """What the unit most likely is, as "Dawid-Skene: Holding .87, no span .13"; "" where it is not shown."""
    hint = desk.hint(unit)
    if hint is None:
        return ""
    shares = [
        f"{type_name(desk.session.schema, label) if label else _tr('no span')} {_share(share)}"
        for label, share in hint.shares
    ]
    return _tr("Dawid-Skene: {shares}").format(shares=", ".join(shares))


def _share(share: float) -> str:
    return f"{share:.2f}".removeprefix("0")


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)
