"""What `annotator adjudicate` does; it returns its exit code. The words of usage are in `usage`.

Heavy modules are imported inside the command, so that `annotator --help` answers at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import InvalidEdit
from annotator.progress import run
from annotator.wording import counted
from ui.cli_output import echo_table, print_json, progress, result
from ui.settings import Settings

if TYPE_CHECKING:
    from annotator.adjudication.auto import AutoRules, Rule
    from annotator.schema import LabelSchema
    from annotator.services.auto_resolving import AutoReport
    from annotator.services.review_queue import QueueRow
    from annotator.store import Store

NOTHING = (
    "Nobody has finished a document with a span in it yet, so there is nothing to review. Imported work is "
    "called finished by `annotator finish PROJECT`."
)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for, in the words of the command line; `spot_check` is a share from 0 to 1."""

    auto: tuple[str, ...]
    spot_check: float
    is_dry_run: bool
    as_json: bool
    units: Path | None = None
    with_names: bool = False
    lists_gaps: bool = False
    soft: Path | None = None
    with_tokens: bool = False

    @property
    def writes_files(self) -> bool:
        return self.units is not None or self.soft is not None


def adjudicate(project: Path, choice: Choice) -> int:
    """Decide by rule, or list what there is to review."""
    from annotator.services.review_log import reveal_all
    from annotator.shown_names import is_blind
    from ui.cli_commands import open_store
    from ui.cli_roles import acting_as

    settings = Settings.load()
    if choice.is_dry_run and not choice.auto:
        raise InvalidEdit("Say by which rule: --dry-run goes with --auto.")
    if not choice.writes_files and (choice.with_names or choice.with_tokens):
        raise InvalidEdit("--names and --tokens are about what --units and --soft write; give one of them.")
    only_reads = choice.is_dry_run or not choice.auto
    with open_store(project, settings, read_only=only_reads) as store:
        who = acting_as(store, settings, "reviewer", "sees what others marked, and decides on it")
        if choice.auto:
            _decide(store, who.id, choice)
        if choice.with_names and is_blind(who.role):
            with open_store(project, settings) if only_reads else nullcontext(store) as own:
                reveal_all(own, reviewer=who.id, documents=[each.id for each in own.documents()])
        if choice.units is not None:
            _write_units(store, choice.units, with_names=choice.with_names)
        if choice.soft is not None:
            _write_soft_labels(store, choice.soft, choice)
        if choice.lists_gaps:
            _list_gaps(store, choice)
        elif not choice.auto and not choice.writes_files:
            _list(store, choice)
    return 0


def _decide(store: Store, reviewer: str, choice: Choice) -> None:
    from annotator.services.auto_resolving import auto_resolve

    rules = _rules(store.schema(), choice)
    with progress("Deciding") as tell:
        report = run(auto_resolve(store, reviewer=reviewer, rules=rules, dry_run=choice.is_dry_run), tell)
    if choice.as_json:
        print_json(_report_json(report, is_dry_run=choice.is_dry_run))
    else:
        _tell(report, is_dry_run=choice.is_dry_run)


def _rules(schema: LabelSchema, choice: Choice) -> AutoRules:
    from annotator.adjudication.auto import RULES, AutoRules

    known: dict[str, Rule] = {rule: rule for rule in RULES}
    layers = [layer.id for layer in schema.layers]
    opted: dict[str, frozenset[Rule]] = {}
    for asked in choice.auto:
        name, _, layer = asked.partition(":")
        if name not in known:
            raise InvalidEdit(f"There is no rule {name}; the rules are {', '.join(RULES)}.")
        if name == "unanimous":
            if layer:
                raise InvalidEdit("Unanimous decisions are made in every layer; leave out the layer.")
            continue
        if layer not in layers:
            raise InvalidEdit(
                f"Say for which layer {name} decides, as in {name}:{layers[0]}; the layers are "
                f"{', '.join(layers)}."
            )
        opted[layer] = opted.get(layer, frozenset()) | {known[name]}
    return AutoRules(opted, choice.spot_check)


def _tell(report: AutoReport, *, is_dry_run: bool) -> None:
    from annotator.adjudication.decisions import SPOT_CHECK
    from annotator.adjudication.standing import TO_DO

    shown = report.proposals if is_dry_run else ()
    if shown:
        rows = [(each.title, each.layer, each.rule, " ".join(each.words.split())) for each in shown[:_SHOWN]]
        echo_table(("document", "layer", "rule", "text"), rows)
        if len(shown) > _SHOWN:
            result(f"and {len(shown) - _SHOWN} more; --json has all of them.")
    if not report.units:
        result(NOTHING)
        return
    done = "would be decided" if is_dry_run else "decided"
    result(f"{counted(len(report.proposals), 'unit')} {done}.")
    for rule, count in sorted(report.by_rule.items()):
        result(f"  {rule}: {count}")
    drawn = sum(SPOT_CHECK in each.ruling.flags for each in report.proposals)
    if drawn:
        result(f"{drawn} of them {'would be' if is_dry_run else 'are'} for a person to look at.")
    check = report.spot_check
    if check.error is not None:
        result(f"Of {check.checked} looked at, {check.wrong} were decided otherwise ({check.error:.1%}).")
    open_units = sum(report.states[state] for state in TO_DO)
    result(f"{counted(report.units, 'unit')} in {counted(report.documents, 'document')}, {open_units} to do.")


