"""Writing about committees: establish them, adopt their terms, fill and end their seats."""

import uuid
from datetime import date, datetime
from typing import Any

from coi.accounts.models import RoleGrant
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.committees import queries, rules
from coi.committees.details import MODEL_NAMES, CommitteeDetails, DescriptionDetails, MemberDetails, TermsDetails
from coi.committees.models import Committee, CommitteeBody, Membership, TermsOfReference
from coi.committees.quorum import settings_to_data, to_data
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor

ANY_VERSION = uuid.UUID(int=0)
"""As `seen_terms`: whatever version there is."""


def establish_committee(body: Body, details: CommitteeDetails, *, actor: Actor, at: datetime) -> Committee:
    """Establishes a committee of a body, or a joint one that keeps its papers there. Raises RuleBroken where its name is missing or
    its prefix is malformed or taken."""
    rules.check_committee(details)
    taken = queries.prefix_taken(body.id, details.prefix)
    if taken is not None:
        raise RuleBroken(f"{taken.name} uses {details.prefix} already. Enter another", field="prefix")
    committee = Committee(
        id=uuid.uuid4(), body_id=body.id, name=details.name, prefix=details.prefix,
        established_on=details.established_on, recorded_at=at,
    )  # fmt: skip
    db.session.add(committee)
    for other in details.joint_with:
        db.session.add(CommitteeBody(committee_id=committee.id, body_id=other))
    log.record(Event.COMMITTEE_ESTABLISHED, subject=committee, actor=actor, at=at, body_id=body.id)
    return committee


def adopt_terms(
    committee: Committee,
    details: TermsDetails,
    *,
    seen_terms: uuid.UUID | None = ANY_VERSION,
    actor: Actor,
    at: datetime,
) -> TermsOfReference:
    """Adopts a version of a committee's terms of reference from a day. Nothing is overwritten: a version for the same day replaces
    the earlier one from now on. Raises EditConflict where somebody adopted terms since `seen_terms` (None: none yet) was read."""
    latest = queries.latest_terms(committee)
    if seen_terms != ANY_VERSION and seen_terms != (latest.id if latest else None):
        theirs = _labelled_terms(latest) if latest else {}
        raise EditConflict(f"The terms of reference of {committee.name}", theirs=theirs, yours=_labelled(details))
    rules.check_terms(details, committee.established_on)
    rule, settings = rules.quorum_from(details)
    terms = TermsOfReference(
        committee_id=committee.id,
        valid_from=details.valid_from,
        recorded_at=at,
        model=details.model,
        quorum=to_data(rule),
        quorum_settings=settings_to_data(settings),
        quorum_preset="" if details.expression else details.preset,
        quorum_figures={} if details.expression else _plain_figures(details),
        functions=sorted(details.functions),
        composition=[
            {"class": group.member_class.value, "seats": group.seats, "voting": group.voting}
            for group in details.composition
            if group.seats
        ],
        established_voting=rules.established_voting(details.composition),
        casting_vote=details.casting_vote,
        deputies_allowed=details.deputies_allowed,
        temporary_allowed=details.temporary_allowed,
        urgent_power=details.urgent_power.strip(),
        primary_care=details.primary_care,
    )
    db.session.add(terms)
    log.record(Event.TERMS_ADOPTED, subject=terms, actor=actor, at=at, body_id=committee.body_id)
    return terms


def appoint_member(
    committee: Committee, person: Person, details: MemberDetails, *, actor: Actor, at: datetime
) -> Membership:
    """Gives a person a seat on a committee, and the roles that go with it: member or lay member, and chair for whoever may have to
    preside. Raises RuleBroken for impossible dates, a person who has a seat, a second chair, and the actor's own seat."""
    if actor.person_id is not None and actor.person_id == person.id:
        raise RuleBroken("You cannot appoint yourself. Ask a colleague to do it", field="person_id", rule="SEC-ROLE")
    rules.check_member(details, queries.held_seats(committee), committee.established_on, committee.ended_on)
    member = Membership(
        id=uuid.uuid4(),
        committee_id=committee.id,
        person=person,
        member_class=details.member_class,
        voting=details.voting,
        office=details.office,
        posts=list(details.posts),
        organisation=details.organisation,
        attributes=sorted(details.attributes),
        valid_from=details.valid_from,
        valid_to=details.valid_to,
        recorded_at=at,
    )
    db.session.add(member)
    _grant_roles(committee, person, details)
    log.record(Event.MEMBER_APPOINTED, subject=member, actor=actor, at=at, body_id=committee.body_id)
    return member


