"""Renders the pages of one PDF off the GUI thread, the page that is wanted most first, into a bounded cache.

pdfium is not safe in threads. All calls to it in this process are made here, by one worker at a time; a
page that is no longer wanted is given up while it is being drawn.
"""

import ctypes
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

log = logging.getLogger(__name__)

CACHE_BYTES = 192_000_000
MOST_PIXELS = 24_000_000
"""A page is drawn with no more pixels than that, and enlarged where it would need more."""

LARGEST = 14_400.0
"""Points that a page can be wide or high, by the limits of the format; one that claims more is not drawn."""

SECONDS_A_PAGE = 30.0

THUMBNAIL_PIXELS = 400
"""Up to that width in device pixels a picture is a thumbnail, and kept beside the large one of its page."""

Trouble = Literal["password", "damaged", "missing"]


class Wanted(NamedTuple):
    """A page, counted from 0, at a size in device pixels."""

    page: int
    width: int
    height: int

    @property
    def is_thumbnail(self) -> bool:
        return self.width <= THUMBNAIL_PIXELS


@dataclass(slots=True)
class _Original:
    """The document that is shown: how its bytes are had, and what pdfium has opened of it."""

    load: Callable[[], bytes]
    password: str | None
    opened: "PdfDocument | None" = None
    trouble: Trouble | None = None
    failed: set[int] = field(default_factory=set)


class PageRenderer(QObject):
    """Pictures of the pages of the document that was opened last.

    Signals:
        rendered: A page has a new picture, or cannot be drawn; the argument counts it from 0.
        troubled: The document cannot be opened; `trouble` says why.
    """

    rendered = Signal(int)
    troubled = Signal()
    _drawn = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, *, cache_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self._pictures = PictureCache(cache_bytes)
        self._original: _Original | None = None
        self._first: tuple[Wanted, ...] = ()
        self._later: tuple[Wanted, ...] = ()
        self._retired: list[_Original] = []
        self._is_working = False
        self._lock = threading.Lock()  # guards the five above
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._drawn.connect(self._on_drawn)

    # -- called from the GUI thread

    def open(self, load: Callable[[], bytes], password: str | None = None) -> None:
        """Take another document; `load`, called in the worker, gives its bytes or raises KeyError."""
        self.close()
        self._original = _Original(load, password)

    def close(self) -> None:
        """Let go of the document and of all pictures; what is being drawn is given up."""
        with self._lock:
            if self._original is not None:
                self._retired.append(self._original)
            self._original, self._first, self._later = None, (), ()
            self._start()
        self._pictures.clear()

    def wait(self) -> None:
        """Wait until nothing is being drawn; for the end of the program."""
        self._pool.waitForDone()

    def _start(self) -> None:
        """Let the worker work, if it does not; under the lock."""
        if not self._is_working and (self._first or self._later or self._retired):
            self._is_working = True
            self._pool.start(self._work)

    @property
    def trouble(self) -> Trouble | None:
        """Why the document cannot be opened."""
        return None if self._original is None else self._original.trouble

    def has_failed(self, page: int) -> bool:
        """Whether a page, counted from 0, cannot be drawn."""
        return self._original is not None and page in self._original.failed

    def picture(self, page: int, width: int) -> QImage | None:
        """The picture of a page, of that width in device pixels if there is one, else of another."""
        return self._pictures.get(page, width)

    def want(self, pages: Sequence[Wanted], *, later: bool = False) -> None:
        """Draw those of these pages that have no picture, first things first.

        They take the place of what was wanted before; what is wanted `later` has a list of its own, and is
        drawn when nothing else is wanted.
        """
        if self._original is None or self._original.trouble is not None:
            return
        bounded = [_bounded(wanted) for wanted in pages]
        missing = [
            wanted
            for wanted in bounded
            if not self._pictures.has(wanted) and wanted.page not in self._original.failed
        ]
        self._pictures.keep({wanted.page for wanted in bounded})
        with self._lock:
            if later:
                self._later = tuple(missing)
            else:
                self._first = tuple(missing)
            self._start()

    def _on_drawn(self, original: _Original, wanted: Wanted, picture: QImage | None) -> None:
        if original is not self._original:
            return
        if original.trouble is not None:
            self.troubled.emit()
            return
        if picture is None:
            original.failed.add(wanted.page)
        else:
            self._pictures.put(wanted, picture)
        self.rendered.emit(wanted.page)

    # -- called in the worker, which emits only `_drawn`

    def _work(self) -> None:
        while (job := self._next()) is not None:
            original, wanted = job
            try:
                picture = self._draw(original, wanted)
            except _GivenUp:
                continue
            with self._lock:
                self._first = tuple(each for each in self._first if each != wanted)
                self._later = tuple(each for each in self._later if each != wanted)
            self._drawn.emit(original, wanted, picture)

    def _next(self) -> tuple[_Original, Wanted] | None:
        """What to draw next; None, and nobody works any more, if there is nothing to do."""
        while True:
            with self._lock:
                retired, self._retired = self._retired, []
                original, wanted = self._original, (*self._first, *self._later)
                if not retired and (original is None or not wanted or original.trouble is not None):
                    self._is_working = False
                    return None
            for each in retired:
                if each.opened is not None:
                    each.opened.close()
            if original is not None and wanted and original.trouble is None:
                return original, wanted[0]

    def _draw(self, original: _Original, wanted: Wanted) -> QImage | None:
        import pypdfium2

        if original.opened is None:
            original.opened, original.trouble = _opened(original)
        if original.opened is None:
            return None
        try:
            return _drawn(original.opened, wanted, lambda: self._is_stale(original, wanted))
        except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
            log.warning("Page %s cannot be drawn: %s", wanted.page + 1, type(error).__name__)
            return None

    def _is_stale(self, original: _Original, wanted: Wanted) -> bool:
        with self._lock:
            return self._original is not original or wanted not in (*self._first, *self._later)


