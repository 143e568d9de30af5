"""Claims and what courts decide, by the phrases that announce them.

In news a verb of saying makes a claim, unless a court is its subject; in what a court writes itself, its own
formulas make orders, holdings and findings. Kind and signature of the document decide voice and status.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from annotator.geometry import Range
from annotator.model import Attributes, Fragment
from annotator.suggest.suggester import Subject
from annotator.suggest.suggestion import Suggestion
from annotator.text import sentences

ORIGIN = "rules"
_ACTS: Mapping[str, str] = {
    "alleges": r"alleg(?:ed?|es|ing)|accus(?:ed?|es|ing)",
    "denies": r"den(?:y|ied|ies|ying)",
    "admits": r"admit(?:s|ted|ting)?|acknowledg(?:ed?|es)|conced(?:ed?|es)",
    "predicts": r"predict(?:s|ed|ing)?|expect(?:s|ed)?",
    "urges": r"urg(?:ed?|es|ing)|recommend(?:s|ed)?|call(?:s|ed)? for|demand(?:s|ed)",
    "promises": r"vow(?:s|ed)?|promis(?:ed?|es)|pledg(?:ed?|es)",
    "asserts": r"said|says|argu(?:ed?|es|ing)|claim(?:ed|s|ing)|contend(?:s|ed)|stat(?:ed|es)|assert(?:s|ed)|"
    r"emphasi[sz](?:ed?|es)|reiterat(?:ed?|es)|believ(?:ed?|es)|maintain(?:s|ed)|insist(?:s|ed)|told|testif(?:ied|ies)|"
    r"warn(?:s|ed)|not(?:ed|es)|explain(?:s|ed)|add(?:ed|s)|suggest(?:s|ed)",
}
_CUE = re.compile(
    r"\b(?:" + "|".join(f"(?P<{act}>{verbs})" for act, verbs in _ACTS.items()) + r")\b", re.IGNORECASE
)
_IS_NOUN = re.compile(r"\s+of\b(?!.*\baccus)")
_JOINED = re.compile(r",?\s+(?:and|but)\s+$")
_ACCORDING = re.compile(r"\baccording to [^,]+,\s*", re.IGNORECASE)
_COURT = re.compile(
    r"\b(?:court|judge|justice|panel|bench|jury|Circuit|Board)\b|^(?:she|he|we|I)\b", re.IGNORECASE
)
_RULED = re.compile(
    r"\b(?P<verb>ruled|held|holds?|concluded?s?|found|finds?)\b(?P<that> that)?", re.IGNORECASE
)
_DISPOSED = re.compile(
    r"\b(?:is|are|be|hereby|court|therefore|we)\s+(?:hereby\s+|also\s+)?"
    r"(?P<verb>GRANTS?|GRANTED|DENIES|DENIED|ENJOINED|STRUCK|DISMISSED|DISMISSES|AFFIRMED|AFFIRMS?|REVERSED?|REVERSES|"
    r"VACATED?|VACATES|STAYED|SEALED|ORDERED|ORDERS|REMANDED)\b",
    re.IGNORECASE,
)
_LOUD = re.compile(r"\b(?:is|are)\s+(?:hereby\s+|also\s+)?(?P<verb>[A-Z]{5,})\b")
_COMMANDED = re.compile(
    r"^(?!The [Cc]ourt\b)(?:(?!\b(?:that|which|who|if|when|where|says)\b)[^,;:]){2,60}?\s(?P<verb>shall)\s"
)
_DISPOSITIONS = (
    ("grant", "granted"),
    ("den", "denied"),
    ("enjoin", "enjoined"),
    ("dismiss", "dismissed"),
    ("affirm", "affirmed"),
    ("revers", "reversed"),
    ("vacat", "vacated"),
)
_ISSUES = (
    ("immunity", r"immun"),
    ("jurisdiction", r"jurisdiction"),
    ("damages", r"damages|compensat"),
    ("injunction", r"injunct|enjoin|irreparable"),
    ("discovery", r"discovery|compel|produce|seal"),
    ("liability", r"liab"),
)
_FORMULA = re.compile(r"^(?:IT IS )?(?:SO|HEREBY|FURTHER)\b.*\bORDERED\W*$", re.IGNORECASE)
_NOTE_MARK = re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\W\d_][.,;:”\"’)]))\d{1,3}\s*$")
_REASONS = re.compile(r",? for the reasons\b")
_LEFT_ASIDE = re.compile(r"^[\s“\"(]*")


# Another court, as the subject of what stands right behind it in a court's own document.
_ANOTHER = re.compile(
    r"(?:\b(?:district|trial|lower|state|bankruptcy|magistrate|circuit)\s(?:court|judge)|\bcourts? below|"
    r"\bCircuit|\bCourt of Appeals|\bSupreme Court(?: of \w+)?)\s+(?:also\s+|later\s+|then\s+)?$",
    re.IGNORECASE,
)


def cues(subject: Subject) -> Iterator[Suggestion]:
    """Claims with their cues, and holdings, orders and findings."""
    for sentence in sentences(subject.text):
        words = subject.text[sentence.start : sentence.end]
        if subject.kind == "article":
            yield from _in_news(subject, sentence, words)
        else:
            yield from _in_court(subject, sentence, words)


def decided_values(subject: Subject, label: str, words: str) -> Attributes:
    """What kind and signature of the document, and the words, tell of what is decided in it.

    What a party wrote never speaks with the court's own voice, and what a judge has not signed is proposed.
    """
    values: dict[str, str] = {"voice": "own" if subject.kind in _OF_COURTS else "reported"}
    if label in ("holding", "order"):
        values["status"] = _status(subject)
    verb = next((value for stem, value in _DISPOSITIONS if re.search(rf"\b{stem}", words, re.IGNORECASE)), "")
    if label == "order" and verb:
        values["disposition"] = "in_part" if re.search(r"\bin part\b", words, re.IGNORECASE) else verb
    issue = next((name for name, stem in _ISSUES if re.search(stem, words, re.IGNORECASE)), "")
    return values | ({"issue": issue} if issue else {})


_OF_COURTS = ("order", "opinion", "proposed_order")


def _status(subject: Subject) -> str:
    if subject.kind == "proposed_order":
        signed, judge = (str(subject.metadata.get(name, "")).casefold() for name in ("signed", "judge"))
        return "entered" if signed and judge and judge.split()[-1] in signed else "proposed"
    return "entered" if subject.kind in ("order", "opinion") else "unknown"


def _in_news(subject: Subject, sentence: Range, words: str) -> Iterator[Suggestion]:
    ruled = _RULED.search(words)
    if ruled is not None and _COURT.search(words[: ruled.start()]) and ruled["that"]:
        label = "finding" if ruled["verb"].lower().startswith("f") else "holding"
        yield _decided(subject, label, _rest(subject.text, sentence, ruled.start("that") + 1), ruled[0], 0.7)
        return
    according = _ACCORDING.match(words)
    if according is not None:
        yield _made("cue", Range(sentence.start, sentence.start + len("according to")), 0.8, "a cue")
        yield _made(
            "claim", _rest(subject.text, sentence, according.end()), 0.6, "what somebody is named for"
        )
        return
    found = _cues(words)
    if found and not _COURT.search(words[: found[0].start()]):
        for cue, following in zip(found, (*found[1:], None), strict=True):
            yield from _claim(subject, sentence, cue, following)


def _cues(words: str) -> list[re.Match[str]]:
    """The first verb of saying in a sentence, and those that are joined to it by “and” or “but”."""
    found = [cue for cue in _CUE.finditer(words) if cue.start() > 0 and not _IS_NOUN.match(words, cue.end())]
    return [cue for number, cue in enumerate(found) if number == 0 or _JOINED.search(words[: cue.start()])]


def _claim(
    subject: Subject, sentence: Range, cue: re.Match[str], following: re.Match[str] | None
) -> Iterator[Suggestion]:
    words = subject.text[sentence.start : sentence.end]
    act = next(act for act in _ACTS if cue[act])
    after = cue.end()
    of = re.compile(r"[^.]*?\bof\b").match(words, after) if cue[0].lower().startswith("accus") else None
    if of is not None:
        after = of.end()
    yield _made("cue", Range(sentence.start + cue.start(), sentence.start + cue.end()), 0.6, f"“{cue[0]}”")
    joint = None if following is None else _JOINED.search(words[: following.start()])
    stop = sentence.end if joint is None else sentence.start + joint.start()
    claim = _rest(subject.text, Range(sentence.start, stop), after)
    if claim.end - claim.start > 9:
        sure = 0.7 if re.match(r"\s*that\b", words[after:]) else 0.5
        yield _made("claim", claim, sure, f"follows “{cue[0]}”", {"act": act})


def _in_court(subject: Subject, sentence: Range, words: str) -> Iterator[Suggestion]:
    if _FORMULA.match(words.strip()):
        return
    ruled, disposed = _RULED.search(words), _DISPOSED.search(words) or _LOUD.search(words)
    commanded = _COMMANDED.search(words) if subject.kind in _OF_COURTS else None
    is_finding = ruled is not None and ruled["verb"].lower().startswith("f")
    # A court also holds conferences.
    if ruled is not None and (is_finding or ruled["that"]) and _COURT.search(words[: ruled.start()]):
        label = "finding" if is_finding else "holding"
        start = ruled.start("that") + 1 if ruled["that"] else ruled.end()
        place = _rest(subject.text, sentence, start)
        yield _by_whom(words[: ruled.start()], _decided(subject, label, place, ruled[0], 0.7))
    elif disposed is not None:
        is_loud = disposed["verb"].isupper()
        is_active = disposed["verb"].upper().endswith("S")
        place = _rest(subject.text, sentence, disposed.start("verb") if is_active else 0)
        reasons = _REASONS.search(subject.text, place.start, place.end)
        place = place if reasons is None else Range(place.start, reasons.start())
        made = _decided(subject, "order", place, disposed["verb"], 0.8 if is_loud else 0.5)
        yield _by_whom(words[: disposed.start("verb")], made)
    elif commanded is not None:
        yield _decided(subject, "order", _rest(subject.text, sentence, 0), commanded["verb"], 0.6)


def _by_whom(before: str, decided: Suggestion) -> Suggestion:
    """What is decided, only reported if another court stands before the verb."""
    if _ANOTHER.search(before) is None:
        return decided
    return replace(decided, attributes={**decided.attributes, "voice": "reported"})


def _decided(subject: Subject, label: str, place: Range, cue: str, sure: float) -> Suggestion:
    values = decided_values(subject, label, subject.text[place.start : place.end])
    return _made(label, place, sure, f"“{' '.join(cue.split())}”", values)


def _rest(text: str, sentence: Range, offset: int) -> Range:
    """What stands from an offset of a sentence to its end, without stop, opening quotes and a note's mark."""
    start, end = sentence.start + offset, sentence.end
    start += len(_LEFT_ASIDE.match(text[start:end])[0]) if offset == 0 else 0  # type: ignore[index]
    while start < end and text[start].isspace():
        start += 1
    note = _NOTE_MARK.search(text, start, end)
    end = end if note is None else note.start()
    while start < end and text[end - 1] in " .,;:\n":
        end -= 1
    return Range(start, max(start + 1, end))


def _made(label: str, place: Range, sure: float, reason: str, values: Attributes | None = None) -> Suggestion:
    return Suggestion((Fragment(*place),), label, sure, ORIGIN, reason, values or {})