def describe_membership(member: Membership, details: DescriptionDetails, *, actor: Actor, at: datetime) -> Membership:
    """Enters what is said of a seat, as a new version of it: the quorum may ask for something new. Returns the version. Raises
    EditConflict where somebody entered another since `member` was read, RuleBroken for the actor's own seat."""
    if actor.person_id is not None and actor.person_id == member.person_id:
        raise RuleBroken("You cannot describe your own seat. Ask a colleague to do it", field="posts", rule="SEC-ROLE")
    newest = queries.newest_version(member)
    if newest is not member:
        theirs, yours = (
            {"Posts": ", ".join(each.posts), "What else applies": ", ".join(sorted(each.attributes))} for each in (newest, details)
        )  # fmt: skip
        raise EditConflict(f"The seat of {member.person.name}", theirs=theirs, yours=yours)
    described = _version_of(member, at)
    described.posts, described.attributes = list(details.posts), sorted(details.attributes)
    log.record(Event.MEMBERSHIP_DESCRIBED, subject=described, actor=actor, at=at, body_id=member.committee.body_id)
    return described


def end_membership(member: Membership, on: date, *, actor: Actor, at: datetime) -> Membership:
    """Enters the last day of a seat as a new version of it, and ends the roles that went with it. Returns the version. Raises RuleBroken
    for a day before the first, EditConflict where somebody entered another version since `member` was read."""
    if on < member.valid_from:
        raise RuleBroken("The last day must be the same as or after the first day", field="valid_to")
    newest = queries.newest_version(member)
    if newest is not member:
        theirs = {"Last day": newest.valid_to.isoformat() if newest.valid_to else ""}
        raise EditConflict(f"The seat of {member.person.name}", theirs=theirs, yours={"Last day": on.isoformat()})
    ended = _version_of(member, at)
    ended.valid_to = on
    for grant in queries.role_grants_of(member.person_id, member.committee_id, on):
        if grant.valid_from == member.valid_from:
            grant.valid_to = on
    log.record(Event.MEMBERSHIP_ENDED, subject=ended, actor=actor, at=at, body_id=member.committee.body_id)
    return ended


def _version_of(member: Membership, at: datetime) -> Membership:
    """A new version of a seat, like the one that it replaces."""
    member.replaced_at = at
    version = Membership(
        id=uuid.uuid4(), committee_id=member.committee_id, person=member.person, member_class=member.member_class,
        voting=member.voting, office=member.office, posts=list(member.posts), organisation=member.organisation,
        attributes=list(member.attributes), valid_from=member.valid_from, valid_to=member.valid_to, recorded_at=at,
        replaces_id=member.id,
    )  # fmt: skip
    db.session.add(version)
    return version


def _grant_roles(committee: Committee, person: Person, details: MemberDetails) -> None:
    """The roles are part of the appointment and stand in its entry: giving them is not a second use case."""
    for role in rules.roles_for(details.member_class, details.office):
        db.session.add(
            RoleGrant(
                person_id=person.id, role=role, body_id=committee.body_id, committee_id=committee.id,
                valid_from=details.valid_from, valid_to=details.valid_to,
            )
        )  # fmt: skip


def _plain_figures(details: TermsDetails) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in details.figures.items()}


def _labelled(details: TermsDetails) -> dict[str, str]:
    rule, _ = rules.quorum_from(details)
    return {
        "Starts on": details.valid_from.isoformat(),
        "Model": MODEL_NAMES[details.model],
        "Quorum": queries.words_of(rule),
        "Voting seats": str(rules.established_voting(details.composition)),
    }


def _labelled_terms(terms: TermsOfReference) -> dict[str, str]:
    return {
        "Starts on": terms.valid_from.isoformat(),
        "Model": MODEL_NAMES[terms.model],
        "Quorum": queries.quorum_in_words(terms),
        "Voting seats": str(terms.established_voting),
    }
