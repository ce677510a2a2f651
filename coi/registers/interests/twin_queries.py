"""Reading which interests of a person look the same as what is about to be declared."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.naming import folded
from coi.registers.interests.models import Declaration, InterestVersion
from coi.registers.interests.queries import declarations_of, standing_of
from coi.registers.interests.vocabulary import DeclarationKind, InterestDetails
from coi.registers.interests.wording import lines_of
from coi.registers.twins import Twin

_Looks = tuple[object, ...]


def twins_of(person_id: uuid.UUID, declared: Sequence[InterestDetails], at: datetime) -> list[Twin]:
    """Returns the interests of a person, not ended, that look the same as one of these: of one kind, in the same organisations, in the
    same role and through the same person; of several, which. Rule: DECL-01."""
    wanted: dict[_Looks, int] = {}
    for number, details in enumerate(declared, 1):
        if details.ended_on is None:
            wanted.setdefault(_looks(details), number)
    found = [each for each in standing_of(person_id, at) if _looks(each) in wanted] if wanted else []
    if not found:
        return []
    made = {each.declaration_id for each in found}
    by = dict(
        db.session.execute(sa.select(Declaration.id, Declaration.entered_by_name).where(Declaration.id.in_(made))).all()
    )
    twins = []
    for each in found:
        number = wanted[_looks(each)]
        sent = (number, lines_of(declared[number - 1])["Organisation"]) if len(declared) > 1 else (0, "")
        title = lines_of(each)["Organisation"]
        twins.append(Twin(each.interest.reference, title, each.declared_on, by.get(each.declaration_id, ""), *sent))
    return twins


def check_nil_twin(person_id: uuid.UUID, on: date) -> None:
    """Raises RuleBroken where the last that a person declared is a nil return of the same day: the paper was entered already. Rule:
    DECL-04."""
    last = next(iter(declarations_of(person_id)), None)
    if last is not None and last.kind is DeclarationKind.NIL and last.declared_on == on:
        raise RuleBroken(
            f"This looks the same as {last.reference}, a nil return of this date that {last.entered_by_name} entered", field="declared_on",
            rule="DECL-04",
        )  # fmt: skip


def _looks(stated: InterestDetails | InterestVersion) -> _Looks:
    named = frozenset(folded(each.text) for each in stated.organisations)
    unnamed = "" if named else folded(stated.nature)
    return stated.type, stated.directness, stated.via, stated.role, named, unnamed
