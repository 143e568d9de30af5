"""What was decided of an annotator's own work, in words: for the list of it, and at the span itself."""

from collections.abc import Mapping

from annotator.adjudication.decisions import Verdict
from annotator.errors import AnnotatorError
from annotator.services.feedback import Remark, feedback
from ui.panels.span_words import one_line, shortened
from ui.review.words import reason_words, verdict_words
from ui.session import Session

_MOST = 90


def remark_words(remark: Remark) -> str:
    """A remark in two or three lines; a message in as many as it has, below what it is pinned to."""
    verdict: Verdict = remark.verdict  # type: ignore[assignment]
    words = shortened(one_line(remark.words), _MOST)
    about = f"“{words}”  {remark.own}".rstrip()
    if not verdict:
        return f"{about}\n{remark.comment}"
    first = f"{about} — {verdict_words(verdict)}"
    why = "  ·  ".join(part for part in (reason_words(remark.reason), remark.rule_id, remark.comment) if part)
    decided = shortened(one_line(remark.decided), _MOST)
    return "\n".join(part for part in (first, f"→ {decided}" if decided else "→ ∅", why) if part)


def remarks_at_spans(session: Session) -> Mapping[str, str]:
    """By span of the own set in the open document what was decided of it; {} where nothing may be read."""
    store, document = session.store, session.document
    if store is None or document is None:
        return {}
    try:
        found = feedback(store, annotator=session.annotator_id, document=document.id)
    except AnnotatorError:
        return {}
    told: dict[str, list[str]] = {}
    for remark in found:
        told.setdefault(remark.span, []).append(remark_words(remark))
    return {span: "\n".join(words) for span, words in told.items() if span}
