"""Signatures of answers: hashes of what they say, by which the warehouse finds answers that say the same.

`run_hashes` are the words of an answer and its pairs of neighbouring words, whatever their order. Two answers say the
same if they share 79 % of these (Jaccard), less if one says all that the other says or both are short, name the same
questions, and neither has a number, a name or any other word that matters in the place of one of the other.
`place_hashes` are the pairs of words around each such word, and `filling_hashes` the same with the word itself: if two
answers share more places than fillings, a word was replaced. `band_hashes` finds the pairs that are worth measuring:
it is a MinHash signature of 48 numbers, in 16 bands of three, each hashed with the numbers of the questions that the
answer names. Of pairs that share 70 % of their runs, 999 in 1,000 have a band in common (1 - (1 - 0.7³)¹⁶); of pairs
that share 50 %, 88 in 100; of pairs that share 30 %, 35 in 100; of pairs that share 10 %, 2 in 100.
"""

from collections.abc import Iterable
from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

from rensa import RMinHash

from orderpaper.enrichment.words.essence import essence
from orderpaper.enrichment.words.normalise import normalise_subject

BAND_COUNT = 16
BAND_SIZE = 3


def sign(text: str) -> dict[str, list[int]]:
    """Return the hashes of an answer: of its runs, bands, numbers and names."""
    said = essence(text)
    places = said.places()
    pairs = {f"{one} {other}" if one < other else f"{other} {one}" for one, other in pairwise(said.words)}
    runs = sorted(pairs.union(said.words)) or [""]
    return {
        "run_hashes": _hashes(runs),
        "band_hashes": _band_hashes(runs, " ".join(said.question_numbers)),
        "number_hashes": _hashes(said.numbers),
        "name_hashes": _hashes(said.names),
        "place_hashes": _hashes(" ".join(place) for place in places),
        "filling_hashes": _hashes(f"{before} {word} {after}" for (before, after), word in places.items()),
    }


def hash_words(text: str) -> list[int]:
    """Return the hashes of the different words of a question, without the office that is asked."""
    return _hashes(normalise_subject(text).split())


def _hashes(words: Iterable[str]) -> list[int]:
    return sorted(set(map(crc32, map(str.encode, words))))


def _band_hashes(runs: list[str], question_numbers: str) -> list[int]:
    minhash = RMinHash(num_perm=BAND_COUNT * BAND_SIZE, seed=1)
    minhash.update(runs)
    minima = minhash.digest()
    bands = (minima[start : start + BAND_SIZE] for start in range(0, len(minima), BAND_SIZE))
    # The number of the band is hashed with it, because equal numbers in different bands say nothing.
    return [_hash(f"{number} {band} {question_numbers}") for number, band in enumerate(bands)]


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
