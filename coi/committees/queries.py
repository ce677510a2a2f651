"""Reading committees, their terms in force and who sits on them, scoped to the actor's committees."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi import clock
from coi.accounts.models import RoleGrant
from coi.committees.away import away_for_long
from coi.committees.details import ATTRIBUTE_NAMES, CLASS_NAMES, attribute_label
from coi.committees.expression import attributes_in
from coi.committees.joint_queries import SERVED
from coi.committees.models import Committee, Membership, TermsOfReference
from coi.committees.quorum import parse, parse_settings, words_of
from coi.committees.quorum_lint import lint
from coi.committees.quorum_words import settings_in_words
from coi.committees.rules import HeldSeat
from coi.committees.vocabulary import Finding, MemberClass, Office, Seat
from coi.database import Instant, db, stands
from coi.errors import NotFound
from coi.people import queries as people
from coi.people.vocabulary import KnownName
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission

_M = Membership.__table__.c
_SEATS = (  # columns alone, and built once: a page of the register asks for a hundred people
    sa.select(_M.person_id, SERVED.c.name)
    .join(SERVED, SERVED.c.committee_id == _M.committee_id)
    .where(
        _M.person_id.in_(sa.bindparam("ids", expanding=True)),
        SERVED.c.body_id == sa.bindparam("body"),
        stands(_M, sa.bindparam("instant", type_=Instant)),
        _M.valid_from <= sa.bindparam("day"),
        sa.or_(_M.valid_to.is_(None), _M.valid_to >= sa.bindparam("day")),
    )
    .order_by(SERVED.c.name, SERVED.c.committee_id)
)
_CLASSES = list(CLASS_NAMES)
_OFFICES = [Office.CHAIR, Office.CONVENING_CHAIR, Office.VICE_CHAIR, Office.ACTING_CHAIR]


def committees(
    body_id: uuid.UUID, actor: Actor, permission: Permission = Permission.COMMITTEES_COMMITTEE_READ
) -> list[Committee]:
    """Returns the committees of a body, those it shares with others too, for which the actor holds `permission`, by name."""
    wanted = sa.select(Committee).where(_of_body(body_id))
    allowed = committees_where(actor, permission, body_id)
    if allowed is not None:
        wanted = wanted.where(Committee.id.in_(allowed))
    return list(db.session.scalars(wanted.order_by(Committee.name, Committee.id)))


def committee(
    committee_id: uuid.UUID,
    body_id: uuid.UUID,
    actor: Actor,
    permission: Permission = Permission.COMMITTEES_COMMITTEE_READ,
) -> Committee:
    """Returns a committee of a body for which the actor holds `permission`. Raises NotFound, also where it is another's."""
    allowed = committees_where(actor, permission, body_id)
    found = db.session.scalar(sa.select(Committee).where(Committee.id == committee_id, _of_body(body_id)))
    if found is None or (allowed is not None and committee_id not in allowed):
        raise NotFound("There is no such committee")
    return found


def _of_body(body_id: uuid.UUID) -> sa.ColumnElement[bool]:
    return Committee.id.in_(sa.select(SERVED.c.committee_id).where(SERVED.c.body_id == body_id))


def prefix_taken(body_id: uuid.UUID, prefix: str) -> Committee | None:
    """Returns the committee of a body whose references start with `prefix`, if there is one."""
    return db.session.scalar(sa.select(Committee).where(Committee.body_id == body_id, Committee.prefix == prefix))


def terms_of(committee: Committee, known_at: datetime | None = None) -> list[TermsOfReference]:
    """Returns every version of a committee's terms that was known at an instant (None: now), the newest first."""
    wanted = sa.select(TermsOfReference).where(TermsOfReference.committee_id == committee.id)
    if known_at is not None:
        wanted = wanted.where(TermsOfReference.recorded_at <= known_at)
    order = (TermsOfReference.valid_from.desc(), TermsOfReference.recorded_at.desc(), TermsOfReference.id)
    return list(db.session.scalars(wanted.order_by(*order)))


