"""Cells that a spreadsheet would run as a formula, made harmless by an apostrophe, and brought back."""

import re

# Spreadsheets skip blanks before the sign that makes a formula, and East Asian ones take its wide form too.
_FORMULA = re.compile(r"['\s]*[=+\-@|%＝＋－＠]|\s*[\t\r\n]")


def defused(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """What `defused` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
