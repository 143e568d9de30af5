"""Measures how often suggesters are right on annotated documents, into docs/suggestions.md.

The annotations are in tests/data/annotated, and for the dictionary also in the corpus beside the project;
what is missing there is left out. A suggestion is right only with the extent and the label of an annotation.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.model import Annotation, Fragment, quote
from annotator.readers import reader_for
from annotator.readers.document import ReadDocument
from annotator.schema import Label, LabelSchema, Layer
from annotator.schema_toml import read_schema
from annotator.suggest.dictionary import Dictionary
from annotator.suggest.rules import RULES
from annotator.suggest.suggester import Subject, checked
from annotator.suggest.suggestion import Suggestion, best_of
from resources import schema_text
from tests.annotated import CORPUS, FOLDER, AnnotatedDocument, annotated, metadata_of, names

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "suggestions.md"
BRAT = CORPUS / "annotated" / "brat-multi-annotator"
LEARNED_FROM = 4  # documents of each annotator of these; the others are held out
TUNED = ("sample-article", "sample-order")

Span = tuple[int, int, str]
SCHEMA = read_schema(schema_text("legal-news"))
NAMES = LabelSchema(
    "names",
    1,
    (Layer("entity", "Entity", (), tuple(Label(id, id, "entity") for id in ("PER", "LOC", "ORG", "MISC"))),),
)


@dataclass(slots=True)
class Score:
    """Counts by label: suggestions that are right, suggestions, annotations."""

    right: Counter[str] = field(default_factory=Counter)
    suggested: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)

    def add(self, suggested: Iterable[Suggestion], spans: Iterable[Span]) -> None:
        """Count what is suggested in one text."""
        made, there = {(each.start, each.end, each.label) for each in suggested}, set(spans)
        self.right.update(label for *_, label in made & there)
        self.suggested.update(label for *_, label in made)
        self.there.update(label for *_, label in there)

    def rows(self) -> list[str]:
        """A row of a table for each label that was suggested, and one for all of these."""
        labels = sorted(self.suggested)
        rows = [_row(label, self.right[label], self.suggested[label], self.there[label]) for label in labels]
        sums = [sum(counts[label] for label in labels) for counts in (self.right, self.suggested, self.there)]
        return [*rows, _row("**all of these**", *sums)]


def _row(name: str, right: int, suggested: int, there: int) -> str:
    precision = f"{right / suggested:.2f}" if suggested else ""
    recall = f"{right / there:.2f}" if there else ""
    return f"| {name} | {right} | {suggested} | {there} | {precision} | {recall} |"


def rules(documents: Sequence[str]) -> Score:
    """The rules on documents by their names."""
    score = Score()
    for name in documents:
        document = annotated(name)
        subject = Subject(document.text, document.kind, SCHEMA, metadata_of(name))
        found = checked("rules", subject, RULES.suggest(subject))
        offered = [each for each in found if SCHEMA.offer(each.label, document.kind) == "always"]
        score.add(best_of(SCHEMA, offered), document.spans)
    return score


def dictionary(
    learned: Sequence[AnnotatedDocument], held_out: Sequence[AnnotatedDocument], schema: LabelSchema
) -> Score:
    """The dictionary on documents, after it has learned from others that are done."""
    known = Dictionary()
    spans = {document.name: _annotations(document) for document in learned}
    for document in learned:
        known.teach(document.name, spans[document.name])
    for document in learned:
        known.count(
            document.name, text=document.text, spans=spans[document.name], schema=schema, is_done=True
        )
    score = Score()
    for document in held_out:
        found = known.suggestions(document.text, schema)
        kept = [each for each in found if schema.offer(each.label, document.kind) == "always"]
        score.add(best_of(schema, kept), document.spans)
    return score


def _annotations(document: AnnotatedDocument) -> list[Annotation]:
    made = []
    for number, (start, end, label) in enumerate(document.spans):
        pieces = (Fragment(start, end),)
        words = quote(document.text, pieces)
        made.append(Annotation(str(number), document.name, "", "", label, pieces, words, "", ""))
    return made


def brat(annotator: Path) -> list[AnnotatedDocument]:
    """The documents of one annotator of the corpus, in the order of their names."""
    found = []
    for part in reader_for(annotator).read(annotator):
        if isinstance(part, ReadDocument):
            marks = [mark for each in part.sets for mark in each.annotations]
            spans = tuple((mark.fragments[0].start, mark.fragments[-1].end, mark.label) for mark in marks)
            found.append(AnnotatedDocument(part.title, "article", part.text, spans))
    return sorted(found, key=lambda document: document.name)


def page() -> str:
    """The page as Markdown."""
    there = names()
    held_out = [name for name in there if name not in TUNED]
    parts = [HEAD, *_table("Rules, tuned", f"On {_listed(TUNED)}, on which they were written.", rules(TUNED))]
    if held_out:
        words = (
            f"On {_listed(held_out)}, whose misses were looked at once while faults were mended, so the "
            "figures flatter a little."
        )
        parts += _table("Rules, beyond those", words, rules(held_out))
    if "nso-article" in held_out:
        words = "Learned from sample-article, which tells of the same case, and asked about nso-article."
        parts += _table(
            "Dictionary, from article to article",
            words,
            dictionary([annotated("sample-article")], [annotated("nso-article")], SCHEMA),
        )
    if BRAT.is_dir():
        for folder in sorted(each for each in BRAT.iterdir() if each.is_dir()):
            documents = brat(folder)
            words = (
                f"News in Spanish, annotator {folder.name}: learned from {LEARNED_FROM} documents, asked "
                f"about the other {len(documents) - LEARNED_FROM}. Nothing was tuned on them."
            )
            score = dictionary(documents[:LEARNED_FROM], documents[LEARNED_FROM:], NAMES)
            parts += _table(f"Dictionary, held out, {folder.name}", words, score)
    return "\n".join(parts) + "\n"


HEAD = """# How often suggestions are right

Made by `python3 tasks.py suggestions`, on documents that were annotated by hand before the rules were
written, and apart from the dictionary: `tests/data/annotated`, and news annotated by four people from the
corpus beside the project. A suggestion is right if its extent and label are those of an annotation; a word
more or less makes it wrong. Labels that a suggester never suggests are not listed.
"""


def _table(title: str, words: str, score: Score) -> list[str]:
    head = "| label | right | suggested | annotated | precision | recall |\n|---|---|---|---|---|---|"
    return [f"## {title}\n", f"{words}\n", head, *score.rows(), ""]


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page().rstrip("\n") + "\n", "utf-8")
    print(f"{PAGE} is written, with {len(list(FOLDER.glob('*.json')))} documents.")


if __name__ == "__main__":
    main()