def terms_in_force(committee: Committee, on: date, known_at: datetime | None = None) -> TermsOfReference | None:
    """Returns the terms that hold on a day, as they were known at an instant (None: as they are known now); None before the first
    were adopted. A version recorded later for the same day replaces the earlier one, which stays in the record."""
    wanted = sa.select(TermsOfReference).where(
        TermsOfReference.committee_id == committee.id, TermsOfReference.valid_from <= on
    )
    if known_at is not None:
        wanted = wanted.where(TermsOfReference.recorded_at <= known_at)
    order = (TermsOfReference.valid_from.desc(), TermsOfReference.recorded_at.desc(), TermsOfReference.id)
    found = db.session.scalar(wanted.order_by(*order).limit(1))
    return found if found is not None and (found.valid_to is None or found.valid_to >= on) else None


def latest_terms(committee: Committee) -> TermsOfReference | None:
    """Returns the version of the terms that was recorded last."""
    wanted = sa.select(TermsOfReference).where(TermsOfReference.committee_id == committee.id)
    return db.session.scalar(wanted.order_by(TermsOfReference.recorded_at.desc(), TermsOfReference.id).limit(1))


def terms_version(terms_id: uuid.UUID, committee_id: uuid.UUID) -> TermsOfReference:
    """Returns a version of a committee's terms. Raises NotFound."""
    found = db.session.get(TermsOfReference, terms_id)
    if found is None or found.committee_id != committee_id:
        raise NotFound("There is no such version")
    return found


def membership(membership_id: uuid.UUID, committee_id: uuid.UUID) -> Membership:
    """Returns a seat of a committee. Raises NotFound."""
    found = db.session.get(Membership, membership_id)
    if found is None or found.committee_id != committee_id:
        raise NotFound("There is no such seat")
    return found


def newest_version(member: Membership) -> Membership:
    """Returns the version of a seat that stands now: `member` itself where nobody entered another."""
    while member.replaced_at is not None:
        member = db.session.scalars(sa.select(Membership).where(Membership.replaces_id == member.id)).one()
    return member


def memberships_of(committee: Committee, known_at: datetime | None = None) -> list[Membership]:
    """Returns every seat that is or was filled, in the order of members_on, as they were known at an instant (None: now)."""
    wanted = sa.select(Membership).where(Membership.committee_id == committee.id, stands(Membership, known_at))
    found = list(db.session.scalars(wanted.options(joinedload(Membership.person))))
    names = names_of(found, known_at)
    return sorted(found, key=lambda seat: _order(seat, names[seat.person_id].sort_key))


def names_of(seats: Iterable[Membership], known_at: datetime | None = None) -> dict[uuid.UUID, KnownName]:
    """Returns what those who hold these seats were called at an instant (None: now), by person."""
    names = {each.person_id: KnownName(each.person.name, each.person.sort_key) for each in seats}
    return names if known_at is None else names | people.names_known(names, known_at)


def members_on(committee: Committee, on: date, known_at: datetime | None = None) -> list[Membership]:
    """Returns who sits on a committee on a day, as it was known at an instant (None: now): the chair and vice chair first, then by
    class and name."""
    return [
        seat
        for seat in memberships_of(committee, known_at)
        if seat.valid_from <= on and (seat.valid_to is None or seat.valid_to >= on)
    ]


def _order(seat: Membership, sort_key: str) -> tuple[int, int, str, str]:
    office = _OFFICES.index(seat.office) if seat.office else len(_OFFICES)
    return office, _CLASSES.index(seat.member_class), sort_key, str(seat.id)


def seat_of(member: Membership) -> Seat:
    """Returns a membership as the quorum sees it: present, in person, with nothing ruled."""
    return Seat(
        person=str(member.person_id),
        name=member.person.name,
        member_class=member.member_class,
        voting=member.voting,
        roles=frozenset(member.posts),
        offices=frozenset({member.office} if member.office else ()),
        organisation=member.organisation or None,
        attributes=frozenset(member.attributes),
    )


def seats_of(committee: Committee, on: date, known_at: datetime | None = None) -> tuple[Seat, ...]:
    """Returns the filled seats of a committee on a day, for the quorum. `person` of a seat is the person's id as text."""
    members = members_on(committee, on, known_at)
    names = names_of(members, known_at)
    return tuple(replace(seat_of(member), name=names[member.person_id].name) for member in members)


