"""Signatures of answers: hashes of their words, by which the warehouse finds answers in nearly the same words.

Two texts are nearly the same if they have most of their runs of five words in common (Jaccard). `run_hashes` measures
that exactly. `band_hashes` finds the pairs that are worth measuring: it is a MinHash signature of 48 numbers, in 16
bands of three. Of pairs that share 80 % of their runs, 99,999 in 100,000 have a band in common (1 - (1 - 0.8³)¹⁶); of
pairs that share 30 %, 35 in 100; of pairs that share 10 %, 2 in 100.
"""

from hashlib import blake2b
from zlib import crc32

from rensa import RMinHash

from orderpaper.enrichment.words.normalise import normalise

RUN_LENGTH = 5
BAND_COUNT = 16
BAND_SIZE = 3


def sign(text: str) -> tuple[list[int], list[int]]:
    """Return the run hashes and the band hashes of a text."""
    runs = _runs(text)
    return sorted({crc32(run.encode()) for run in runs}), _band_hashes(runs)


def _runs(text: str) -> list[str]:
    """Return the distinct runs of five words, or all words as one run if there are fewer."""
    words = normalise(text).split()
    last = max(len(words) - RUN_LENGTH, 0)
    return sorted({" ".join(words[start : start + RUN_LENGTH]) for start in range(last + 1)})


def _band_hashes(runs: list[str]) -> list[int]:
    minhash = RMinHash(num_perm=BAND_COUNT * BAND_SIZE, seed=1)
    minhash.update(runs)
    minima = minhash.digest()
    bands = (minima[start : start + BAND_SIZE] for start in range(0, len(minima), BAND_SIZE))
    # The number of the band is hashed with it, because equal numbers in different bands say nothing.
    return [_hash(f"{number} {band}") for number, band in enumerate(bands)]


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
