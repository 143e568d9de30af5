"""The dataset card: README.md with the front matter that Hugging Face reads, and a picture of the labels.

It tells nothing of when or where it was written, so that the same project and options give the same bytes.
Front matter: https://huggingface.co/docs/hub/datasets-cards. The licence is left to be filled in.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import orjson

from annotator.agreement.span_f1 import PairAgreement, mean_f1
from annotator.agreement.undefined import Undefined
from annotator.charts import Bar, bar_chart
from annotator.snapshot import Snapshot
from annotator.splitting import Split
from annotator.text import text_sha256
from exporters.card_facts import CardFacts

CARD = "README.md"
PICTURE = "labels.svg"

# The formats that `datasets` loads as they are: the files of each configuration, in the folder of a part.
LOADED_BY_DATASETS: Mapping[str, Mapping[str, str]] = {
    "huggingface": {"default": "tokens/*.parquet", "spans": "spans/*.parquet"}
}

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_MOST = 30  # bars in the picture, and rows in a table of sources
_REASONS = {
    "no_common_documents": "not known: no document was finished by two annotators",
    "no_spans": "not known: nothing was marked in documents that two annotators finished",
}


def card(facts: CardFacts, snapshot: Snapshot, split: Split | None) -> bytes:
    """The whole README.md, in UTF-8."""
    sections = (
        _front_matter(facts, snapshot.project_name, is_split=split is not None),
        f"# {snapshot.project_name}\n\n{_summary(facts)}",
        _parts(facts),
        _labels(facts, snapshot),
        _annotators(facts),
        _agreement(facts, snapshot),
        _rules(snapshot),
        _sources(facts),
        _split(split),
        _dropped(facts),
        _LICENCE,
        _FILES,
    )
    return ("\n\n".join(section for section in sections if section) + "\n").encode("utf-8")


def picture(facts: CardFacts) -> bytes:
    """Spans by label and part, the most frequent label first, as SVG."""
    totals = _totals(facts)
    shown = totals.most_common(_MOST)
    bars = [
        Bar(label, tuple(float(part.labels[label]) for part in facts.parts.values())) for label, _ in shown
    ]
    hidden = len(totals) - len(shown)
    title = f"Spans by label, {hidden} rarer labels left out" if hidden else "Spans by label"
    return bar_chart(title, bars, series=list(facts.parts) if len(facts.parts) > 1 else ()).encode("utf-8")


def _totals(facts: CardFacts) -> Counter[str]:
    """Spans by label over all parts; labels that are as frequent stand in order of their ids."""
    found: Counter[str] = Counter()
    for part in facts.parts.values():
        found.update(part.labels)
    return Counter(dict(sorted(found.items())))


def _front_matter(facts: CardFacts, name: str, *, is_split: bool) -> str:
    records = sum(part.records for part in facts.parts.values())
    size = next((words for most, words in _SIZES if records < most), "1M<n<10M")
    languages = sorted(one for one in facts.languages if one.isalpha() and len(one) in (2, 3))
    lines = ["---", "license: unknown", f"pretty_name: {_quoted(name)}"]
    if languages:
        lines += ["language:", *(f"- {_quoted(language)}" for language in languages)]
    lines += ["task_categories:", "- token-classification", "tags:", "- legal"]
    lines += ["size_categories:", f"- {size}", *_configurations(facts, is_split=is_split), "---"]
    return "\n".join(lines)


def _configurations(facts: CardFacts, *, is_split: bool) -> Iterable[str]:
    """Which files `datasets` reads for which configuration and split."""
    configurations = LOADED_BY_DATASETS.get(facts.format, {})
    if configurations:
        yield "configs:"
    for configuration, files in configurations.items():
        yield from (f"- config_name: {configuration}", "  data_files:")
        for part in facts.parts:
            yield from (f"  - split: {part}", f"    path: {f'{part}/{files}' if is_split else files}")


def _quoted(words: str) -> str:
    """Words as YAML; JSON is YAML."""
    return orjson.dumps(words).decode("utf-8")


def _summary(facts: CardFacts) -> str:
    options = ", ".join(f"`{name}={_option(value)}`" for name, value in facts.options.items())
    spans = sum(part.spans for part in facts.parts.values())
    return (
        f"{_number(facts.documents, 'document')} with {_number(spans, 'span')} of "
        f"{_number(len(_totals(facts)), 'label')}, in the format `{facts.format}`"
        f"{f' ({options})' if options else ''}. "
        "Offsets are Unicode code points, end exclusive, unless the format has its own."
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _option(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value).lower()


def _parts(facts: CardFacts) -> str:
    rows = [(name, part.records, part.spans, part.relations) for name, part in facts.parts.items()]
    if len(rows) > 1:
        rows.append(
            ("all", sum(row[1] for row in rows), sum(row[2] for row in rows), sum(row[3] for row in rows))
        )
    return "## Parts\n\n" + _table(("part", "records", "spans", "links"), rows)


def _labels(facts: CardFacts, snapshot: Snapshot) -> str:
    rows = []
    for label, total in _totals(facts).most_common():
        known = snapshot.schema.label(label)
        layer = "" if known is None else known.layer
        rows.append((label, layer, *(part.labels[label] for part in facts.parts.values()), total))
    heads = ("label", "layer", *facts.parts, "all") if len(facts.parts) > 1 else ("label", "layer", "all")
    if len(facts.parts) == 1:
        rows = [(row[0], row[1], row[-1]) for row in rows]
    body = _table(heads, rows) if rows else "Nothing is marked."
    return f"## Labels\n\n![Spans by label]({PICTURE})\n\n{body}"


def _annotators(facts: CardFacts) -> str:
    rows = [(name, facts.documents_of[name], count) for name, count in sorted(facts.spans_of.items())]
    body = _table(("annotator", "records", "spans"), rows) if rows else "Nobody has marked anything."
    return (
        "## Annotators\n\n"
        + body
        + ("\n\n`gold` is what review decided." if "gold" in facts.spans_of else "")
        + _suggested(facts)
    )


def _suggested(facts: CardFacts) -> str:
    """How much was not found by annotators alone, if anything."""
    if not facts.suggested:
        return ""
    spans = _number(sum(facts.spans_of.values()), "span")
    return f"\n\n{facts.suggested} of {spans} accepted from suggestions: agreement there is assisted."


def _agreement(facts: CardFacts, snapshot: Snapshot) -> str:
    head = (
        "## Agreement\n\nSpan F1, exact: spans agree if their label and all their offsets do. Counted over "
        "the documents that both annotators finished, added up before dividing; the mean is over the pairs."
    )
    if not facts.agreement:
        return f"{head}\n\nIt is {_REASONS['no_common_documents']}."
    rows: list[Sequence[object]] = []
    for layer, pairs in facts.agreement.items():
        rows += sorted((layer, *_pair(pair, snapshot)) for pair in pairs)
        rows.append((layer, "mean", f"of {len(pairs)}", "", "", "", "", _f1(mean_f1(pairs))))
    heads = ("layer", "first", "second", "documents", "first's spans", "second's spans", "both", "F1")
    return f"{head}\n\n{_table(heads, rows)}"


def _pair(pair: PairAgreement, snapshot: Snapshot) -> tuple[object, ...]:
    """What a row says of a pair, whose names stand in their order."""
    spans = {
        snapshot.annotators[pair.first].name: pair.first_spans,
        snapshot.annotators[pair.second].name: pair.second_spans,
    }
    names = sorted(spans)
    return (*names, pair.documents, *(spans[name] for name in names), pair.both, _f1(pair.f1))


def _f1(value: float | Undefined) -> str:
    return _REASONS[value.reason] if isinstance(value, Undefined) else f"{value:.3f}"


def _rules(snapshot: Snapshot) -> str:
    schema = snapshot.schema
    return (
        "## Guidelines and labels\n\n"
        f"- Guidelines: version {snapshot.guideline_number}, SHA-256 `{text_sha256(snapshot.guidelines)}`\n"
        f"- Label schema: {schema.name} {schema.version}, version {snapshot.schema_number} in the project, "
        f"SHA-256 `{text_sha256(snapshot.schema_toml)}`"
    )


def _sources(facts: CardFacts) -> str:
    lines = [f"{_number(len(facts.cases), 'case')} by name or docket number."] if facts.cases else []
    if facts.dates:
        lines.append(f"Dated from {min(facts.dates)} to {max(facts.dates)}.")
    tables = (
        ("kind", facts.kinds),
        ("publisher", facts.publishers),
        ("licence, as the documents say", facts.licences),
        ("read from", facts.readers),
    )
    said = [_counts(head, counts) for head, counts in tables]
    return "\n\n".join(["## Sources", *([" ".join(lines)] if lines else []), *said])


def _counts(head: str, counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    rows: list[Sequence[object]] = [(name or "(not said)", count) for name, count in ordered[:_MOST]]
    if ordered[_MOST:]:
        rows.append((f"{len(ordered) - _MOST} others", sum(count for _, count in ordered[_MOST:])))
    return _table((head, "documents"), rows)


def _split(split: Split | None) -> str:
    if split is None:
        return ""
    total = max(1, len(split.places))
    rows = [
        (name, f"{share:.0%}", len(split.documents(name)), f"{len(split.documents(name)) / total:.1%}")
        for name, share in split.shares.items()
    ]
    together = [len(group) for group in split.groups if len(group) > 1]
    reasons = Counter(link.reason for link in split.links)
    why = ", ".join(f"{count} by {reason}" for reason, count in sorted(reasons.items()))
    kept = (
        f"{_number(sum(together), 'document')} stayed together in {_number(len(together), 'group')}, "
        f"the largest of {max(together)} ({why})."
        if together
        else "No two documents had to stay together."
    )
    return (
        f"## Split\n\n{_table(('part', 'asked for', 'documents', 'reached'), rows)}\n\nSeed {split.seed}. "
        f"{kept} Documents of different parts with a case, a source or nearly the same text in common: "
        f"{len(split.leaks)}. "
        "How it was done, and every document's part, is in `splits.json`."
    )


def _dropped(facts: CardFacts) -> str:
    rows = list(facts.losses.counts.items())
    reasons = Counter(row.reason for row in facts.left_out)
    rows_out = [(f"document, {reason}", count) for reason, count in sorted(reasons.items())]
    if not rows and not rows_out:
        return "## What is left out\n\nNothing of what was chosen."
    return (
        "## What is left out or changed\n\n"
        + _table(("what", "how often"), [*rows, *rows_out])
        + "\n\n`preflight.json` lists each of them."
    )


_LICENCE = (
    "## Licence\n\n**Not chosen yet.** Put the licence of the annotations here and as `license` at the top; "
    "texts of others stay theirs."
)
_FILES = (
    "## Files\n\n`MANIFEST.json` has bytes and SHA-256 of every file. The same project and options give the "
    "same bytes."
)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    words = " ".join(str(value).split())
    return words.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
