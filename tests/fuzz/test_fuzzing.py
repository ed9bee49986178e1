"""Parsers refuse what they do not understand, and never fail otherwise. `make fuzz` does the same at length."""

import pytest
from parser_fuzzing import PARSERS, fuzz_apart, outcome, reader


@pytest.mark.parametrize("count", [60, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("parser", PARSERS)
def test_damaged_documents_are_read_or_refused(parser, count):
    found = fuzz_apart(parser, count, seed=0)
    assert not found["failures"]
    assert found["read"] and found["refused"], "the damage is neither too little nor too much"


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("piece", ["\n", " ", " \n", "<p>\n", "£1 ", "Mr A: ", "9"])
def test_a_piece_that_is_repeated_without_end_is_read_or_refused_in_time(parser, piece):
    found, error = outcome(reader(parser), b"A page\n" + piece.encode() * (200_000 // len(piece)) + b"of words\n")
    assert (found, error) != ("broken", error)
