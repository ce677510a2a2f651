"""Reading which interests of a person look the same as what is about to be declared."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.naming import folded
from coi.registers.interests.models import Declaration, InterestVersion
from coi.registers.interests.queries import declarations_of, standing_of
from coi.registers.interests.sitting import Sitting
from coi.registers.interests.vocabulary import DeclarationKind, InterestDetails, Still
from coi.registers.interests.wording import organisations_in
from coi.registers.twins import Twin


def twins_in(sitting: Sitting, person_id: uuid.UUID, at: datetime) -> list[Twin]:
    """Returns what somebody is about to declare a second time: what stands on the register already, not ended, and looks the same as
    something new (of one kind, in the same organisations, in the same role and through the same person), and what they entered twice in
    this sitting. Rule: DECL-01."""
    new = {number: each.details() for number, each in enumerate(sitting.entries, 1) if not each.is_change}
    is_one_of_several = sitting.is_confirming or len(sitting.entries) > 1
    found = [*_on_the_register(new, _standing(sitting, person_id, at) if new else ()), *_in_the_sitting(sitting)]
    return found if is_one_of_several else [replace(each, number=0, sent="") for each in found]


def _standing(sitting: Sitting, person_id: uuid.UUID, at: datetime) -> list[InterestVersion]:
    """What stands on the register, but for lines that are about to end or to be changed."""
    over = {line.interest_id for line in sitting.lines if line.still != Still.RIGHT}
    return [each for each in standing_of(person_id, at) if str(each.interest_id) not in over]


def _on_the_register(new: Mapping[int, InterestDetails], standing: Sequence[InterestVersion]) -> list[Twin]:
    pairs = [
        (number, details, each)
        for each in standing
        for number, details in new.items()
        if details.ended_on is None and _looks_the_same(details, each)
    ]
    if not pairs:
        return []
    made = {each.declaration_id for _, _, each in pairs}
    by = dict(
        db.session.execute(sa.select(Declaration.id, Declaration.entered_by_name).where(Declaration.id.in_(made))).all()
    )
    return [
        Twin(
            each.interest.reference, organisations_in(each), each.declared_on, by.get(each.declaration_id, ""), number,
            organisations_in(details),
        )
        for number, details, each in pairs
    ]  # fmt: skip


def _in_the_sitting(sitting: Sitting) -> list[Twin]:
    """Which new interests say the very same as another one of the sitting, also as one that changes a line of the register."""
    said: dict[int, InterestDetails] = {}
    found = []
    changes_first = sorted(enumerate(sitting.entries, 1), key=lambda numbered: not numbered[1].is_change)
    for number, entry in changes_first:
        details, title = entry.details(), organisations_in(entry.details())
        same_as = next((other for other, each in said.items() if _says_the_same(details, each)), None)
        if same_as is None:
            said[number] = details
        elif not entry.is_change:
            found.append(Twin("", title, None, "", number, title, same_as))
    return found


def check_nil_twin(person_id: uuid.UUID, on: date) -> None:
    """Raises RuleBroken where the last that a person declared is a nil return of the same day: the paper was entered already. Rule:
    DECL-04."""
    last = next(iter(declarations_of(person_id)), None)
    if last is not None and last.kind is DeclarationKind.NIL and last.declared_on == on:
        raise RuleBroken(
            f"This looks the same as {last.reference}, a nil return of this date that {last.entered_by_name} entered", field="declared_on",
            rule="DECL-04",
        )  # fmt: skip


def _looks_the_same(one: InterestDetails, other: InterestDetails | InterestVersion) -> bool:
    """Whether two are of one kind, in the same organisations, in the same role and through the same person; of no organisation, whether
    they say the same."""
    if _kind(one) != _kind(other):
        return False
    ids = _ids(one)
    return _texts(one) == _texts(other) or (None not in ids and bool(ids) and ids == _ids(other))


def _says_the_same(one: InterestDetails, other: InterestDetails) -> bool:
    """Whether two that are entered in one sitting agree in their words and dates as well: somebody may have two roles in one company."""
    return _looks_the_same(one, other) and _rest(one) == _rest(other)


def _kind(stated: InterestDetails | InterestVersion) -> tuple[object, ...]:
    return stated.type, stated.directness, stated.via, stated.role


def _texts(stated: InterestDetails | InterestVersion) -> frozenset[str]:
    return frozenset(folded(each.text) for each in stated.organisations) or frozenset({folded(stated.nature)})


def _ids(stated: InterestDetails | InterestVersion) -> frozenset[uuid.UUID | None]:
    if isinstance(stated, InterestVersion):
        return frozenset(each.organisation_id for each in stated.organisations)
    return frozenset(each.id for each in stated.organisations)


def _rest(stated: InterestDetails) -> tuple[object, ...]:
    particulars = sorted((name, folded(text)) for name, text in stated.particulars.items())
    return stated.subtype, folded(stated.nature), stated.arose_on, stated.ended_on, stated.is_pursuing, particulars
