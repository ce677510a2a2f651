"""Reading people and their posts, scoped to a body where a page belongs to one."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi.accounts.belonging import belongs_to, stands_for_somebody
from coi.audit.known_queries import rows_known
from coi.database import Instant, db, stands
from coi.errors import NotFound
from coi.organisations.naming import folded
from coi.people.models import Appointment, Person, PersonMerge
from coi.people.vocabulary import KnownName

BATCH = 500


def people(body_id: uuid.UUID, text: str = "") -> list[Person]:
    """Returns the people of a body, in the order of the registers: whoever holds or held a post, a seat or a role there, and whomever
    it entered who holds none anywhere yet. `text`: only those whose names have all its words, accents or not."""
    found = db.session.scalars(sa.select(Person).where(belongs_to(body_id)).options(selectinload(Person.appointments)))
    words = folded(text).split()
    fitting = [person for person in found if all(word in person.sort_key for word in words)]
    return sorted(fitting, key=lambda person: (person.sort_key, str(person.id)))


def people_of_body(body_id: uuid.UUID, on: date) -> list[Person]:
    """Returns whom to choose from at a body on a day, in the order of the registers: whoever holds a post there on that day, and
    whomever it entered who holds none anywhere yet."""
    return [each for each in people(body_id) if not each.appointments or _holds_post(each, body_id, on)]


def called(people: Iterable[Person], body_id: uuid.UUID, on: date) -> dict[uuid.UUID, str]:
    """Returns what to call these people in a list to choose from, in their order."""
    return names_apart(((each.id, each.name) for each in people), body_id, on)


def names_apart(people: Iterable[tuple[uuid.UUID, str]], body_id: uuid.UUID, on: date) -> dict[uuid.UUID, str]:
    """Returns what to call people in a list to choose from, in their order: by name; whoever shares it with another of them by their posts
    at the body too, and by their address where that tells no more. Asks nothing where no name is shared."""
    said = dict(people)
    borne = Counter(said.values())
    shared = {one for one, name in said.items() if borne[name] > 1}
    if not shared:
        return said
    wanted = sa.select(Person).where(Person.id.in_(shared)).options(selectinload(Person.appointments))
    same = {each.id: each for each in db.session.scalars(wanted)}
    posts = {one: _posts_at(each, body_id, on) for one, each in same.items()}
    posts_borne = Counter((each.name, posts[one]) for one, each in same.items())
    for one, each in same.items():
        is_told = bool(posts[one]) and posts_borne[each.name, posts[one]] == 1
        told = posts[one] if is_told else ", ".join(filter(None, (posts[one], each.email)))
        said[one] = f"{said[one]}, {told or 'no post and no email address'}"
    return said


def _posts_at(person: Person, body_id: uuid.UUID, on: date) -> str:
    held = [each for each in person.appointments if each.body_id == body_id and each.valid_from <= on]
    return ", ".join(dict.fromkeys(each.post for each in held if each.valid_to is None or each.valid_to >= on))


def _holds_post(person: Person, body_id: uuid.UUID, on: date) -> bool:
    return any(
        held.body_id == body_id and held.valid_from <= on and (held.valid_to is None or held.valid_to >= on)
        for held in person.appointments
    )


def person(person_id: uuid.UUID, body_id: uuid.UUID | None = None) -> Person:
    """Returns a person with their posts; with `body_id`, only one of its people. Raises NotFound."""
    wanted = sa.select(Person).where(Person.id == person_id).options(selectinload(Person.appointments))
    found = db.session.scalar(wanted if body_id is None else wanted.where(belongs_to(body_id)))
    if found is None:
        raise NotFound("There is no such person")
    return found


def person_known(found: Person, body_id: uuid.UUID, instant: datetime) -> tuple[dict[str, Any], list[Appointment]]:
    """Returns a person as they were known at an instant, by column, and their posts at a body as they were known then, by their first days.
    Raises NotFound where nobody knew them yet."""
    row = rows_known(Person, [found.id], instant).get(found.id)
    if row is None:
        raise NotFound("This person was not known then")
    wanted = sa.select(Appointment).where(
        Appointment.person_id == found.id, Appointment.body_id == body_id, stands(Appointment, instant)
    )
    return row, list(db.session.scalars(wanted.order_by(Appointment.valid_from, Appointment.id)))


def names_known(ids: Iterable[uuid.UUID], instant: datetime) -> dict[uuid.UUID, KnownName]:
    """Returns what these people were called at an instant, by id: those who were known then."""
    names, wanted = {}, list(set(ids))
    for start in range(0, len(wanted), BATCH):
        for person_id, row in rows_known(Person, wanted[start : start + BATCH], instant).items():
            names[person_id] = KnownName(row["name"], row["sort_key"])
    return names


def persons(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Returns those of `ids` that exist, by id."""
    return {each.id: each for each in db.session.scalars(sa.select(Person).where(Person.id.in_(list(set(ids)))))}


def namesakes(key: str, *, but: uuid.UUID | None = None) -> list[Person]:
    """Returns the people who are ordered under the same key, anywhere in the installation."""
    same = (
        sa.select(Person)
        .where(Person.sort_key == key, stands_for_somebody())
        .options(selectinload(Person.appointments))
    )
    return [each for each in db.session.scalars(same.order_by(Person.recorded_at, Person.id)) if each.id != but]


