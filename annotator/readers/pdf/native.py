"""pdfium's functions that are called for every glyph, bound so that a call costs as little as it can.

pypdfium2's own bindings check and convert every argument; over millions of glyphs that is most of the
reading time. Nothing is checked here, so that a wrong argument ends the process: a page is what `argument`
makes of its handle, an index a plain int, a place to write to what `ctypes.byref` makes.
"""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Address = int


def address_of(handle: Any) -> Address:
    """The address behind a pdfium handle or a ctypes pointer, 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def argument(handle: Any) -> Any:
    """The handle as an argument that ctypes passes on as it is, made once for many calls."""
    return ctypes.c_void_p.from_param(address_of(handle))


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    # PYFUNCTYPE keeps the interpreter lock, which the one thread of a reading process needs not give up.
    # Without types of arguments, ctypes makes no objects to convert them: a call takes half the time.
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


unicode_of = _bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
loose_box_of = _bound(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
origin_of = _bound(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
matrix_of = _bound(pdfium.FPDFText_GetMatrix, ctypes.c_int)
font_size_of = _bound(pdfium.FPDFText_GetFontSize, ctypes.c_double)
fill_colour_of = _bound(pdfium.FPDFText_GetFillColor, ctypes.c_int)
is_generated = _bound(pdfium.FPDFText_IsGenerated, ctypes.c_int)
has_map_error = _bound(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
# Handles that are NULL, as of a glyph that pdfium made up itself, come as None.
text_object_of = _bound(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
object_of = _bound(pdfium.FPDFPage_GetObject, ctypes.c_void_p)
# A handle is a plain address here, which must be told from a number.
kind_of = _bound(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
font_of = _bound(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
render_mode_of = _bound(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
mark_count_of = _bound(pdfium.FPDFPageObj_CountMarks, ctypes.c_int, ctypes.c_void_p)
mark_of = _bound(pdfium.FPDFPageObj_GetMark, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
mark_name_of = _bound(
    pdfium.FPDFPageObjMark_GetName,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_ulong,
    ctypes.c_void_p,
)
