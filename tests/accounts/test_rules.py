"""Rules of accounts: passwords, waiting, roles."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.accounts.rules import (
    ADDRESS_LIMIT,
    PAIR_LIMIT,
    WINDOW,
    end_refusal,
    password_refusal,
    role_refusal,
    seconds_to_wait,
)
from coi.accounts.vocabulary import RoleDetails
from coi.permissions.vocabulary import Actor, Grant, Role, system_actor

BODY, OTHER, ANN, BEN = (uuid.UUID(int=number) for number in range(1, 5))
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "password",
    [
        "violet tractor sings nightly", "eleven lamps upon a hill", "Zażółć gęślą jaźń", "8f3kQ02mzp1X", "9481 0275 6633 19",
        "x" * 5 + "yzabcdefghijklmnopqrst" * 3,
    ],
)  # fmt: skip
def test_a_long_password_of_ones_own_words_is_good(password: str) -> None:
    assert password_refusal(password, ("ann.example@northmoor.nhs.uk", "Dr Ann Example")) is None


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "Password2026!", "PASSWORD-PASSWORD", "aaaaaaaaaaaa", "121212121212", "123456789012", "qwertyuiop12",
        "nhs-register-2026", "annexample2026!", "Northmoor Northmoor", "letmeinletmein", "NHS conflict register 1",
    ],
)  # fmt: skip
def test_a_password_that_anybody_would_try_is_refused(password: str) -> None:
    refusal = password_refusal(password, ("ann.example@northmoor.nhs.uk", "Dr Ann Example"))
    assert refusal is not None
    assert "too easy to guess" in refusal


@pytest.mark.parametrize(("length", "refused"), [(11, True), (12, False), (64, False), (200, False), (201, True)])
def test_a_password_has_12_to_200_characters(length: int, refused: bool) -> None:
    password = ("ḿnvåqzkpwtrj" * 20)[:length]
    assert (password_refusal(password) is not None) is refused


@given(st.text(), st.lists(st.text(max_size=8), max_size=3))
def test_every_password_has_an_answer(password: str, context: list[str]) -> None:
    refusal = password_refusal(password, context)
    assert refusal is None or (len(password) >= 12) != ("12 characters or more" in refusal)


def failures(number: int, ago: timedelta) -> list[datetime]:
    """So many failures, a second apart, the last of them so long ago."""
    return [NOON - ago - timedelta(seconds=number - each) for each in range(number)]


def test_the_sixth_attempt_in_a_quarter_of_an_hour_must_wait() -> None:
    assert seconds_to_wait(failures(PAIR_LIMIT - 1, timedelta(0)), [], NOON) == 0
    assert 0 < seconds_to_wait(failures(PAIR_LIMIT, timedelta(0)), [], NOON) <= WINDOW.total_seconds() + 1


def test_after_a_quarter_of_an_hour_nobody_waits() -> None:
    assert seconds_to_wait(failures(PAIR_LIMIT * 3, WINDOW), [], NOON) == 0


def test_an_address_that_tries_many_accounts_must_wait() -> None:
    assert seconds_to_wait([], failures(ADDRESS_LIMIT, timedelta(0)), NOON) > 0


@given(st.lists(st.integers(0, 2000), max_size=20))
def test_whoever_waits_as_long_as_told_may_try_again(ago: list[int]) -> None:
    pair = [NOON - timedelta(seconds=seconds) for seconds in ago]
    wait = seconds_to_wait(pair, [], NOON)
    assert seconds_to_wait(pair, [], NOON + timedelta(seconds=wait)) == 0


ADMIN = Actor("Ann", uuid.uuid4(), ANN, (Grant(Role.ADMINISTRATOR, BODY),))


def role(
    person: uuid.UUID = BEN, kind: Role = Role.SECRETARY, body: uuid.UUID | None = BODY, until: date | None = None
) -> RoleDetails:
    return RoleDetails(person, kind, body, date(2026, 4, 1), valid_to=until)


def test_an_administrator_gives_roles_at_the_own_body() -> None:
    assert role_refusal(role(), ADMIN) is None
    assert role_refusal(role(until=date(2026, 4, 1)), ADMIN) is None


@pytest.mark.parametrize(
    ("details", "actor", "reason"),
    [
        (role(body=OTHER), ADMIN, "Only an administrator"),
        (role(body=None, kind=Role.ADMINISTRATOR), ADMIN, "Only an administrator"),
        (role(person=ANN), ADMIN, "cannot give yourself"),
        (role(until=date(2026, 3, 31)), ADMIN, "on or after the day it starts"),
        (role(body=None), system_actor("cli"), "Select the organisation"),
        (role(), Actor("Sam", uuid.uuid4(), uuid.uuid4(), (Grant(Role.SECRETARY, BODY),)), "Only an administrator"),
        (role(), Actor("Gil", uuid.uuid4(), uuid.uuid4(), (Grant(Role.GUARDIAN, BODY),)), "Only an administrator"),
    ],
)
def test_a_role_that_may_not_be_given_says_why(details: RoleDetails, actor: Actor, reason: str) -> None:
    refusal = role_refusal(details, actor)
    assert refusal is not None
    assert reason in refusal


@pytest.mark.parametrize(
    ("kind", "ends", "others", "refused"),
    [
        (Role.ADMINISTRATOR, date(2026, 5, 1), 0, True),
        (Role.ADMINISTRATOR, date(2026, 5, 1), 1, False),
        (Role.CHAIR, date(2026, 5, 1), 0, False),
        (Role.CHAIR, date(2026, 4, 1), 0, False),
        (Role.CHAIR, date(2026, 3, 31), 0, True),
    ],
)
def test_the_last_administrator_stays(kind: Role, ends: date, others: int, refused: bool) -> None:
    assert bool(end_refusal(kind, starts=date(2026, 4, 1), ends=ends, other_administrators=others)) is refused