class PictureCache:
    """Pictures of pages, those used last; what goes over the budget is forgotten, oldest first."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.bytes = 0
        self._pictures: OrderedDict[Wanted, QImage] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pictures)

    def has(self, wanted: Wanted) -> bool:
        return wanted in self._pictures

    def get(self, page: int, width: int) -> QImage | None:
        """The picture of a page nearest to a width."""
        sizes = [each for each in self._pictures if each.page == page]
        if not sizes:
            return None
        best = min(sizes, key=lambda each: abs(each.width - width))
        self._pictures.move_to_end(best)
        return self._pictures[best]

    def put(self, wanted: Wanted, picture: QImage) -> None:
        """Keep a picture in place of the page's other one, or its other thumbnail."""
        for other in [each for each in self._pictures if each.page == wanted.page]:
            if other.is_thumbnail == wanted.is_thumbnail:
                self._forget(other)
        self._pictures[wanted] = picture
        self.bytes += picture.sizeInBytes()
        while self.bytes > self.budget and len(self._pictures) > 1:
            self._forget(next(iter(self._pictures)))

    def keep(self, pages: set[int]) -> None:
        """Count these pages as used last."""
        for wanted in [each for each in self._pictures if each.page in pages]:
            self._pictures.move_to_end(wanted)

    def clear(self) -> None:
        self._pictures.clear()
        self.bytes = 0

    def _forget(self, wanted: Wanted) -> None:
        self.bytes -= self._pictures.pop(wanted).sizeInBytes()


class _GivenUp(Exception):
    """The page is not wanted any more."""


def _bounded(wanted: Wanted) -> Wanted:
    """The page with no more pixels than can be drawn."""
    pixels = wanted.width * wanted.height
    if pixels <= MOST_PIXELS:
        return wanted
    share = (MOST_PIXELS / pixels) ** 0.5
    return Wanted(wanted.page, max(1, int(wanted.width * share)), max(1, int(wanted.height * share)))


def _opened(original: _Original) -> "tuple[PdfDocument | None, Trouble | None]":
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        data = original.load()
    except KeyError:
        return None, "missing"
    try:
        document = pypdfium2.PdfDocument(data, password=original.password)
    except pypdfium2.PdfiumError as error:
        # WORKAROUND: pdfium 8149 keeps the code of an earlier failure where it sets none.
        is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data
        return None, "password" if is_locked else "damaged"
    with suppress(pypdfium2.PdfiumError):  # without form fields the page can still be seen
        document.init_forms()
    return document, None


def _drawn(document: "PdfDocument", wanted: Wanted, is_stale: Callable[[], bool]) -> QImage | None:
    """The picture of a page; None if it is too large or takes too long.

    Raises _GivenUp as soon as it is stale.
    """
    import pypdfium2.raw as pdfium

    if max(document.get_page_size(wanted.page)) > LARGEST:
        return None
    picture = QImage(wanted.width, wanted.height, QImage.Format.Format_RGB32)
    if picture.isNull():
        raise MemoryError(f"no picture of {wanted.width} by {wanted.height} pixels")
    picture.fill(QColor("white"))
    pixels = ctypes.c_ubyte.from_buffer(picture.bits())
    until = time.monotonic() + SECONDS_A_PAGE
    given_up = False

    def pause(_self: object) -> int:
        nonlocal given_up
        given_up = given_up or is_stale()
        return given_up or time.monotonic() > until

    pausing = pdfium.IFSDK_PAUSE(version=1)
    pausing.NeedToPauseNow = type(pausing.NeedToPauseNow)(pause)
    page = document[wanted.page]
    bitmap = pdfium.FPDFBitmap_CreateEx(
        wanted.width, wanted.height, pdfium.FPDFBitmap_BGRx, ctypes.byref(pixels), picture.bytesPerLine()
    )
    place = (0, 0, wanted.width, wanted.height, 0, pdfium.FPDF_ANNOT)
    try:
        status = pdfium.FPDF_RenderPageBitmap_Start(bitmap, page, *place, ctypes.byref(pausing))
        pdfium.FPDF_RenderPage_Close(page)
        if status == pdfium.FPDF_RENDER_DONE and document.formenv is not None:
            pdfium.FPDF_FFLDraw(document.formenv, bitmap, page, *place)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
        page.close()
    if given_up:
        raise _GivenUp
    return picture if status == pdfium.FPDF_RENDER_DONE else None
