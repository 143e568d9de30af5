"""Which texts are nearly the same: MinHash signatures of runs of five words, compared by bands.

A signature estimates the Jaccard similarity of two texts, which is the share of their runs of five words
that both have; with 256 hashes the estimate is within 0.06 of it nineteen times out of twenty. Case and
punctuation do not count. The hashes are fixed numbers: the same texts give the same pairs on any machine.

Broder, A. (1997), On the resemblance and containment of documents; bands after Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, section 3.4.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Signature: TypeAlias = NDArray[np.uint32]

NEAR_DUPLICATE = 0.5
SHINGLE = 5  # words
HASHES = 256
_ROWS = 4  # hashes in a band: of two texts as similar as NEAR_DUPLICATE, 98 in 100 share a whole band
_AT_ONCE = 4096  # runs of words that are hashed together, to keep memory flat

_WORD = re.compile(r"\w+")


def _hash_numbers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The factors and summands of the hashes: fixed by a generator whose numbers never change."""
    state, found = 0x9E3779B97F4A7C15, []
    for _ in range(2 * HASHES):
        # xorshift64*, Vigna (2016)
        state ^= state >> 12
        state = (state ^ state << 25) & (1 << 64) - 1
        state ^= state >> 27
        found.append(state * 2685821657736338717 & (1 << 64) - 1 | 1)
    numbers = np.array(found, dtype=np.uint64)
    return numbers[:HASHES], numbers[HASHES:]


_FACTORS, _SUMMANDS = _hash_numbers()


class Pair(NamedTuple):
    """Two texts that share a band, by their keys, and their estimated similarity from 0 to 1."""

    earlier: str
    later: str
    similarity: float


def signature(text: str) -> Signature | None:
    """The MinHash signature of a text; None if it has no word. A text of fewer words is one run."""
    words = _WORD.findall(text.casefold())
    if not words:
        return None
    runs = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    hashed = np.fromiter((crc32(run.encode()) for run in runs), dtype=np.uint64, count=len(runs))
    least = np.full(HASHES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for at in range(0, len(hashed), _AT_ONCE):
        some = hashed[at : at + _AT_ONCE, np.newaxis] * _FACTORS + _SUMMANDS
        least = np.minimum(least, (some >> np.uint64(32)).astype(np.uint32).min(axis=0))
    return least


def similarity(one: Signature, other: Signature) -> float:
    """The estimated Jaccard similarity of the texts of two signatures."""
    return float(np.count_nonzero(one == other)) / HASHES


class Index:
    """The signatures met so far, by the bands that they have."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature] = {}
        self._bands: dict[tuple[int, bytes], list[str]] = {}
        self._first: dict[bytes, str] = {}

    def add(self, key: str, added: Signature) -> Iterator[Pair]:
        """Add a text, and give its pairs with those added before that share a band with it.

        Of texts with one signature only the first is kept, so that many copies of a form cost little.
        """
        first = self._first.setdefault(added.tobytes(), key)
        if first != key:
            yield Pair(first, key, 1.0)
            return
        bands = [(at, added[at : at + _ROWS].tobytes()) for at in range(0, HASHES, _ROWS)]
        # A dict keeps the order in which they were met; a set would not, from one run to the next.
        met = dict.fromkeys(other for band in bands for other in self._bands.get(band, ()))
        for band in bands:
            self._bands.setdefault(band, []).append(key)
        self._signatures[key] = added
        for other in met:
            yield Pair(other, key, similarity(self._signatures[other], added))
