"""Writing about organisations: releases of published files, what people enter, and the commissioning bodies."""

import uuid
from datetime import date, datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import BadInput, RuleBroken
from coi.organisations import queries, releases, rules
from coi.organisations.apart import told_by
from coi.organisations.losses import losses_kept
from coi.organisations.models import (
    Body,
    EnteredFact,
    Organisation,
    OrganisationName,
    OrganisationRelation,
    ReferenceRelease,
)
from coi.organisations.naming import folded
from coi.organisations.ods import read_ods, released_on_of
from coi.organisations.reference import facts_of, rows_digest
from coi.organisations.vocabulary import (
    BELONGING,
    ENTERED,
    BodyDetails,
    OrganisationDetails,
    OrganisationStatus,
    RelationDetails,
    RelationKind,
)
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.wording import and_list

MOST_SAID = 5  # organisations that are called the same


def import_release(
    data: bytes,
    filename: str,
    released_on: date | None = None,
    *,
    actor: Actor,
    at: datetime,
    progress: releases.Progress | None = None,
) -> ReferenceRelease:
    """Reads a published file into the reference data: names, states and relations, each from a release to a release. An older
    release never undoes a newer one. Returns the import; the earlier one (imported at another instant) where this very file was
    read before, and then nothing changes. Raises BadInput for a malformed row, a code that stands twice, and a release whose date
    is nowhere to be found; then nothing is stored."""
    file = read_ods(data, filename)
    earlier = queries.release_of(file.sha256)
    if earlier is not None:
        return earlier
    released_on = released_on or released_on_of(filename)
    if released_on is None:
        raise BadInput(
            f"Say when {filename} was released, like --released 2025-08-01. Neither the file nor its name says it"
        )
    if released_on > at.date():
        raise BadInput(f"{filename} cannot have been released on {released_on}, which is in the future")
    known = releases.load()
    releases.merge(known, file, released_on, progress)
    with losses_kept(f"{filename} was read", actor=actor, at=at):
        counts = releases.counts_of(file, releases.write(known))
        db.session.expire_all()  # objects loaded before this do not know what the bulk statements wrote
    release = ReferenceRelease(
        file_kind=file.kind, file_name=filename, sha256=file.sha256, released_on=released_on, counts=dict(counts),
        rows_sha256=rows_digest(db.session.connection()), imported_at=at,
    )  # fmt: skip
    db.session.add(release)
    log.record(Event.ORGANISATIONS_IMPORTED, subject=release, actor=actor, at=at)
    return release


def enter_organisation(details: OrganisationDetails, *, actor: Actor, at: datetime) -> Organisation:
    """Enters an organisation that no published file has. Raises RuleBroken for a code that is malformed or taken, and for a name that
    another one has, unless it is said to be another. Rule: REG-01; RULEBOOK §24 (matching is by organisation)."""
    _allow(rules.may_enter_organisation(details))
    taken = queries.by_code(details.code) if details.code else None
    if taken is not None:
        raise RuleBroken(
            f"{details.code} is the code of {taken.name}. Use that organisation, or enter another code", field="code"
        )
    if not details.is_another and (alike := queries.called_alike(details.name)):
        known = queries.entered_at(each.id for each in alike)
        said = and_list(f"{each.name} ({told_by(each, known.get(each.id))})" for each in alike[:MOST_SAID])
        raise RuleBroken(
            f"Perhaps it is here already: {said}. Use that one, or say that it is another", field="is_another"
        )
    organisation = Organisation(
        id=uuid.uuid4(), kind=details.kind, code=details.code or None, name=details.name, sort_key=folded(details.name),
        status=OrganisationStatus.ACTIVE, town=details.town, postcode=details.postcode, source=ENTERED,
    )  # fmt: skip
    name = OrganisationName(
        organisation=organisation, name=details.name, search_key=folded(details.name), is_current=True
    )
    db.session.add_all([organisation, name])
    fact = _enter_fact(organisation, actor=actor, at=at)
    log.record(Event.ORGANISATION_ENTERED, subject=fact, actor=actor, at=at)
    return organisation


def enter_relation(
    organisation: Organisation, other: Organisation, details: RelationDetails, *, actor: Actor, at: datetime
) -> OrganisationRelation:
    """Enters that `organisation` is, for example, a shareholder in `other`. Raises RuleBroken where the dates do not fit or it is
    known already, and where each would belong to the other, unless that is said to be right."""
    _allow(rules.may_enter_relation(organisation.id, other.id, details))
    if details.kind in BELONGING and not details.is_circle:
        _check_no_circle(organisation, other, details)
    relation = _add_relation(organisation, other, details)
    fact = _enter_fact(relation, actor=actor, at=at)
    log.record(Event.RELATION_ENTERED, subject=fact, actor=actor, at=at)
    return relation


