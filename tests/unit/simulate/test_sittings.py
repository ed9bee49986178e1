import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from orderpaper.simulate import sittings

DAYS = st.dates(sittings.OPENED_ON, sittings.HORIZON - dt.timedelta(400))


def test_the_default_week_is_a_full_sitting_week() -> None:
    week = sittings.sitting_days(dt.date(2025, 3, 10), dt.date(2025, 3, 14))
    assert [day.isoformat()[-2:] for day in week] == ["10", "11", "12", "13", "14"]


def test_recesses_and_dissolutions_are_kept() -> None:
    for day in ("2024-06-12", "2024-08-14", "2024-12-24", "2025-02-18", "2025-04-18", "2025-05-05", "2025-05-27"):
        assert not sittings.is_sitting(dt.date.fromisoformat(day)), day


@given(DAYS)
def test_no_house_sits_at_weekends_and_fridays_are_rare(day: dt.date) -> None:
    days = sittings.sitting_days(day, day + dt.timedelta(364))
    assert all(sitting.weekday() < 5 for sitting in days)
    assert 5 <= sum(sitting.weekday() == 4 for sitting in days) <= 17


@given(DAYS, st.integers(1, 60))
def test_counting_forwards_and_back_from_a_sitting_day_meets(day: dt.date, count: int) -> None:
    start = sittings.sitting_day_after(day, 1)
    later = sittings.sitting_day_after(start, count)
    assert sittings.sitting_day_before(later, count) == start
    assert len(sittings.sitting_days(start, later)) == count + 1


@given(DAYS)
def test_days_of_a_session_count_up_from_nought(day: dt.date) -> None:
    first, second = (sittings.sitting_day_after(day, count) for count in (1, 2))
    numbers = sittings.day_of_session(first), sittings.day_of_session(second)
    assert numbers[1] in (numbers[0] + 1, 0)
