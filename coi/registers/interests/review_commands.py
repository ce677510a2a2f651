"""What others do about an interest: agree the mitigation, match an organisation. One use case, one entry. What the
Guardian decides stands in redaction_commands.py."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.aliases.commands import keep_words, write_alias
from coi.registers.aliases.rules import is_name, search_key
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.interests import agreer_queries, rules
from coi.registers.interests.matching_queries import wait_key
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion, MitigationAgreer
from coi.registers.interests.redaction_commands import decide_redaction as decide_redaction
from coi.registers.interests.versions import ask_to_screen, copy_of, current_version
from coi.registers.interests.vocabulary import Declaring, InterestStatus


def agree_mitigation(
    interest: Interest, text: str, *, version: int, actor: Actor, at: datetime, body_id: uuid.UUID | None = None
) -> InterestVersion:
    """Agrees what is done about an interest. Nobody agrees the mitigation of their own. Rule: DECL-07; RULEBOOK §6.3."""
    agreer = _named_for(interest, body_id, at) if actor.person_id else None
    rules.check_agreer(
        agreer_id=actor.person_id, holder_id=interest.person_id, named_id=agreer.id if agreer else None,
        named=agreer.name if agreer else "",
    )  # fmt: skip
    if not text.strip():
        raise RuleBroken("Enter the action taken to mitigate the risk", field="mitigation", rule="DECL-07")
    new = copy_of(current_version(interest, version), actor, at, body_id)
    new.mitigation, new.mitigation_agreed_by = text.strip(), actor.person_id
    new.mitigation_agreed_on = clock.local(at).date()
    new.status = InterestStatus.ENDED if new.ended_on else InterestStatus.AGREED
    log.record(Event.MITIGATION_AGREED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new


def _named_for(interest: Interest, body_id: uuid.UUID | None, at: datetime) -> Person | None:
    """Whom the body named for the group that the holder of an interest is in."""
    if body_id is None:
        return None
    group = agreer_queries.group_of(interest.person_id, body_id, clock.local(at).date())
    return agreer_queries.agreers_of(body_id).get(group) if group else None


def name_agreer(
    of_whom: Declaring, agreer: Person, *, body_id: uuid.UUID, actor: Actor, at: datetime
) -> MitigationAgreer:
    """Names who agrees what is done about the interests of a group of people at a body. Raises RuleBroken for somebody who may not agree
    there at all. It delays nothing: an interest counts from the moment it is declared. Rule: DECL-07; RULEBOOK §6.3, §9."""
    if agreer.id not in {each.id for each in agreer_queries.who_could_agree(body_id, clock.local(at).date())}:
        raise RuleBroken(f"{agreer.name} has no role with which to agree this. Give them one first", field="agreer_id")
    named = MitigationAgreer(
        id=uuid.uuid4(),
        body_id=body_id,
        of_whom=of_whom,
        agreer_id=agreer.id,
        agreer=agreer,
        named_at=at,
        named_by=actor.account_id,
    )
    db.session.add(named)
    log.record(Event.MITIGATION_AGREER_NAMED, subject=named, actor=actor, at=at, body_id=body_id)
    return named


def match_everywhere(
    named: InterestOrganisation,
    ticked: Collection[str],
    organisation_id: uuid.UUID | None,
    *,
    waiting: Iterable[InterestOrganisation],
    remember: bool = False,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
) -> str:
    """Matches an organisation, and then, in a use case of its own for each interest, the words that were ticked with it (as `wait_key`
    names them), as far as they still wait. Without an organisation the first alone is taken back to its words. `remember` teaches the
    body what all these words mean. Returns what was done, in words."""
    if organisation_id is None:
        match_organisation(named, None, remember=remember, actor=actor, at=at, body_id=body_id)
        return f"“{named.text}” stands in the words of the declarant"
    chosen = _still_waiting(ticked, waiting)
    by_interest = {named.version.interest_id: [named]}
    for each in chosen:
        by_interest.setdefault(each.version.interest_id, []).append(each)
    for first, *others in by_interest.values():
        also = frozenset(each.text for each in others)
        match_organisation(first, organisation_id, also=also, remember=remember, actor=actor, at=at, body_id=body_id)
    many = len(by_interest)
    done = f"“{named.text}” is matched" + (f" in {many} interests" if many > 1 else "")
    return done + _left(len(ticked) - len(chosen))


def keep_everywhere(
    named: InterestOrganisation,
    ticked: Collection[str],
    why: str,
    *,
    waiting: Sequence[InterestOrganisation],
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID,
) -> str:
    """Keeps words as they were declared, and those that were ticked with them, wherever they stand, until somebody ends that on the page of
    names or they change: a use case of its own for each words. Returns what was done."""
    chosen = _still_waiting(ticked, waiting)
    said = {search_key(each.text): each.text for each in (*reversed(chosen), named)}
    for text in said.values():
        keep_words(body_id, text, why, actor=actor, at=at)
    many = len({each.version.interest_id for each in waiting if search_key(each.text) in said}) - 1
    too = f", in this interest and in {many} more" if many else ""
    done = f"“{named.text}” stays as it was declared{too}. To be asked again, end it under names to remember"
    return done + _left(len(ticked) - len(chosen))


def _still_waiting(ticked: Collection[str], waiting: Iterable[InterestOrganisation]) -> list[InterestOrganisation]:
    return [each for each in waiting if wait_key(each) in ticked]


def _left(many: int) -> str:
    return f". {many} of the others changed meanwhile and {'is' if many == 1 else 'are'} left as found" if many else ""


def match_organisation(
    named: InterestOrganisation,
    organisation_id: uuid.UUID | None,
    *,
    also: Collection[str] = (),
    remember: bool = False,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
) -> InterestVersion:
    """Says which organisation of the reference data the declarant's words mean (None: none of them): a new version, the words kept. The
    same words elsewhere in the interest mean the same, and so do those of `also`. With `remember`, the body is taught that they mean it
    from now on. Raises RuleBroken where they are no name to remember."""
    interest, position, texts = named.version.interest, named.position, {named.text, *also}
    new = copy_of(current_version(interest, named.version.number), actor, at, body_id)
    for each in new.organisations:
        if each.position == position or (each.organisation_id is None and each.text in texts):
            each.organisation_id = organisation_id
    for text in sorted(texts) if remember and body_id else ():
        if text == named.text or is_name(text):
            why = f"Matched for interest {interest.reference}"
            write_alias(body_id, AliasDetails(text, organisation_id, why), actor=actor, at=at)
    ask_to_screen([new], actor, at)
    log.record(Event.ORGANISATION_MATCHED, subject=interest, actor=actor, at=at, body_id=body_id)
    return new
