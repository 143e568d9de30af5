"""What a hand selects in one step: the name at a caret, the next one not marked, the rest of a clause.

They are guesses from capitals, digits and punctuation that spare key presses; nothing is marked by them.
"""

import re
from collections.abc import Iterator, Sequence

from annotator.geometry import Range
from annotator.stretches import crosses
from annotator.text import (
    begins_sentences,
    paragraph_at,
    sentence_at,
    sentences,
    snap,
    trim,
    word_at,
    words,
)

# Small words that stand inside names, and what a full stop belongs to at the end of one.
_JOINTS = frozenset(("of", "the", "for", "de", "la", "van", "von", "del", "der", "and"))
# Who has a title is named without "of the Court"; "and" is part of a name that ends like this.
_TITLES = frozenset(("Judge", "Justice", "President", "Senator", "Attorney", "Professor", "Secretary"))
_WITH_AND = frozenset(
    ("Act", "Administration", "Agency", "Association", "Commission", "Company", "Institute")
)
_SHORTENED = frozenset(("Inc", "Corp", "Ltd", "Co", "Jr", "Sr", "No", "St", "Dr", "v"))
_CLAUSE_END = re.compile(r"[,;:](?=[\s\"”’])|\s+[–—-](?=\s)|—|\s*[()]")
_CLOSING = re.compile(r"[.,?!]*[”\"]")
_REACH = 400  # code points behind a selection that hold the next word, whatever the text
_LINE = re.compile(r"[^\n]+")


def name_selected(text: str, caret: int, selection: Range | None) -> Range | None:
    """What is selected by asking for the name: that at the caret, or else the selection and one word more.

    None where there is no word (more).
    """
    if selection is None:
        return name_at(text, caret)
    ahead = words(text[selection.end : selection.end + _REACH])
    return Range(selection.start, selection.end + ahead[0].end) if ahead else None


def clause_selected(text: str, caret: int, selection: Range | None) -> Range | None:
    """What is selected by asking for the clause: from the word at the caret, or from where the selection
    begins, to the end of the clause that goes on there; None where the sentence is over.
    """
    if selection is None:
        word = word_at(text, caret)
        start = word.start if word is not None and word.end > caret else caret
        selection = Range(start, start)
    end = clause_end(text, selection.start, selection.end)
    return trim(text, Range(selection.start, end)) if end > selection.end else None


def sentence_begin(text: str, offset: int, *, step: int) -> int:
    """Where the sentence after an offset begins (1), or the one at or before it (-1); else the offset."""
    at = paragraph_at(text, offset)
    begins = [sentence.start for sentence in sentences(text[at.start : at.end])]
    here = [at.start + begin for begin in begins]
    if step > 0:
        found = next((begin for begin in here if begin > offset), None)
        return paragraph_begin(text, offset, step=1) if found is None else found
    found = next((begin for begin in reversed(here) if begin < offset), None)
    if found is not None:
        return found
    before = paragraph_begin(text, offset, step=-1)
    return sentence_at(text, paragraph_at(text, before).end).start if before < offset else offset


def paragraph_begin(text: str, offset: int, *, step: int) -> int:
    """Where the paragraph after an offset begins (1), or the one at or before it (-1); else the offset."""
    here = paragraph_at(text, offset)
    if step > 0:
        after = re.compile(r"\S").search(text, max(offset, here.end))
        return offset if after is None else after.start()
    if here.start < offset:
        return here.start
    before = text[:offset].rstrip()
    return paragraph_at(text, len(before)).start if before else offset


def names(text: str, start: int, end: int) -> Iterator[Range]:
    """The names and numbers in a stretch of whole lines, in order."""
    for line in _LINE.finditer(text, start, end):
        yield from _names_on(text, line.start(), line.end())


def name_at(text: str, offset: int) -> Range | None:
    """The name that the caret stands in or behind, or else its word; None where there is no word."""
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    near = names(text, line_start, len(text) if line_end < 0 else line_end)
    found = [name for name in near if name.start <= offset <= name.end]
    return found[-1] if found else word_at(text, offset)


