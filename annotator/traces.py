"""Tracebacks that can be logged and passed on: where a failure happened, never what was being read.

The message of an exception may quote a document, so only its type is told, of each exception in the chain.
"""

import traceback


def trace_without_text(error: BaseException) -> str:
    """The traceback of an error and of what caused it, without messages and without values."""
    parts: list[str] = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        frames = traceback.format_list(traceback.extract_tb(now.__traceback__))
        kind = f"{type(now).__module__}.{type(now).__qualname__}".removeprefix("builtins.")
        parts.insert(0, "".join(["Traceback (most recent call last):\n", *frames, f"{kind}\n"]))
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n".join(parts)