def known_elsewhere(key: str, email: str, body_id: uuid.UUID) -> Person | None:
    """Returns the one person of this name and this address who is known at other bodies alone; None where there is none, or several.
    Whoever gives both knows them: to no other is anybody of another body shown."""
    if not email:
        return None
    same = sa.select(Person).where(Person.sort_key == key, Person.email == email.strip().lower(), stands_for_somebody())
    found = db.session.scalars(same.where(~belongs_to(body_id)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def by_email(email: str) -> Person | None:
    """Returns the person with an email address; None where there is none, or several."""
    same = sa.select(Person).where(Person.email == email.strip().lower(), stands_for_somebody())
    found = db.session.scalars(same.limit(2)).all()
    return found[0] if email and len(found) == 1 else None


def appointment(appointment_id: uuid.UUID, body_id: uuid.UUID) -> Appointment:
    """Returns a post that somebody holds or held at a body. Raises NotFound."""
    found = db.session.get(Appointment, appointment_id)
    if found is None or found.body_id != body_id:
        raise NotFound("There is no such post")
    return found


def newest_version(held: Appointment) -> Appointment:
    """Returns the version of a post that stands now: `held` itself where nobody entered another."""
    while held.replaced_at is not None:
        later = db.session.scalars(sa.select(Appointment).where(Appointment.replaces_id == held.id)).one_or_none()
        if later is None:  # the same post stands under the record into which this one went
            raise NotFound("There is no such post")
        held = later
    return held


def stands_now(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Returns, of these records of people, under which the person stands now: itself, or the one into which it went."""
    wanted = set(ids)
    merge = sa.select(PersonMerge.merged_id, PersonMerge.kept_id).where(PersonMerge.undone_at.is_(None))
    into = {row.merged_id: row.kept_id for row in db.session.execute(merge)}
    return {each: _last_of(each, into) for each in wanted}


def _last_of(record: uuid.UUID, into: Mapping[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    while record in into:
        record = into[record]
    return record


ALWAYS = datetime(9999, 12, 31, tzinfo=UTC)
"""As an instant: whatever is known by now."""

_HELD = Appointment.__table__.c
_POSTS = (  # columns alone, and built once: a page of the register asks for a hundred people
    sa.select(_HELD.person_id, _HELD.post)
    .where(
        _HELD.person_id.in_(sa.bindparam("ids", expanding=True)),
        _HELD.body_id == sa.bindparam("body"),
        stands(_HELD, sa.bindparam("instant", type_=Instant)),
        _HELD.valid_from <= sa.bindparam("day"),
        sa.or_(_HELD.valid_to.is_(None), _HELD.valid_to >= sa.bindparam("day")),
    )
    .order_by(_HELD.valid_from, _HELD.post, _HELD.id)
)


_EVER_HELD = (
    sa.select(_HELD.person_id, _HELD.post, _HELD.valid_to)
    .where(
        _HELD.person_id.in_(sa.bindparam("ids", expanding=True)),
        _HELD.body_id == sa.bindparam("body"),
        stands(_HELD, sa.bindparam("instant", type_=Instant)),
        _HELD.valid_to.is_not(None),
    )
    .order_by(_HELD.valid_to.desc(), _HELD.valid_from, _HELD.post, _HELD.id)
)


def last_posts(
    person_ids: Iterable[uuid.UUID], body_id: uuid.UUID, known_at: datetime = ALWAYS
) -> dict[uuid.UUID, list[str]]:
    """Returns the posts that people held at a body on the last day of the last of them, by person: of whoever has left."""
    asked = {"ids": list(person_ids), "body": body_id, "instant": known_at}
    posts: dict[uuid.UUID, list[str]] = {}
    last: dict[uuid.UUID, date] = {}
    for person_id, post, valid_to in db.session.execute(_EVER_HELD, asked).all():
        if last.setdefault(person_id, valid_to) == valid_to:
            posts.setdefault(person_id, []).append(post)
    return posts


def posts_on(
    person_ids: Iterable[uuid.UUID], body_id: uuid.UUID, on: date, known_at: datetime = ALWAYS
) -> dict[uuid.UUID, list[str]]:
    """Returns the posts that people hold at a body on a day, by person, as they were known at an instant."""
    posts: dict[uuid.UUID, list[str]] = {}
    asked = {"ids": list(set(person_ids)), "body": body_id, "day": on, "instant": known_at}
    for person_id, post in db.session.execute(_POSTS, asked).all():
        posts.setdefault(person_id, []).append(post)
    return posts


def posts_of_body(body_id: uuid.UUID, on: date, known_at: datetime | None = None) -> list[str]:
    """Returns what the posts are called that somebody holds at a body on a day, as it was known at an instant (None: now), each once, in
    order."""
    wanted = sa.select(Appointment.post).where(
        Appointment.body_id == body_id,
        stands(Appointment, known_at),
        Appointment.valid_from <= on,
        sa.or_(Appointment.valid_to.is_(None), Appointment.valid_to >= on),
    )
    return list(db.session.scalars(wanted.distinct().order_by(Appointment.post)))
