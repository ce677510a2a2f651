"""Seats for quorum tests: a seat in one line."""

from typing import Any

from coi.committees.vocabulary import MemberClass, Office, Seat


def seat(name: str, member_class: str = "lay", *roles: str, office: str | None = None, **more: Any) -> Seat:
    """Returns the seat of somebody called `name`, who is there and votes unless `more` says otherwise."""
    offices = frozenset() if office is None else frozenset({Office(office)})
    for words in ("attributes", "management"):
        more[words] = frozenset(more.get(words, ()))
    return Seat(name.lower(), name, MemberClass(member_class), roles=frozenset(roles), offices=offices, **more)


def some(number: int, member_class: str = "other", **more: Any) -> list[Seat]:
    """Returns seats of as many people who meet no condition but the number."""
    return [seat(f"Member {index}", member_class, **more) for index in range(number)]