def next_name(text: str, offset: int, covered: Sequence[Range], *, step: int = 1) -> Range | None:
    """The first name after an offset that crosses none of the stretches; the last before it with step -1.

    `covered` are `stretches.joined`. Goes no further than the ends of the text.
    """
    if step > 0:
        start = text.rfind("\n", 0, offset) + 1
        found = (name for name in names(text, start, len(text)) if name.start >= offset)
        return next((name for name in found if not crosses(covered, name)), None)
    line_end = text.find("\n", offset)
    before = [name for name in names(text, 0, len(text) if line_end < 0 else line_end) if name.end <= offset]
    return next((name for name in reversed(before) if not crosses(covered, name)), None)


def clause_end(text: str, start: int, offset: int) -> int:
    """Where the clause that goes on behind an offset ends, for a selection that begins at `start`.

    It ends before a comma, semicolon, colon, dash or bracket, or with the sentence, whose full stop is left
    out; inside quotation marks that the selection has opened, stop and mark are taken in. The offset itself
    where the sentence is over.
    """
    sentence = sentence_at(text, offset)
    if sentence.end <= offset or not words(text[offset : sentence.end]):
        return offset
    for stop in _CLAUSE_END.finditer(text, offset, sentence.end):
        end = _closed(text, start, _last_word_end(text, offset, stop.start()))
        if end > offset:
            return end
    return _closed(text, start, _last_word_end(text, offset, sentence.end))


def _names_on(text: str, start: int, end: int) -> Iterator[Range]:
    """The names on a line: runs of words with capitals, with small words between them, and numbers."""
    run: list[Range] = []
    for word in (Range(start + each.start, start + each.end) for each in words(text[start:end])):
        if run and not _goes_on(text, run[-1].end, word.start):
            yield from _name(text, run)
            run = []
        written = text[word.start : word.end]
        has_title = bool(run) and text[run[0].start : run[0].end] in _TITLES
        if _is_capital(text, word) or (run and written in _JOINTS and not has_title):
            run.append(word)
            continue
        yield from _name(text, run)
        run = []
        if written[0].isdigit():
            yield Range(_with_currency(text, word.start), word.end)
    yield from _name(text, run)


def _name(text: str, run: list[Range]) -> Iterator[Range]:
    """The name of a run of words, without small words at its end; two names where only "and" joins them."""
    kept = list(run)
    while kept and text[kept[-1].start : kept[-1].end] in _JOINTS:
        kept.pop()
    while kept and text[kept[0].start : kept[0].end] in _JOINTS:
        kept.pop(0)
    if not kept:
        return
    ands = [at for at, word in enumerate(kept) if text[word.start : word.end] == "and"]
    if ands and text[kept[-1].start : kept[-1].end] not in _WITH_AND:
        yield from _name(text, kept[: ands[0]])
        yield from _name(text, kept[ands[0] + 1 :])
        return
    end = kept[-1].end
    is_shortened = text[kept[-1].start : end] in _SHORTENED and text[end : end + 1] == "."
    yield Range(kept[0].start, end + 1 if is_shortened else end)


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a run of words goes on from one to the next: over a blank, or the stop of "Inc. v. B"."""
    between = text[end:start]
    if between in (" ", "\u00a0", " & "):
        return True
    last = word_at(text, end)
    return between == ". " and last is not None and text[last.start : last.end] in _SHORTENED


def _is_capital(text: str, word: Range) -> bool:
    """Whether a word is one of a name, and not only the first of its sentence."""
    written = text[word.start : word.end]
    if not written[0].isupper():
        return False
    return not begins_sentences(written) or not _is_first(text, word.start)


def _is_first(text: str, offset: int) -> bool:
    """Whether a sentence begins at an offset, opening quotation marks aside."""
    start = sentence_at(text, offset).start
    return not any(letter.isalnum() for letter in text[start:offset])


def _with_currency(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] in "$€£" else start


def _last_word_end(text: str, start: int, end: int) -> int:
    """The end of the last word in a stretch, grown where that would cut it; the start if there is none."""
    inside = words(text[start:end])
    return snap(text, start + inside[-1].start, start + inside[-1].end).end if inside else start


def _closed(text: str, start: int, end: int) -> int:
    """The end of a selection with the quotation mark that closes what it has opened."""
    selected = text[start:end]
    is_open = selected.count("“") > selected.count("”") or selected.count('"') % 2 == 1
    closing = _CLOSING.match(text, end)
    return closing.end() if is_open and closing else end
