"""The register page: a hundred rows as the register knew them at an instant, read in a constant number of queries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from coi.committees.queries import seats_on
from coi.database import db
from coi.guidance.rulesets import FIRST_DAY
from coi.guidance.vocabulary import BodyType, Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.people.queries import last_posts, posts_on
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Permission
from coi.registers.asking import ROWS, Asking, RowsPage
from coi.registers.disposal.vocabulary import DISPOSED
from coi.registers.interests.ending_queries import ending
from coi.registers.interests.limits import limits_on
from coi.registers.interests.people_queries import bound_since
from coi.registers.interests.queries import kept_texts
from coi.registers.interests.register_rows_queries import rows_statement
from coi.registers.interests.register_vocabulary import NamedRow, RegisterRow, Showing
from coi.registers.interests.rules import Lateness, lateness
from coi.registers.interests.vocabulary import DeclaredOn
from coi.wording import and_list

NO_BODY = Rulebook(BodyType.ICB)
"""The guidance alone, where no body is known."""


@dataclass(frozen=True)
class Asked(Asking):
    """What a reader asks of this register: which of its rows, read with which permission."""

    showing: Showing = Showing.EVERYTHING
    permission: Permission = Permission.REGISTERS_INTEREST_READ


def register_page(asked: Asked) -> RowsPage[RegisterRow]:
    """Returns a page of a body's private register: each interest's version that stood at the instant, and a row for everybody who
    declared to have none, or has not declared yet. What people declared who have left stays while it has not ended; asked for, all of
    it. By surname, then reference. A constant number of queries, however many rows."""
    number = max(asked.number, 1)
    found = _found(asked, number)
    if not found and number > 1:  # a page after the last one: the last one is shown
        first = _found(asked, 1)
        number = -(-first[0].total // ROWS) if first else 1
        found = _found(asked, number) if number > 1 else first
    return RowsPage(_rows(found, asked), found[0].total if found else 0, number)


def _found(asked: Asked, number: int) -> Sequence[sa.Row[Any]]:
    """The rows of a page: the person, and the version that it shows or the day of the nil return."""
    committees = committees_where(asked.actor, asked.permission, asked.body_id)
    statement = rows_statement(tuple(asked.find.split()), asked.showing, committees is not None)
    values: dict[str, Any] = {"body_id": asked.body_id, "on": asked.on, "instant": asked.instant}
    if committees is not None:
        values["committees"] = list(committees)
    if asked.showing is Showing.UNMATCHED:
        values["kept"] = kept_texts(asked.body_id, asked.on)
    return db.session.execute(statement, {**values, "rows": ROWS, "skip": (number - 1) * ROWS}).all()


def _rows(found: Sequence[sa.Row[Any]], asked: Asked) -> list[RegisterRow]:
    """The rows of a page with the posts of their people, and how late each interest was declared."""
    people = {row.person_id for row in found}
    posts = posts_on(people, asked.body_id, asked.on, asked.instant)
    left = {row.person_id for row in found if row.left_on}
    posts |= last_posts(left, asked.body_id, asked.instant) if left else {}
    if seated := people - posts.keys():  # who holds no post sits on a committee
        seats = seats_on(seated, asked.body_id, asked.on, asked.instant)
        posts |= {person_id: [f"Member of {and_list(names)}"] for person_id, names in seats.items()}
    bound = bound_since(people)
    rulebook = rulebook_of(asked.body_id)
    return [
        _row(tuple(lines), ", ".join(posts.get(person_id, ())), bound.get(person_id), rulebook)
        for (person_id, _reference), lines in groupby(found, key=_OF_ONE_ROW)
    ]


_OF_ONE_ROW = itemgetter(0, 1)
"""The person and the reference: the lines of one row of the register share them."""


@lru_cache(maxsize=1024)
def _row(lines: tuple[sa.Row[Any], ...], positions: str, bound_on: date | None, rulebook: Rulebook) -> RegisterRow:
    """A row of the register from its lines as they were read. Of the same lines it is made once: what is drawn of it is then found
    again without comparing it."""
    row = lines[0]
    person = (row.person_id, row.name, positions)
    if row.interest_id is None:
        nil_on = DeclaredOn(row.nil_on, bool(row.nil_or_before)) if row.nil_on else None
        return RegisterRow(*person, nil_on=nil_on, left_on=row.left_on)
    named = tuple(NamedRow(each.text, each.organisation or "") for each in lines if each.text is not None)
    return _interest_row(person, row, named, bound_on, rulebook)


def _interest_row(
    person: tuple[uuid.UUID, str, str],
    row: sa.Row[Any],
    named: tuple[NamedRow, ...],
    bound_on: date | None,
    rulebook: Rulebook,
) -> RegisterRow:
    if row.disposed_at is not None:
        return RegisterRow(
            *person, interest_id=row.interest_id, reference=row.reference, nature=row.nature, arose_on=row.arose_on,
            ended_on=row.ended_on, status=row.status, organisations=(NamedRow(DISPOSED, DISPOSED),), is_disposed=True,
            left_on=row.left_on,
        )  # fmt: skip
    late = late_by(
        row.arose_on, row.aware_on, row.first_declared_on, bound_on, rulebook=rulebook, or_before=bool(row.on_or_before)
    )  # fmt: skip
    ended = ending(row.ended_on, row.end_told_on, bound_on, rulebook)
    return RegisterRow(
        *person, interest_id=row.interest_id, reference=row.reference, type=row.type, directness=row.directness, via=row.via,
        role=row.role, nature=row.nature, arose_on=row.arose_on, ended_on=row.ended_on, is_pursuing=row.is_pursuing,
        status=row.status, mitigation=row.mitigation, organisations=named, late=late.short,
        end_late=ended.short if ended else "", is_restricted=bool(row.is_restricted), left_on=row.left_on,
    )  # fmt: skip


def late_by(
    arose_on: date | None,
    aware_on: date | None,
    declared_on: date,
    bound_on: date | None = None,
    *,
    rulebook: Rulebook = NO_BODY,
    or_before: bool = False,
) -> Lateness:
    """Returns how late an interest was declared on both clocks, by the rules of the body (`rulebook`; without one, of the guidance alone)
    on the day on which it was. Rules: DECL-01, DECL-02, DECL-03."""
    if declared_on < FIRST_DAY:
        return Lateness(0, 0)
    days, from_arising = limits_on(rulebook, declared_on)
    return lateness(
        arose_on=arose_on, aware_on=aware_on, declared_on=declared_on, limit_days=days, arising_days=from_arising, bound_on=bound_on,
        or_before=or_before,
    )  # fmt: skip
