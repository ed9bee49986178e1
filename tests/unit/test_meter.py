"""Long work says how far it has come, and short work says nothing."""

import logging

import pytest

from orderpaper.meter import Meter, duration


def test_a_line_in_ten_seconds_has_the_rate_and_the_time_that_is_left(caplog: pytest.LogCaptureFixture) -> None:
    moments = iter([0.0, 5.0, 10.0, 15.0, 20.0])
    meter = Meter(logging.getLogger("test"), "documents", 1200, clock=lambda: next(moments))
    with caplog.at_level(logging.INFO):
        for _ in range(4):
            meter.add(100)
    assert caplog.messages == [
        "200 of 1,200 documents in 10 s, 20.0 a second, 50 s left.",
        "400 of 1,200 documents in 20 s, 20.0 a second, 40 s left.",
    ]


def test_work_of_unknown_size_has_no_time_left(caplog: pytest.LogCaptureFixture) -> None:
    moments = iter([0.0, 100.0])
    with caplog.at_level(logging.INFO):
        Meter(logging.getLogger("test"), "requests", clock=lambda: next(moments)).add(50)
    assert caplog.messages == ["50 requests in 2 min, 0.5 a second."]


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "0 s"), (99, "99 s"), (720, "12 min"), (12000, "3 h 20 min")])
def test_a_duration_is_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words
