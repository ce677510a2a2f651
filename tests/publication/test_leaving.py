"""How long past editions show what left the register: as long as it would have been public, and no day longer than the public months."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coi.clock import months_after
from coi.publication.leaving import last_day_in_editions
from coi.publication.vocabulary import NO_END

DAYS = st.dates(date(2013, 4, 1), date(2040, 1, 1))
MONTHS = st.none() | st.integers(0, 60)


@given(DAYS | st.just(NO_END), DAYS, st.booleans(), MONTHS)
def test_no_record_is_shown_longer_than_it_was_public_for_anyway(until, left_on, is_replaced, months):
    assert last_day_in_editions(until, left_on, is_replaced=is_replaced, months=months) <= until


@given(DAYS | st.just(NO_END), DAYS, MONTHS)
def test_what_was_not_replaced_is_in_no_edition_from_the_day_on_which_it_left(until, left_on, months):
    assert last_day_in_editions(until, left_on, is_replaced=False, months=months) < left_on


@given(DAYS, MONTHS, st.integers(0, 4000))
def test_what_was_replaced_stays_for_the_public_months_and_not_a_day_longer(left_on, months, more):
    until = left_on + timedelta(days=more)
    last = last_day_in_editions(until, left_on, is_replaced=True, months=months)
    assert left_on <= last == min(until, months_after(left_on, months or 0))