def held_seats(committee: Committee) -> list[HeldSeat]:
    """Returns every seat of a committee as far as a new one may clash with it."""
    return [
        HeldSeat(str(each.person_id), each.person.name, each.office, each.valid_from, each.valid_to)
        for each in memberships_of(committee)
    ]


def committees_of_person(person_id: uuid.UUID, on: date) -> list[Membership]:
    """Returns the seats that a person holds on a day."""
    wanted = sa.select(Membership).where(
        Membership.person_id == person_id,
        stands(Membership),
        Membership.valid_from <= on,
        sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
    )
    return list(
        db.session.scalars(
            wanted.options(joinedload(Membership.committee)).order_by(Membership.valid_from, Membership.id)
        )
    )


def seats_on(
    person_ids: Iterable[uuid.UUID], body_id: uuid.UUID, on: date, known_at: datetime = people.ALWAYS
) -> dict[uuid.UUID, list[str]]:
    """Returns the names of a body's committees on which people sit on a day, by person, as they were known at an instant."""
    seats: dict[uuid.UUID, list[str]] = {}
    asked = {"ids": list(set(person_ids)), "body": body_id, "day": on, "instant": known_at}
    for person_id, committee_name in db.session.execute(_SEATS, asked).all():
        seats.setdefault(person_id, []).append(committee_name)
    return seats


def role_grants_of(person_id: uuid.UUID, committee_id: uuid.UUID, since: date) -> list[RoleGrant]:
    """Returns the roles that a person has at one committee and that last beyond a day."""
    wanted = sa.select(RoleGrant).where(
        RoleGrant.person_id == person_id,
        RoleGrant.committee_id == committee_id,
        sa.or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to > since),
    )
    return list(db.session.scalars(wanted.order_by(RoleGrant.valid_from, RoleGrant.id)))


def quorum_in_words(terms: TermsOfReference) -> str:
    """Returns the quorum of terms of reference as a sentence for people."""
    return words_of(parse(terms.quorum))


def settings_in_words_of(terms: TermsOfReference) -> tuple[str, ...]:
    """Returns how the quorum of terms is read, a sentence each."""
    return settings_in_words(parse_settings(terms.quorum_settings))


def descriptions_of(committee: Committee) -> dict[str, str]:
    """Returns what can be said of a seat besides its class, each with its label: what the checks know, what the quorum of the terms of
    reference names, in force or still to come, and what is said of a seat already."""
    named = {each for terms in terms_of(committee) for each in attributes_in(parse(terms.quorum))}
    named |= {each for seat in memberships_of(committee) for each in seat.attributes}
    return {**ATTRIBUTE_NAMES, **{each: attribute_label(each) for each in sorted(named) if each not in ATTRIBUTE_NAMES}}


def findings_on(
    committee: Committee, terms: TermsOfReference, on: date, known_at: datetime | None = None
) -> tuple[Finding, ...]:
    """Returns what the guidance asks to be put right, or explained, in a committee's quorum and membership on a day, as it was known at an
    instant (None: now)."""
    rule, settings = parse(terms.quorum), parse_settings(terms.quorum_settings)
    posts = people.posts_of_body(committee.body_id, on, known_at) if terms.primary_care else None
    seats = seats_of(committee, on, known_at)
    away = away_for_long([uuid.UUID(each.person) for each in seats], committee.body_id, known_at or clock.now())
    return lint(
        rule, settings, seats, established=terms.established_voting, primary_care=terms.primary_care, posts=posts, away=away,
    )  # fmt: skip


def vacancies(terms: TermsOfReference, members: Iterable[Membership]) -> list[tuple[MemberClass, bool, int, int]]:
    """Returns for each class of the composition: the class, whether its seats vote, how many there are and how many are filled."""
    filled: dict[tuple[MemberClass, bool], int] = {}
    for member in members:
        key = (member.member_class, member.voting)
        filled[key] = filled.get(key, 0) + 1
    groups = [(MemberClass(group["class"]), bool(group["voting"]), int(group["seats"])) for group in terms.composition]
    return [(kind, voting, seats, filled.get((kind, voting), 0)) for kind, voting, seats in groups]
