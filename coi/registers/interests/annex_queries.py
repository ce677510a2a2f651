"""Reading what the paper of a declaration says: everything that stood when it was sent."""

from collections.abc import Iterable
from datetime import datetime

from coi import clock
from coi.organisations.models import Body
from coi.people.queries import posts_on
from coi.registers.interests.annex import AnnexFacts, AnnexRow
from coi.registers.interests.columns import role_beside
from coi.registers.interests.models import Declaration, InterestVersion
from coi.registers.interests.people_queries import people_of_body
from coi.registers.interests.queries import interests_known_at, redactions_of
from coi.registers.interests.redaction import state_at
from coi.registers.interests.related_queries import fellow_partners
from coi.registers.interests.vocabulary import TYPE_WORDS, RedactionState
from coi.registers.interests.wording import NOT_AGREED, day, is_one_day, organisations_in, started, whose
from coi.wording import moment


def annex_of(declaration: Declaration, body: Body) -> AnnexFacts:
    """Returns the facts of a declaration's paper, as the register knew them when it was sent."""
    at, person = declaration.submitted_at, declaration.person
    known = interests_known_at([person.id], at)
    shown = [each for each in known if each.ended_on is None or each.declaration_id == declaration.id]
    asked = redactions_of([each.interest_id for each in shown])
    withheld = {
        key
        for key, each in asked.items()
        if each.requested_at <= at and state_at(each, body.id) is not RedactionState.REFUSED
    }
    positions = posts_on([person.id], body.id, clock.local(at).date()).get(person.id, [])
    return AnnexFacts(
        reference=declaration.reference, body=body.name, contact=body.contact, name=person.name, positions=tuple(positions),
        declared=declaration.declared, sent=moment(at), statement=declaration.statement,
        rows=tuple(_row(each, each.interest_id in withheld) for each in shown),
        entered_by=declaration.entered_by_name if declaration.on_behalf else "", drafted_by=declaration.drafted_by_name or "",
        partners=_partners(shown, body, at),
    )  # fmt: skip


def _partners(versions: Iterable[InterestVersion], body: Body, at: datetime) -> tuple[str, ...]:
    """What fellow partners in the practices of a declarant had declared by then, each of them once."""
    here = people_of_body(body.id, clock.local(at).date(), instant=at)
    return tuple(
        dict.fromkeys(each.words for version in versions for each in fellow_partners(version, at, here, body.id))
    )


def _row(version: InterestVersion, withheld: bool) -> AnnexRow:
    relation = "" if version.via is None else f" {whose(version.directness, version.via)}."
    role = role_beside(version.nature, version.role, is_in_one=bool(version.organisations))
    where = f"{organisations_in(version)}: {role}" if role else organisations_in(version)
    dates = (
        day(version.arose_on) if is_one_day(version) else f"{started(version)} – {day(version.ended_on) or 'goes on'}"
    )
    return AnnexRow(
        TYPE_WORDS[version.type], f"{where}.{relation} {version.nature}",
        dates, version.mitigation or NOT_AGREED, withheld,
    )  # fmt: skip
