"""What the maker of a tagged PDF says of its print: which of it is an artifact, no part of the text.

Programs that write tagged PDFs mark running heads, page numbers and filing stamps so (ISO 32000-1, 14.8.2.2).
Some mark whole pages by mistake: whether marks are to be trusted is judged by all those of a page.
"""

import ctypes

from annotator.readers.pdf.native import mark_count_of, mark_name_of, mark_of

ARTIFACT = "Artifact".encode("utf-16-le")
MOST_MARKS = 8
"""Marks of one piece of print that are looked at; it has one or two."""

MOST_ARTIFACTS = 0.4
"""As a part of the pieces of a page that are marked at all."""


class Marks:
    """The marks of the pieces of text of one page, looked at one after the other."""

    def __init__(self) -> None:
        self._artifacts: set[int] = set()
        self._marked = 0
        self._name = ctypes.create_string_buffer(len(ARTIFACT) + 64)
        self._length = ctypes.c_ulong()
        self._places = ctypes.addressof(self._name), ctypes.addressof(self._length)

    def look_at(self, text_object: int) -> None:
        """Take note of how a text object, by its address, is marked."""
        count = mark_count_of(text_object)
        if count <= 0:
            return
        self._marked += 1
        if any(self._is_artifact(text_object, index) for index in range(min(count, MOST_MARKS))):
            self._artifacts.add(text_object)

    def artifacts(self) -> frozenset[int]:
        """The text objects that are no text of the document; none where the marks are not to be trusted."""
        is_sound = len(self._artifacts) <= MOST_ARTIFACTS * self._marked
        return frozenset(self._artifacts) if is_sound else frozenset()

    def _is_artifact(self, text_object: int, index: int) -> bool:
        mark = mark_of(text_object, index)
        name, length = self._places
        if not mark or not mark_name_of(mark, name, len(self._name), length):
            return False
        return self._name.raw[: max(0, self._length.value - 2)] == ARTIFACT
