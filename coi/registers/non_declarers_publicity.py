"""The public register of interests with those beside its interests who decide and did not declare, as a person confirmed it and as far
as it still holds."""

import hashlib
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from coi.people.queries import persons
from coi.registers.columns import PublicRow
from coi.registers.interests import public_queries as interests
from coi.registers.interests.columns import SHAPE, MissingFacts, missing_row
from coi.registers.interests.withheld_queries import withheld_fields as of_interests
from coi.registers.non_declarers_queries import list_known, lists_naming, moments_declared
from coi.registers.standing import may_be_named
from coi.registers.standing_queries import committee_names, lines_of_body
from coi.registers.work_list import Line

EVERYTHING = frozenset(SHAPE.names)


@dataclass(frozen=True)
class _Naming:
    """Lists in a row that name a person, without a declaration between them: from the first of them on it is one row of the register.
    `last_list` is the newest."""

    key: str
    person_id: uuid.UUID
    since: date
    last_list: uuid.UUID
    is_over: bool


def public_rows(body_id: uuid.UUID, *, on: date, at: datetime) -> Iterator[PublicRow]:
    """Yields what the register of interests may say on a day, and whom the newest confirmed list names who has not declared since, is
    not away for long by now and has no time left. Rules: REG-02, REG-03, REG-06."""
    yield from interests.public_rows(body_id, on=on, at=at)
    named, lines = _still_named(body_id, _namings(body_id, at), at)
    if not named:
        return
    committees = committee_names({each for line in lines.values() for each in line.committees})
    orders = {person_id: known.sort_key for person_id, known in persons(lines).items()}
    for each in named:
        line = lines[each.person_id]
        seats = tuple(name for key, name in committees.items() if key in line.committees)
        yield missing_row(MissingFacts(
            each.key, line.name, orders[line.person_id], str(line.person_id), tuple(dict.fromkeys(line.positions)), seats,
            line.verdict.due_on or on, each.since,
        ))  # fmt: skip


def withheld_fields(body_id: uuid.UUID, *, at: datetime) -> Mapping[str, frozenset[str]]:
    """Returns what may not be shown today, whatever an edition said: what the register of interests keeps back, and whoever declared
    since, is away for long, has left, or is not on the newest list. Rules: REG-02, REG-06."""
    withheld = of_interests(body_id, at=at)
    namings = _namings(body_id, at)
    if not namings:
        return withheld
    kept = {each.key for each in _still_named(body_id, namings, at)[0]}
    return {**withheld, **{each.key: EVERYTHING for each in namings if each.key not in kept}}


def _still_named(
    body_id: uuid.UUID, namings: Collection[_Naming], at: datetime
) -> tuple[list[_Naming], dict[uuid.UUID, Line]]:
    newest = list_known(body_id, at) if namings else None
    named = [each for each in namings if newest is not None and not each.is_over and each.last_list == newest.id]
    lines = lines_of_body(body_id, at, only=[each.person_id for each in named]) if named else []
    late = {line.person_id: line for line in lines if may_be_named(line.verdict)}
    return [each for each in named if each.person_id in late], late


def _namings(body_id: uuid.UUID, at: datetime) -> list[_Naming]:
    """Who was ever named, each as often as it began anew."""
    lists = lists_naming(body_id, at)
    declared = moments_declared(lists, at) if lists else {}
    found: dict[tuple[uuid.UUID, int], _Naming] = {}
    for person_id, rows in lists.items():
        moments = declared.get(person_id, [])
        for row in rows:  # the declarations before a list tell the rows of the register apart
            before = sum(moment <= row.confirmed_at for moment in moments)
            first = found.get((person_id, before))
            key, since = (first.key, first.since) if first else (_key(row.id, person_id), row.as_at)
            found[person_id, before] = _Naming(key, person_id, since, row.id, before < len(moments))
    return list(found.values())


def _key(list_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """A reference that stays the same while somebody is named. Nobody who does not know the list can tell from it who it was."""
    return f"ND/{hashlib.sha256(list_id.bytes + person_id.bytes).hexdigest()[:10].upper()}"