def _report_json(report: AutoReport, *, is_dry_run: bool) -> dict[str, object]:
    from annotator.adjudication.decisions import SPOT_CHECK

    return {
        "dry_run": is_dry_run,
        "decided": [
            {
                "document": each.document,
                "title": each.title,
                "unit": each.unit,
                "layer": each.layer,
                "rule": each.ruling.decided_by,
                "outcome": each.ruling.outcome,
                "text": each.words,
                "spot_check": SPOT_CHECK in each.ruling.flags,
            }
            for each in report.proposals
        ],
        "by_rule": dict(sorted(report.by_rule.items())),
        "units": report.units,
        "states": dict(sorted(report.states.items())),
        "spot_check": {
            "drawn": report.spot_check.drawn,
            "checked": report.spot_check.checked,
            "wrong": report.spot_check.wrong,
            "error": report.spot_check.error,
        },
    }


def _write_units(store: Store, target: Path, *, with_names: bool) -> None:
    from annotator.services.soft_labels import soft_units
    from exporters.soft_labels import write_units

    count = write_units(soft_units(store, with_names=with_names), target)
    result(f"{target}: {counted(count, 'unit')}.")


def _write_soft_labels(store: Store, target: Path, choice: Choice) -> None:
    from annotator.services.soft_labels import soft_labels
    from exporters.soft_labels import write_soft_labels

    rows = soft_labels(store, with_names=choice.with_names, with_tokens=choice.with_tokens)
    counts = write_soft_labels(rows, target, with_tokens=choice.with_tokens)
    said = f"{counted(counts['annotations'], 'span')} and {counted(counts['units'], 'unit')}"
    result(f"{target}: {said}.")


def _list_gaps(store: Store, choice: Choice) -> None:
    from annotator.services.review_figures import guideline_gaps

    with progress("Looking through decisions") as tell:
        gaps = run(guideline_gaps(store), tell)
    if choice.as_json:
        print_json([asdict(gap) for gap in gaps])
    elif not gaps:
        result("No reviewer has found a gap in the guidelines.")
    else:
        heads = ("document", "at", "text", "rule", "comment")
        echo_table(
            heads,
            [(gap.title, gap.start, " ".join(gap.words.split()), gap.rule_id, gap.comment) for gap in gaps],
        )


def _list(store: Store, choice: Choice) -> None:
    from annotator.services.review_figures import reviewer_agreement
    from annotator.services.review_queue import queue

    with progress("Comparing") as tell:
        rows = run(queue(store), tell)
    if choice.as_json:
        print_json([_row_json(row) for row in rows])
        return
    if not rows:
        result(NOTHING)
        return
    echo_table(
        ("document", "annotators", "agreement", "units", "to do"),
        [(row.title, row.annotators, _agreement(row), row.units, row.to_do) for row in rows],
    )
    for row in rows:
        for sentence in _to_know(row):
            result(f"{row.title}: {sentence}")
    both = reviewer_agreement(store)
    if both.share is not None:
        result(f"Two reviewers decided {counted(both.units, 'unit')} apart, {both.share:.0%} alike.")


def _to_know(row: QueueRow) -> Iterator[str]:
    """What is to be known of a document before what is decided in it is relied on."""
    if row.older_text:
        yield f"{counted(row.older_text, 'span')} on an earlier text, not compared."
    if row.no_label:
        spans, labels = counted(row.no_label.total(), "span"), ", ".join(sorted(row.no_label))
        yield f"{spans} of labels not in the schema ({labels}), not compared."
    for each in row.behind:
        who = counted(len(each.annotators), "annotator")
        changes = " ".join(each.changes)
        yield (
            f"{who} finished under version {each.number} of the label schema, now {each.present}: {changes}"
        )
    if row.gone:
        who = counted(row.gone, "annotator is", "annotators are")
        yield f"{who} not in the project any more; what was decided of their work stands."
    if row.of_whole:
        names = ", ".join(each.name for each in row.of_whole)
        yield f"annotators differ in what they say of the whole document: {names}."
    for other in row.other_texts:
        which = "an earlier" if other.came == "earlier" else "a later"
        held = counted(other.spans, "span")
        yield f"{which} text of its file is in the project too: “{other.title}”, with {held}."


def _agreement(row: QueueRow) -> str:
    return f"{row.agreement:.2f}" if isinstance(row.agreement, float) else ""


def _row_json(row: QueueRow) -> dict[str, object]:
    return {
        "document": row.document,
        "title": row.title,
        "annotators": row.annotators,
        "agreement": row.agreement if isinstance(row.agreement, float) else None,
        "units": row.units,
        "to_do": row.to_do,
        "states": dict(sorted(row.states.items())),
        "types": dict(sorted(row.types.items())),
        "finished": row.is_finished,
        "older_text": row.older_text,
        "no_label": dict(sorted(row.no_label.items())),
        "earlier_schema": [
            {
                "annotators": len(each.annotators),
                "version": each.number,
                "present": each.present,
                "changes": list(each.changes),
            }
            for each in row.behind
        ],
        "gone": row.gone,
        "of_whole": [each.id for each in row.of_whole],
        "other_texts": [asdict(each) for each in row.other_texts],
    }
