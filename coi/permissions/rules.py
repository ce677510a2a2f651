"""The role table: which role may do what, and where. Pure."""

import uuid
from collections.abc import Mapping

from coi.permissions.vocabulary import Actor, Permission, Role

P = Permission

_SCRUTINY = {
    P.ASSURANCE_LEDGER_READ,
    P.ASSURANCE_STORY_READ,
    P.COMMITTEES_COMMITTEE_READ,
    P.MEETINGS_CONFLICT_RAISE,
    P.MEETINGS_MEETING_READ,
    P.MEETINGS_MINUTES_READ,
    P.ORGANISATIONS_ORGANISATION_READ,
    P.ORGANISATIONS_RULES_READ,
    P.PEOPLE_PERSON_READ,
    P.PUBLICATION_EDITION_READ,
    P.REGISTERS_GIFT_READ,
    P.REGISTERS_INTEREST_READ,
    P.REGISTERS_PROCUREMENT_READ,
}
_MEMBER = {
    P.ASSURANCE_STORY_READ,
    P.COMMITTEES_COMMITTEE_READ,
    P.MEETINGS_CONFLICT_ANSWER,
    P.MEETINGS_CONFLICT_RAISE,
    P.MEETINGS_MEETING_READ,
    P.MEETINGS_MINUTES_READ,
}
_OWN = {
    P.ACCOUNTS_OWN_USE,
    P.MEETINGS_CONFLICT_RAISE,
    P.MEETINGS_ITEM_KEEP,
    P.MEETINGS_OWN_SEE,
    P.ORGANISATIONS_ORGANISATION_READ,
    P.ORGANISATIONS_RULES_READ,
    P.REGISTERS_GIFT_DECLARE,
    P.REGISTERS_INTEREST_DECLARE,
    P.REGISTERS_INTEREST_DRAFT,
    P.REGISTERS_INTEREST_READ_OWN,
}

# Which items somebody without a role may speak of is asked of each meeting besides: coi/meetings/conflicts/own_queries.py.
# For whom one may draft is asked of each person besides: coi/registers/interests/drafter_queries.py.
# Whose record an item is, is asked of each item besides: coi/meetings/keeper_queries.py.
_BREACHES = {P.REGISTERS_BREACH_ACT, P.REGISTERS_BREACH_READ}
"""Whom a record is kept from, and who acts on it, is asked of each record besides: coi/registers/breaches/rules.py."""

ROLE_TABLE: Mapping[Role, frozenset[Permission]] = {
    Role.DECLARANT: frozenset(_OWN),
    Role.MEMBER: frozenset(_MEMBER | _OWN),
    Role.LAY_MEMBER: frozenset(_MEMBER | _SCRUTINY | _OWN | _BREACHES),
    Role.CHAIR: frozenset(
        _MEMBER | _OWN
        | {P.ASSURANCE_LEDGER_READ, P.MEETINGS_BEFOREHAND_READ, P.MEETINGS_CONFLICT_RULE, P.MEETINGS_MINUTES_CONFIRM, P.REGISTERS_GIFT_READ,
           P.REGISTERS_INTEREST_READ}
    ),
    Role.SECRETARY: frozenset(
        _MEMBER | _SCRUTINY | _OWN
        | {
            P.COMMITTEES_COMMITTEE_MANAGE, P.MEETINGS_ACTION_KEEP, P.MEETINGS_AGENDA_PLAN, P.MEETINGS_BEFOREHAND_READ,
            P.MEETINGS_CONFLICT_RECORD,
            P.MEETINGS_MEETING_RECORD, P.MEETINGS_MINUTES_CONFIRM, P.MEETINGS_MINUTES_DRAFT, P.ORGANISATIONS_ORGANISATION_MANAGE,
            P.PEOPLE_PERSON_MANAGE, P.PUBLICATION_EDITION_PUBLISH, P.REGISTERS_GIFT_ENTER, P.REGISTERS_INTEREST_ENTER,
            P.REGISTERS_PROCUREMENT_KEEP,
            P.REGISTERS_REGISTER_IMPORT, P.REGISTERS_STANDING_KEEP,
        }
    ),
    Role.GOVERNANCE_LEAD: frozenset(
        _SCRUTINY | _OWN
        | {
            P.COMMITTEES_COMMITTEE_MANAGE, P.ORGANISATIONS_ORGANISATION_MANAGE, P.ORGANISATIONS_POLICY_SET, P.PEOPLE_PERSON_MANAGE,
            P.PUBLICATION_EDITION_PUBLISH, P.REGISTERS_BREACH_OVERSEE, P.REGISTERS_DISPOSAL_DO, P.REGISTERS_GIFT_APPROVE,
            P.REGISTERS_GIFT_ENTER, P.REGISTERS_INTEREST_ENTER, P.REGISTERS_INTEREST_MITIGATE, P.REGISTERS_PROCUREMENT_KEEP,
            P.REGISTERS_REGISTER_IMPORT, P.REGISTERS_STANDING_KEEP,
        }
        | _BREACHES
    ),
    Role.GUARDIAN: frozenset(
        _SCRUTINY | _OWN | _BREACHES
        | {P.ORGANISATIONS_POLICY_SET, P.REGISTERS_BREACH_OVERSEE, P.REGISTERS_DISPOSAL_DO, P.REGISTERS_GIFT_APPROVE,
           P.REGISTERS_INTEREST_MITIGATE, P.REGISTERS_REDACTION_DECIDE}
    ),
    Role.AUDITOR: frozenset(_SCRUTINY | {P.ACCOUNTS_OWN_USE, P.REGISTERS_BREACH_READ}),
    Role.ADMINISTRATOR: frozenset(
        {P.ACCOUNTS_ACCOUNT_MANAGE, P.ACCOUNTS_OWN_USE, P.ORGANISATIONS_ORGANISATION_MANAGE, P.ORGANISATIONS_ORGANISATION_READ,
         P.ORGANISATIONS_RULES_READ, P.PEOPLE_PERSON_MANAGE, P.PEOPLE_PERSON_READ}
    ),
}  # fmt: skip


def allows(
    actor: Actor, permission: Permission, body_id: uuid.UUID | None = None, committee_id: uuid.UUID | None = None
) -> bool:
    """Whether `actor` may do `permission` at the body, or for one committee of it. Without `committee_id`, a role for any committee
    of the body is enough: the query that follows is scoped to the actor's committees."""
    return any(permission in ROLE_TABLE[role] for role in actor.roles_at(body_id, committee_id))


def committees_where(actor: Actor, permission: Permission, body_id: uuid.UUID) -> frozenset[uuid.UUID] | None:
    """Returns the committees of a body for which `actor` holds `permission`; None means every committee of the body."""
    here = [
        grant for grant in actor.grants if grant.body_id in (None, body_id) and permission in ROLE_TABLE[grant.role]
    ]
    if any(grant.committee_id is None for grant in here):
        return None
    return frozenset(grant.committee_id for grant in here if grant.committee_id is not None)
