"""Reading what a record of a person holds, wherever it stands, and which records went into it."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.accounts.belonging import belongs_to
from coi.database import Base, db, stands
from coi.errors import NotFound
from coi.people.models import Appointment, Person, PersonMerge
from coi.people.rules import overlap
from coi.registers.interests.models import DeclarationDraft, DeclarationDrafter
from coi.registers.same_person.rules import COUNTED, MOVES, STAYS, Place

_PERSON = Person.__table__


def places() -> list[Place]:
    """Returns every column of the database that names a person."""
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    return [(each.table.name, each.name) for each in columns if each.references(_PERSON.c.id)]


def in_the_way(person_id: uuid.UUID) -> list[str]:
    """Returns the tables in which a record is named that can neither be moved nor stay."""
    return [table for table, _ in _naming(person_id, [each for each in places() if each not in MOVES | STAYS])]


def _naming(person_id: uuid.UUID, columns: Sequence[Place]) -> list[Place]:
    """Which of these columns name a record, asked at once."""
    tables = Base.metadata.tables
    asked = [sa.exists().where(tables[table].c[column] == person_id) for table, column in columns]
    answers = db.session.execute(sa.select(*(each.label(f"at_{number}") for number, each in enumerate(asked)))).one()
    return [place for place, is_named in zip(columns, answers, strict=True) if is_named]


def lock(ids: Collection[uuid.UUID]) -> None:
    """Keeps others from these records until the transaction ends."""
    db.session.execute(sa.select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update(of=_PERSON))


def rows_to_move(person_id: uuid.UUID) -> Iterator[tuple[str, Any]]:
    """Yields what moves with a record, each row with its table."""
    for table, _ in _naming(person_id, sorted(MOVES)):
        model = _model(table)
        for row in db.session.scalars(sa.select(model).where(model.person_id == person_id).order_by(model.id)):
            yield table, row


def moved_rows(merge: PersonMerge) -> Iterator[Any]:
    """Yields what moved when two records were joined, as far as it is there still and is the person's to whom it went."""
    for table, ids in merge.moved.items():
        model = _model(table)
        wanted = sa.select(model).where(
            model.id.in_([uuid.UUID(each) for each in ids]), model.person_id == merge.kept_id
        )
        yield from db.session.scalars(wanted.order_by(model.id))


def _model(table: str) -> Any:
    return next(each.class_ for each in Base.registry.mappers if each.local_table.name == table)


def held_twice(kept_id: uuid.UUID, merged_id: uuid.UUID) -> list[Appointment]:
    """Returns the posts of a record that the other one holds as well on one of the days."""
    held = sa.select(Appointment).where(Appointment.person_id.in_((kept_id, merged_id)), stands(Appointment))
    posts = list(db.session.scalars(held.order_by(Appointment.id)))
    theirs = [each for each in posts if each.person_id == kept_id]
    return [each for each in posts if each.person_id == merged_id and any(_is_same(each, other) for other in theirs)]


def _is_same(one: Appointment, other: Appointment) -> bool:
    same = (one.body_id, one.post.casefold()) == (other.body_id, other.post.casefold())
    return same and overlap((one.valid_from, one.valid_to), (other.valid_from, other.valid_to))


def left_as_twice(merge: PersonMerge) -> list[Appointment]:
    """Returns the posts that were left behind since the other record holds them too."""
    posts = sa.select(Appointment).where(
        Appointment.person_id == merge.merged_id, Appointment.replaced_at == merge.merged_at
    )
    return list(db.session.scalars(posts.order_by(Appointment.id)))


def is_known_elsewhere(person_id: uuid.UUID, body_id: uuid.UUID) -> bool:
    """Whether a record has or had posts at another body."""
    elsewhere = sa.exists().where(Appointment.person_id == person_id, Appointment.body_id != body_id)
    return bool(db.session.scalar(sa.select(elsewhere)))


def has_begun(person_id: uuid.UUID) -> bool:
    """Whether somebody has begun a declaration under a record and not sent it, or lets somebody draft for them."""
    drafts = sa.exists().where(DeclarationDraft.person_id == person_id)
    drafting = sa.exists().where(DeclarationDrafter.person_id == person_id, DeclarationDrafter.ended_at.is_(None))
    return bool(db.session.scalar(sa.select(sa.or_(drafts, drafting))))


def counts(person_id: uuid.UUID) -> list[tuple[int, str]]:
    """Returns how much of what a record holds, in words, as far as it is for whoever keeps the people."""
    asked = []
    for table in COUNTED:
        column = Base.metadata.tables[table].c
        wanted = sa.select(sa.func.count()).where(column.person_id == person_id)
        if table == "appointment":
            wanted = wanted.where(column.replaced_at.is_(None))
        asked.append(wanted.scalar_subquery().label(f"of_{table}"))
    numbers = zip(db.session.execute(sa.select(*asked)).one(), COUNTED.values(), strict=True)
    return [(number, one if number == 1 else several) for number, (one, several) in numbers if number]


def others(person: Person, body_id: uuid.UUID) -> list[Person]:
    """Returns the other people of a body, of the same family name first, then in the order of the registers."""
    wanted = sa.select(Person).where(belongs_to(body_id), Person.id != person.id)
    found = db.session.scalars(wanted.order_by(Person.sort_key, Person.id))
    family = person.sort_key.split("  ")[0]
    return sorted(found, key=lambda each: each.sort_key.split("  ")[0] != family)


def merges_into(person_id: uuid.UUID, body_id: uuid.UUID) -> list[PersonMerge]:
    """Returns which records went into one at a body and were not taken back, the latest first."""
    wanted = sa.select(PersonMerge).where(
        PersonMerge.kept_id == person_id, PersonMerge.body_id == body_id, PersonMerge.undone_at.is_(None)
    )
    newest_first = wanted.options(joinedload(PersonMerge.merged)).order_by(PersonMerge.merged_at.desc(), PersonMerge.id)
    return list(db.session.scalars(newest_first))


def merge(merge_id: uuid.UUID, body_id: uuid.UUID) -> PersonMerge:
    """Returns one of them. Raises NotFound."""
    found = db.session.get(PersonMerge, merge_id)
    if found is None or found.body_id != body_id or found.undone_at is not None:
        raise NotFound("There is no such record")
    return found
