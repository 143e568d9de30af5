"""What `annotator training` does: rounds begun and ended, and what each annotator reached in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit
from annotator.roles import sees_others
from annotator.wording import counted
from ui.cli_commands import acting, open_store
from ui.cli_output import print_json, result
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.key_comparison import Score
    from annotator.model import Annotator
    from annotator.services.training import Round
    from annotator.store import Store
    from annotator.training import Mark


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for, in the words of the command line."""

    new: str | None = None
    documents: Sequence[str] = ()
    key: str = "gold"
    marks: Sequence[str] = ()
    end: str | None = None


def training(project: Path, asked: Asked, *, as_json: bool) -> int:
    """Begin a round, end one, or list them all."""
    from annotator.services.training import begin_round, end_round, training_rounds

    settings = Settings.load()
    if asked.new is not None and asked.end is not None:
        raise InvalidEdit("Give one of --new and --end.")
    if asked.new is None and asked.end is None:
        with open_store(project, settings, read_only=True) as store:
            _list(store, _seen(training_rounds(store), acting(store, settings)), as_json=as_json)
        return 0
    with open_store(project, settings) as store:
        me = acting(store, settings).id
        if asked.end is not None:
            change = end_round(store, annotator=me, name=asked.end)
        else:
            change = begin_round(
                store,
                annotator=me,
                name=asked.new or "",
                documents=_documents(store, asked.documents),
                key=_key(store, asked.key),
                marks=[_mark(words) for words in asked.marks],
            )
    result(f"{change.title}: done.")
    return 0


def _seen(rounds: Sequence[Round], me: Annotator) -> list[Round]:
    """The rounds with what who acts may see of them: all trainees, or an annotator only themselves."""
    if sees_others(me.role):
        return list(rounds)
    return [
        replace(each, trainees=tuple(one for one in each.trainees if one.annotator == me.id))
        for each in rounds
    ]


def _documents(store: Store, names: Sequence[str]) -> list[str]:
    from ui.cli_commands import document_named

    rows = store.document_rows("")
    return [document_named(rows, name).id for name in dict.fromkeys(names)]


def _key(store: Store, name: str) -> str:
    from annotator.services.training import key_sets

    found = [set_id for set_id, whose in key_sets(store) if whose.casefold() == name.casefold()]
    if not found:
        known = ", ".join(whose for _set, whose in key_sets(store))
        raise InvalidEdit(f"The key is one of {known}, and not {name}.")
    return found[0]


def _mark(words: str) -> Mark:
    from annotator.training import MEASURES, Mark

    layer, _is, wanted = words.partition("=")
    percent, _colon, name = wanted.partition(":")
    measure = next((each for each in MEASURES if each == (name or "exact")), None)
    try:
        least = float(percent) / 100
    except ValueError:
        least = -1.0
    if measure is None or least < 0:
        raise InvalidEdit(f"--pass takes LAYER=PERCENT or LAYER=PERCENT:MEASURE, and not {words}.")
    return Mark(layer, least, measure)


def _list(store: Store, rounds: Sequence[Round], *, as_json: bool) -> None:
    names = {person.id: person.name for person in store.annotators()}
    if as_json:
        print_json([_values(each, names) for each in rounds])
        return
    if not rounds:
        result("There is no training round.")
    for each in rounds:
        marks = ", ".join(f"{mark.layer} {mark.least:.0%} {mark.measure}" for mark in each.marks)
        result(f"{each.name}: {counted(len(each.documents), 'document')}, to pass: {marks}")
        for trainee in each.trainees:
            reached = ", ".join(f"{score.mark.layer} {_told(score)}" for score in trainee.scores)
            passed = {None: "not finished", True: "passed", False: "not passed"}[each.has_passed(trainee)]
            done = f"{trainee.done} of {len(each.documents)}"
            result(f"    {names[trainee.annotator]}: {done} done, {reached}: {passed}")


def _told(score: Score) -> str:
    return f"{score.value:.3f}" if isinstance(score.value, float) else "nothing to mark"


def _values(each: Round, names: dict[str, str]) -> dict[str, object]:
    return {
        "round": each.name,
        "documents": [{"document": document.id, "title": document.title} for document in each.documents],
        "pass": [{"layer": mark.layer, "least": mark.least, "measure": mark.measure} for mark in each.marks],
        "annotators": [
            {
                "name": names[trainee.annotator],
                "done": trainee.done,
                "passed": each.has_passed(trainee),
                "scores": [
                    {
                        "layer": score.mark.layer,
                        "value": score.value if isinstance(score.value, float) else None,
                        "spans": score.spans,
                        "passed": score.is_passed,
                    }
                    for score in trainee.scores
                ],
            }
            for trainee in each.trainees
        ],
    }
