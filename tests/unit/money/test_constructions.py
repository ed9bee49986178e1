"""The short look that spares a search must not hide what the search would find."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from orderpaper.enrichment.money.constructions import CONSTRUCTIONS

LOOKED_FOR = [one for one in CONSTRUCTIONS if one.before and "" not in one.stems]


def test_most_constructions_have_letters_to_look_for():
    assert len(LOOKED_FOR) > 20


@pytest.mark.parametrize("count", [4, pytest.param(25, marks=pytest.mark.slow)])
@pytest.mark.parametrize("one", LOOKED_FOR, ids=lambda one: one.name)
def test_every_match_has_the_letters_that_are_looked_for(one, count):
    @settings(max_examples=count, suppress_health_check=list(HealthCheck))
    @given(text=st.from_regex(one.before, alphabet=st.characters(codec="ascii")))
    def check(text):
        assume(one.before.search(text))
        assert any(stem in text.lower() for stem in one.stems)

    check()
