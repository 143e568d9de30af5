"""What units, their states and what is decided of them are called in the review screen."""

from PySide6.QtCore import QCoreApplication

from annotator.adjudication.decisions import OutcomeKind, Verdict
from annotator.adjudication.standing import State
from annotator.adjudication.types import UnitType


def type_words(kind: UnitType | None) -> str:
    """What the annotators differ in; None is what is not to be seen yet."""
    if kind is None:
        return _tr("Votes hidden")
    return {
        "agree": _tr("Agree"),
        "missing": _tr("Missing"),
        "single": _tr("Only one"),
        "label": _tr("Label"),
        "boundary": _tr("Boundary"),
        "label_boundary": _tr("Label and boundary"),
        "attribute": _tr("Attribute"),
        "split_merge": _tr("Split or merged"),
        "duplicate": _tr("Twice by one"),
        "relation": _tr("Link"),
    }[kind]


def flag_words(flags: tuple[str, ...]) -> str:
    """What is told beside the type."""
    known = {
        "left": _tr("at the start"),
        "right": _tr("at the end"),
        "both": _tr("at both ends"),
        "trim": _tr("only white space, punctuation or “the”"),
        "contained": _tr("one within the other"),
        "missing": _tr("not all have it"),
        "single": _tr("only one has it"),
        "attribute": _tr("attributes differ"),
        "label": _tr("labels differ"),
        "boundary": _tr("boundaries differ"),
        "type": _tr("types differ"),
        "endpoint": _tr("ends differ"),
        "gone": _tr("no annotator has it"),
    }
    return ", ".join(known[flag] for flag in flags if flag in known)


def state_words(state: State) -> str:
    """How a unit stands."""
    return {
        "open": _tr("Open"),
        "postponed": _tr("Postponed"),
        "stale": _tr("Changed since"),
        "contested": _tr("Reviewers differ"),
        "spot_check": _tr("Spot check"),
        "auto": _tr("By rule"),
        "decided": _tr("Decided"),
    }[state]


def outcome_words(outcome: OutcomeKind) -> str:
    """What was decided."""
    return {
        "accept": _tr("taken"),
        "accept_modified": _tr("edited and taken"),
        "new": _tr("made anew"),
        "reject_all": _tr("none is right"),
        "keep_several": _tr("several kept"),
        "ambiguous": _tr("ambiguous"),
        "defer": _tr("postponed"),
        "withdrawn": _tr("taken back"),
    }[outcome]


def rule_words(rule: str) -> str:
    """By what a rule decides."""
    return {
        "unanimous": _tr("all alike"),
        "trim": _tr("all but for the edges"),
        "majority": _tr("by majority"),
        "boundary": _tr("boundary by majority"),
    }[rule]


def reason_words(reason: str) -> str:
    """Why annotators differed, as the reviewer sees it; "" for what is no reason code."""
    known: dict[str, str] = {
        "guideline_gap": _tr("The guidelines do not say"),
        "slip": _tr("A slip"),
        "ambiguity": _tr("Both can be meant"),
        "damage": _tr("Damaged text or OCR"),
        "anchoring": _tr("Tool or anchoring error"),
    }
    return known.get(reason, "")


def verdict_words(verdict: Verdict) -> str:
    """What a decision says of an annotator's work."""
    return {
        "correct": _tr("right"),
        "label_wrong": _tr("wrong label"),
        "boundary_wrong": _tr("wrong boundary"),
        "attribute_wrong": _tr("wrong attribute"),
        "spurious": _tr("too much"),
        "missed": _tr("missed"),
        "acceptable_variant": _tr("can be so"),
    }[verdict]


def _tr(text: str) -> str:
    return QCoreApplication.translate("review", text)
