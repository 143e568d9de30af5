"""Decision memos as HTML: the words and their cite, and each decision with candidates, outcome and why.

It names whom the histories name, so one told in blind review stays blind. The same histories give the same
bytes.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from annotator.services.decision_history import Said, Step, UnitHistory
from exporters.aside import written_aside

_STYLE = """
body { font: 15px/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
blockquote { font-family: serif; margin: .6em 0; padding-left: 1em; border-left: 3px solid #bbb; }
table { border-collapse: collapse; margin: .5em 0; }
td, th { text-align: left; vertical-align: top; padding: .2em .8em .2em 0; }
.muted { color: MUTED; }
"""
_HEAD = "<tr><th>Annotator</th><th>Label</th><th>Words</th><th>Attributes</th><th>Verdict</th></tr>"
_OUTCOMES = {
    "accept": "Taken",
    "accept_modified": "Edited and taken",
    "new": "Made anew",
    "reject_all": "None is right",
    "keep_several": "Several kept",
    "ambiguous": "Ambiguous",
    "defer": "Postponed",
    "withdrawn": "Taken back",
}
_WORDS = {
    "guideline_gap": "the guidelines do not say",
    "slip": "a slip",
    "ambiguity": "both can be meant",
    "damage": "damaged text or OCR",
    "anchoring": "tool or anchoring error",
    "gap": "guideline gap",
    "blind": "decided blind",
    "second": "by a second reviewer",
    "spot_check": "for a spot check",
}


def write_memo(histories: Sequence[UnitHistory], target: Path) -> None:
    """Write memos as one page. Raises ExportError."""
    with written_aside(target) as file:
        file.write(as_html(histories).encode())


def as_html(histories: Sequence[UnitHistory], *, muted: str = "#666666") -> str:
    """The page; `muted` is the colour of what stands beside, by default one for white paper."""
    title = histories[0].title if histories else ""
    body = "\n".join(map(_unit, histories))
    style = _STYLE.replace("MUTED", muted)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>Decisions: {escape(title)}</title><style>{style}</style></head>\n<body>\n"
        f"<h1>Decisions</h1>\n<p>{escape(title)}</p>\n{body}\n</body>\n</html>\n"
    )


def _unit(history: UnitHistory) -> str:
    cite = f" <span class='muted'>({escape(history.cite)})</span>" if history.cite else ""
    kind = "State:" if history.is_hidden else f"Type: {escape(history.type.replace('_', ' and '))}; state:"
    hidden = "<p>Who has what is hidden until a choice is made.</p>\n" if history.is_hidden else ""
    steps = "\n".join(map(_step, history.steps)) or "<p class='muted'>Nothing is decided yet.</p>"
    return (
        f"<h2>“{escape(' '.join(history.words.split()))}”{cite}</h2>\n"
        f"<blockquote>… {escape(history.before)}<b>{escape(history.words)}</b>{escape(history.after)} …"
        f"</blockquote>\n<p class='muted'>{kind} {escape(history.state.replace('_', ' '))}</p>\n"
        f"{hidden}{steps}"
    )


def _step(step: Step) -> str:
    nothing = "no link" if step.is_of_link else "no span"
    rows = "".join(map(_row, step.candidates)) + "".join(_absent(each, nothing) for each in step.absent)
    gold = "; ".join(filter(None, (_said(each) for each in step.results))) or "nothing"
    why = [
        f"Reason: {_WORDS.get(step.reason, step.reason)}" if step.reason else "",
        f"Rule: {step.rule_id}" if step.rule_id else "",
        step.comment,
        *(_WORDS.get(flag, flag) for flag in step.flags),
    ]
    told = "<br>".join(escape(part) for part in why if part)
    outcome = _OUTCOMES.get(step.outcome, step.outcome)
    when = f"{step.when[:16].replace('T', ' ')} UTC"
    table = f"<table>{_HEAD}{rows}</table>" if rows else ""
    return (
        f"<h3>{escape(outcome)} <span class='muted'>by {escape(step.who)}, {escape(when)}</span></h3>\n"
        f"<p>Gold: {gold}</p>\n<p>{told}</p>\n{table}"
    )


def _row(said: Said) -> str:
    cells = (said.who, said.label, said.words, said.attributes, said.verdict.replace("_", " "))
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _absent(said: Said, nothing: str) -> str:
    return (
        f"<tr><td>{escape(said.who)}</td><td colspan='3' class='muted'>{nothing}</td>"
        f"<td>{escape(said.verdict.replace('_', ' '))}</td></tr>"
    )


def _said(said: Said) -> str:
    attributes = f" ({escape(said.attributes)})" if said.attributes else ""
    return f"<b>{escape(said.label)}</b> {escape(said.words)}{attributes}"
