"""Reading what files of older registers are searched for, on account of the records that are disposed of."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coi.audit.known_queries import rows_ever
from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db
from coi.organisations.naming import folded
from coi.people.models import Appointment, Person, PersonMerge
from coi.registers.disposal.sought import Sought, as_sought
from coi.registers.disposal.vocabulary import DueRecord
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.importing.models import RegisterImport, RegisterUpload
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.procurement.models import ProcurementDecision, ProcurementVersion
from coi.registers.vocabulary import RegisterKind

_Ids = Collection[uuid.UUID]
_OfPeople = Mapping[uuid.UUID, set[Any]]


@dataclass(frozen=True)
class _Version:
    """What a version of a record says of itself. `body_id`: on whose register it is (None: wherever its holder serves or served)."""

    record: tuple[RegisterKind, uuid.UUID]
    at: datetime
    words: str
    person_id: uuid.UUID | None = None
    body_id: uuid.UUID | None = None


def sought(records: Collection[DueRecord]) -> list[Sought]:
    """Returns what files are searched for, for each of these records that a file can hold."""
    of_record: dict[tuple[RegisterKind, uuid.UUID], list[_Version]] = defaultdict(list)
    for kind, read in _READING.items():
        if ids := [each.id for each in records if each.register is kind]:
            for version in read(ids):
                of_record[version.record].append(version)
    people = {each.person_id for versions in of_record.values() for each in versions if each.person_id}
    records = _records_of(people) if people else {}
    about = (_served(people), _borne(records), _called(records)) if people else ({}, {}, {})
    return [_sought(versions, *about) for versions in of_record.values()]


def _sought(versions: list[_Version], served: _OfPeople, borne: _OfPeople, called: _OfPeople) -> Sought:
    (kind, key), who, body_id = versions[0].record, versions[0].person_id, versions[0].body_id
    at = frozenset(each.at for each in versions)
    bodies, names, said = (set(of[who]) if who in of else set() for of in (served, borne, called))
    return Sought(
        str(key), kind, min(at), frozenset({body_id} if body_id else bodies), at, frozenset(names), frozenset(said),
        frozenset(words for each in versions if (words := as_sought(each.words))),
    )  # fmt: skip


def _interests(ids: _Ids) -> Iterator[_Version]:
    wanted = sa.select(
        Interest.id, Interest.person_id, InterestVersion.recorded_at, InterestVersion.nature, InterestOrganisation.text
    )
    wanted = wanted.join(InterestVersion, InterestVersion.interest_id == Interest.id)
    wanted = wanted.outerjoin(InterestOrganisation, InterestOrganisation.version_id == InterestVersion.id)
    for row in db.session.execute(wanted.where(Interest.id.in_(ids))):
        yield _Version((RegisterKind.INTERESTS, row.id), row.recorded_at, row.text or row.nature, row.person_id)


def _gifts(ids: _Ids) -> Iterator[_Version]:
    wanted = sa.select(Gift.id, Gift.person_id, Gift.body_id, GiftVersion.recorded_at, GiftVersion.description)
    for row in db.session.execute(wanted.join(GiftVersion, GiftVersion.gift_id == Gift.id).where(Gift.id.in_(ids))):
        yield _Version((RegisterKind.GIFTS, row.id), row.recorded_at, row.description, row.person_id, row.body_id)


def _procurements(ids: _Ids) -> Iterator[_Version]:
    record, version = ProcurementDecision, ProcurementVersion
    wanted = sa.select(record.id, record.body_id, version.recorded_at, version.title)
    for row in db.session.execute(wanted.join(version, version.procurement_id == record.id).where(record.id.in_(ids))):
        yield _Version((RegisterKind.PROCUREMENT, row.id), row.recorded_at, row.title, None, row.body_id)


_READING = {
    RegisterKind.INTERESTS: _interests, RegisterKind.GIFTS: _gifts, RegisterKind.PROCUREMENT: _procurements,
}  # fmt: skip


def _served(people: _Ids) -> _OfPeople:
    """The bodies where people serve or served."""
    posts = sa.select(Appointment.person_id, Appointment.body_id).where(Appointment.person_id.in_(people))
    seats = sa.select(Membership.person_id, SERVED.c.body_id).join(
        SERVED, SERVED.c.committee_id == Membership.committee_id
    )
    found: dict[uuid.UUID, set[Any]] = defaultdict(set)
    for person_id, body_id in db.session.execute(sa.union(posts, seats.where(Membership.person_id.in_(people)))):
        found[person_id].add(body_id)
    return found


def _records_of(people: _Ids) -> dict[uuid.UUID, uuid.UUID]:
    """Every record of these people, and whose it is: their own, and those that were joined with it since they were entered twice."""
    wanted = sa.select(PersonMerge.merged_id, PersonMerge.kept_id).where(PersonMerge.undone_at.is_(None))
    joined = [(row.merged_id, row.kept_id) for row in db.session.execute(wanted)]
    found = {each: each for each in people}
    while more := {merged: found[kept] for merged, kept in joined if kept in found and merged not in found}:
        found |= more
    return found


def _borne(records: Mapping[uuid.UUID, uuid.UUID]) -> _OfPeople:
    """The family names of people, now and before, as the ledger remembers them; of whoever has one name alone, that."""
    found: dict[uuid.UUID, set[Any]] = defaultdict(set)
    for record_id, states in rows_ever(Person, records).items():
        names = (folded(each["family_name"] or "") or folded(each["given_names"] or "") for each in states)
        found[records[record_id]] |= set(names) - {""}
    return found


def _called(records: Mapping[uuid.UUID, uuid.UUID]) -> _OfPeople:
    """By what other names files named people, as somebody said in an import."""
    found: dict[uuid.UUID, set[Any]] = defaultdict(set)
    ids = {str(record): person for record, person in records.items()}
    said = sa.union_all(sa.select(RegisterImport.people), sa.select(RegisterUpload.people))
    for named in db.session.scalars(said):
        for key, person in (named or {}).items():
            if person in ids:
                found[ids[person]].add(key.partition("|")[0])
    return found
