"""Measures how often suggesters are right on annotated documents, into docs/suggestions.md.

The annotations are in tests/data/annotated, and for what learns also in the corpus beside the project; what
is missing there is left out. A suggestion is right only with the extent and the label of an annotation,
except that what is learned of long spans is right as `annotator.suggest.learned.measuring` says.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.model import Annotation, Fragment, quote
from annotator.readers import reader_for
from annotator.readers.document import ReadDocument
from annotator.schema import Label, LabelSchema, Layer
from annotator.schema_toml import read_schema
from annotator.suggest.dictionary import Dictionary
from annotator.suggest.learned import examples
from annotator.suggest.learned.examples import Example
from annotator.suggest.learned.model import About
from annotator.suggest.learned.training import train
from annotator.suggest.rules import RULES
from annotator.suggest.suggester import Subject, checked
from annotator.suggest.suggestion import Suggestion, best_of
from annotator.text import text_sha256
from resources import schema_text
from tests.annotated import CORPUS, FOLDER, AnnotatedDocument, annotated, metadata_of, names

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "suggestions.md"
BRAT = CORPUS / "annotated" / "brat-multi-annotator"
LEGALNER = CORPUS / "annotated" / "legalner_bc" / "src" / "data" / "annotations"
POLNEAR = CORPUS / "annotated" / "polnear" / "data" / "dev"
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


def learned(documents: Iterable[AnnotatedDocument], layer: str) -> About:
    """What learning from four in five of the documents comes to on the fifth, as the program splits them."""
    made = [_example(document, layer) for document in documents]
    return train(made, None, lambda _: None, has_curve=False).model.about


def _example(document: AnnotatedDocument, layer: str) -> Example:
    spans = tuple(examples.Span(*span) for span in document.spans)
    return Example(text_sha256(document.text), document.text, document.kind, {layer: spans})


def polnear() -> list[AnnotatedDocument]:
    """News with who says what by which words, each by the first of its annotators."""
    with tempfile.TemporaryDirectory() as made:
        for text in sorted((POLNEAR / "text").glob("*.txt")):
            marks = min((POLNEAR / "attributions").glob(f"{text.stem}*.ann"), default=None)
            if marks is not None:
                shutil.copy(text, Path(made, text.name))
                shutil.copy(marks, Path(made, f"{text.stem}.ann"))
        found = read_documents(Path(made), "article")
    kept = ("Source", "Cue", "Content")
    return [replace(each, spans=tuple(span for span in each.spans if span[2] in kept)) for each in found]


def read_documents(path: Path, kind: str) -> list[AnnotatedDocument]:
    """The documents of a file or folder, all of one kind, in the order of their names."""
    found = []
    for part in reader_for(path).read(path):
        if isinstance(part, ReadDocument):
            marks = [mark for each in part.sets for mark in each.annotations]
            whole = [mark for mark in marks if len(mark.fragments) == 1]
            spans = tuple((*mark.fragments[0], mark.label) for mark in whole)
            found.append(AnnotatedDocument(part.title, kind, part.text, spans))
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
        folders = sorted(each for each in BRAT.iterdir() if each.is_dir())
        for folder in folders:
            documents = read_documents(folder, "article")
            words = (
                f"News in Spanish, annotator {folder.name}: learned from {LEARNED_FROM} documents, asked "
                f"about the other {len(documents) - LEARNED_FROM}. Nothing was tuned on them."
            )
            score = dictionary(documents[:LEARNED_FROM], documents[LEARNED_FROM:], NAMES)
            parts += _table(f"Dictionary, held out, {folder.name}", words, score)
        for folder in folders:
            parts += _learned(
                f"Learned, held out, {folder.name}",
                f"The same seven documents of annotator {folder.name}",
                learned(read_documents(folder, "article"), "entity"),
            )
    if LEGALNER.is_dir():
        for name in ("badr", "oksana"):
            documents = read_documents(LEGALNER / name / f"{name}.json", "opinion")
            about = learned(documents, "entity")
            parts += _learned(f"Learned, names in judgments, {name}", _number(documents, "judgments"), about)
    if POLNEAR.is_dir():
        documents = polnear()
        about = learned(documents, "claim")
        parts += _learned("Learned, who says what in news", _number(documents, "articles"), about)
    return "\n".join([*parts, TAIL])


def _number(documents: Sequence[AnnotatedDocument], what: str) -> str:
    return f"{len(documents)} {what} from the corpus beside the project"


def _learned(title: str, what: str, about: About) -> list[str]:
    """A table of what was learned; `right` of long spans means half of the letters."""
    count = about.readings - about.held_out
    words = f"{what}: learned from {count}, asked about the other {about.held_out}. F1 {about.f1:.2f}."
    if about.is_crossed:
        words = f"{what}: asked about all, a fifth at a time, by what was learned from the others."
    figures = about.figures
    rows = [_row(label, each.right, each.proposed, each.there) for label, each in figures.items()]
    sums = [sum(getattr(each, name) for each in figures.values()) for name in ("right", "proposed", "there")]
    return [f"## {title}\n", f"{words}\n", TABLE_HEAD, *rows, _row("**all of these**", *sums), ""]


TABLE_HEAD = "| label | right | suggested | annotated | precision | recall |\n|---|---|---|---|---|---|"
HEAD = """# How often suggestions are right

Made by `python3 tasks.py suggestions`, on documents that were annotated by hand before the rules were
written, `tests/data/annotated`, and for what learns also on the corpus beside the project: news in Spanish by
four annotators, Canadian judgments by two, American news with who says what. A suggestion is right if its
extent and label are those of an annotation; a word more or less makes it wrong. What is learned of long
spans, as *Content*, is right with half of the letters. Labels that a suggester never suggests are not listed;
of what is learned all are. For labels below the precision that is set, 0.7 unless changed, the program
stays silent.
"""

# Measured by the benchmarks `suggesting` and `suggesting_window`, which take minutes and hang on the machine.
TAIL = """## How long it takes

`python3 -m benchmarks suggesting suggesting_window` measures it. On two cores of an Intel Xeon, with nothing
else running, learning from 200 documents with 20,000 spans, with its learning curve, took 173 s (147 s of
processor) and 401 MB, in a process of its own. What was learned suggests in an opinion of 30 pages within
0.6 s. Dictionary and rules outlined some 320 suggestions in such an opinion 1.4 s after they were turned on,
which has the start of the process of the rules in it, and 0.15 s after an edit. The window's own thread
worked 8 ms in its longest frame; by the clock 99 in 100 frames took at most 25 ms.
"""


def _table(title: str, words: str, score: Score) -> list[str]:
    return [f"## {title}\n", f"{words}\n", TABLE_HEAD, *score.rows(), ""]


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page().rstrip("\n") + "\n", "utf-8")
    print(f"{PAGE} is written, with {len(list(FOLDER.glob('*.json')))} documents.")


if __name__ == "__main__":
    main()
