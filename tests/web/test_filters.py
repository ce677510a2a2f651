"""How dates, times and lists read."""

from datetime import UTC, date, datetime, time

import pytest

from coi.wording import and_list, clock_time, day, in_sentence, moment


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 12), "12 November 2026"),
        (date(2026, 5, 1), "1 May 2026"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "1 July 2026"),
        (None, ""),
    ],
)
def test_a_day_is_written_out(value: date | None, words: str) -> None:
    assert day(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (time(14, 5), "2:05pm"), (time(9), "9am"), (time(0), "midnight"), (time(12), "midday"), (time(0, 5), "12:05am"),
        (time(12, 30), "12:30pm"), (None, ""),
    ],
)  # fmt: skip
def test_a_time_is_written_as_the_nhs_writes_it(value: time | None, words: str) -> None:
    assert clock_time(value) == words


def test_an_instant_is_shown_in_london() -> None:
    assert moment(datetime(2026, 11, 12, 14, 5, tzinfo=UTC)) == "12 November 2026, 2:05pm"
    assert moment(datetime(2026, 7, 12, 14, 5, tzinfo=UTC)) == "12 July 2026, 3:05pm"
    assert moment(None) == ""


@pytest.mark.parametrize(
    ("values", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_ends_in_and(values: list[str], words: str) -> None:
    assert and_list(values) == words


@pytest.mark.parametrize(
    ("words", "read"), [("Salaried GP", "salaried GP"), ("GP trainer", "GP trainer"), ("A partner", "a partner")]
)
def test_short_forms_keep_their_capitals_within_a_sentence(words, read):
    assert in_sentence(words) == read


def test_the_picture_of_a_deputy_s_path_draws_the_member_and_their_spouse_each_by_themselves(app):
    picture = app.jinja_env.filters["drawn"](
        ("Ms Dell → deputy for Dr Ash → Dr Ash’s spouse", "owner of Elm", "in item 7")
    )
    assert picture.rpartition("coi-path__down")[2].count("<rect") == 5