def end_relation(relation: OrganisationRelation, on: date, *, actor: Actor, at: datetime) -> OrganisationRelation:
    """Enters that a relation ended, `on` being its last day. Whoever presides is told of the flags that go with it. Raises RuleBroken for
    one from a published file."""
    if relation.source != ENTERED:
        raise RuleBroken("This relation comes from a published file. It ends when a newer file says so")
    _allow(rules.may_end_on(relation.valid_from, on))
    organisation, other = queries.organisation(relation.from_id), queries.organisation(relation.to_id)
    said = f"the entry that {organisation.name} is {relation.kind.phrase} {other.name} was ended"
    with losses_kept(said, actor=actor, at=at):
        relation.valid_to = on
    fact = _enter_fact(relation, actor=actor, at=at)
    log.record(Event.RELATION_ENDED, subject=fact, actor=actor, at=at)
    return relation


def enter_successor(
    organisation: Organisation, successor: Organisation, on: date | None = None, *, actor: Actor, at: datetime
) -> OrganisationRelation:
    """Enters who succeeded an organisation, from a day (the day after it closed, where `on` is None and that is known)."""
    _allow(rules.may_succeed(organisation.id, successor.id, queries.successions()))
    relation = _add_relation(
        organisation, successor, RelationDetails(RelationKind.SUCCEEDED_BY, on or organisation.closed_on)
    )
    fact = _enter_fact(relation, actor=actor, at=at)
    log.record(Event.SUCCESSOR_ENTERED, subject=fact, actor=actor, at=at)
    return relation


def enter_body(details: BodyDetails, *, actor: Actor, at: datetime) -> Body:
    """Enters a commissioning body. Raises RuleBroken where its web address or its name is taken, or the actor is no
    administrator of the installation. Rule: SEC-ROLE."""
    if not allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, None):
        raise RuleBroken("Only an administrator of the installation can enter a body", rule="SEC-ROLE")
    _allow(rules.may_enter_body(details))
    if any(folded(each.name) == folded(details.name) for each in queries.bodies()):
        raise RuleBroken(f"{details.name} has been entered already", field="name")
    if queries.body_by_slug(details.slug) is not None:
        raise RuleBroken(f"Another body uses “{details.slug}”. Enter another start of its web address", field="slug")
    body = Body(
        slug=details.slug, name=details.name, kind=details.kind, ods_code=details.ods_code,
        area_codes=list(details.area_codes), contact=details.contact,
    )  # fmt: skip
    db.session.add(body)
    db.session.flush()  # the entry names the body, whose key must exist
    log.record(Event.BODY_ENTERED, subject=body, actor=actor, at=at, body_id=body.id)
    return body


def _allow(verdict: rules.Verdict) -> None:
    if not verdict:
        raise RuleBroken(verdict.reason, field=verdict.field)


def _check_no_circle(organisation: Organisation, other: Organisation, details: RelationDetails) -> None:
    owners = queries.belongings(details.valid_from, details.valid_to)
    between = rules.way_between(other.id, organisation.id, owners)
    if between is not None:
        called = queries.organisations(between)
        through = f", through {and_list(called[each].name for each in between)}" if between else ""
        raise RuleBroken(
            f"{other.name} belongs to {organisation.name} already{through}. Check which of them owns the other, or say that it is right",
            field="is_circle",
        )


def _add_relation(organisation: Organisation, other: Organisation, details: RelationDetails) -> OrganisationRelation:
    for known, there in queries.relations_of(organisation.id):
        same = known.from_id == organisation.id and there.id == other.id and known.kind == details.kind
        if same and (known.valid_to is None or details.valid_from is None or known.valid_to >= details.valid_from):
            raise RuleBroken(f"{organisation.name} is {details.kind.phrase} {other.name} already", field="other")
    relation = OrganisationRelation(
        id=uuid.uuid4(), from_id=organisation.id, to_id=other.id, kind=details.kind, valid_from=details.valid_from,
        valid_to=details.valid_to, source=ENTERED, detail=details.detail.strip() or None, stated_in=details.stated_in.strip() or None,
    )  # fmt: skip
    db.session.add(relation)
    return relation


def _enter_fact(row: Organisation | OrganisationRelation, *, actor: Actor, at: datetime) -> EnteredFact:
    """Keeps what was entered as evidence: the row itself is reference data, which the ledger does not follow row by row."""
    db.session.flush()  # defaults of the row are part of the evidence
    fact = EnteredFact(
        subject_table=row.__tablename__,
        subject_id=row.id,
        facts=facts_of(row),
        entered_by=actor.account_id,
        entered_at=at,
    )
    db.session.add(fact)
    return fact
