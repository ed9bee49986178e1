"""Parsers refuse what they do not understand, and never fail otherwise. `make fuzz` does the same at length."""

import pytest
from parser_fuzzing import PARSERS, fuzz_apart


@pytest.mark.parametrize("parser", PARSERS)
def test_damaged_documents_are_read_or_refused(parser):
    found = fuzz_apart(parser, count=300, seed=0)
    assert not found["failures"]
    assert found["read"] and found["refused"], "the damage is neither too little nor too much"
