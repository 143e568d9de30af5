"""pdfium's functions that are called for every glyph, bound so that a call costs as little as it can.

pypdfium2's own bindings check and convert every argument; over millions of glyphs that is most of the
reading time. Handles and places to write to are plain addresses here, so that a wrong one ends the
process: only `glyphs` and `styles` call these.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Address = int


def address_of(handle: Any) -> Address:
    """The address behind a pdfium handle or a ctypes pointer, 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    # PYFUNCTYPE keeps the interpreter lock, which the one thread of a reading process needs not give up.
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


_PAGE, _INDEX, _PLACE, _HANDLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p

unicode_of = _bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _PAGE, _INDEX)
loose_box_of = _bound(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _PAGE, _INDEX, _PLACE)
origin_of = _bound(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _PAGE, _INDEX, _PLACE, _PLACE)
matrix_of = _bound(pdfium.FPDFText_GetMatrix, ctypes.c_int, _PAGE, _INDEX, _PLACE)
font_size_of = _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double, _PAGE, _INDEX)
fill_colour_of = _bound(
    pdfium.FPDFText_GetFillColor, ctypes.c_int, _PAGE, _INDEX, _PLACE, _PLACE, _PLACE, _PLACE
)
# Handles that are NULL, as of a glyph that pdfium made up itself, come as None.
text_object_of = _bound(pdfium.FPDFText_GetTextObject, _HANDLE, _PAGE, _INDEX)
font_of = _bound(pdfium.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
render_mode_of = _bound(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, _HANDLE)
