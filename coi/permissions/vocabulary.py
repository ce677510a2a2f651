"""The words of access: roles, permissions, grants and the actor. Standard library only."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to a body, or to one committee of it, from one date to another."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    CHAIR = "chair"
    DECLARANT = "declarant"
    GOVERNANCE_LEAD = "governance_lead"
    GUARDIAN = "guardian"
    LAY_MEMBER = "lay_member"
    MEMBER = "member"
    SECRETARY = "secretary"


class Permission(StrEnum):
    """What can be done: source:subject:action, alphabetical, one line each."""

    ACCOUNTS_ACCOUNT_MANAGE = "accounts:account:manage"  # make accounts, give and end roles
    ACCOUNTS_OWN_USE = "accounts:own:use"  # one's own sign-in, password and sessions
    ASSURANCE_LEDGER_READ = "assurance:ledger:read"  # ledger entries, checkpoints, verification
    ASSURANCE_STORY_READ = "assurance:story:read"  # what happened to an item, from declaration to minute
    COMMITTEES_COMMITTEE_MANAGE = "committees:committee:manage"  # committees, terms of reference, memberships
    COMMITTEES_COMMITTEE_READ = "committees:committee:read"  # who sits on it and when it is quorate
    MEETINGS_ACTION_KEEP = "meetings:action:keep"  # the action log
    MEETINGS_AGENDA_PLAN = "meetings:agenda:plan"  # plan a meeting, build and reorder its agenda
    MEETINGS_BEFOREHAND_READ = "meetings:beforehand:read"  # who was asked before a meeting, and what they said
    MEETINGS_CONFLICT_ANSWER = "meetings:conflict:answer"  # say agree, ended or not me to a flag on oneself
    MEETINGS_CONFLICT_RAISE = "meetings:conflict:raise"  # tell the chair of a conflict nobody flagged
    MEETINGS_CONFLICT_RECORD = "meetings:conflict:record"  # write down a ruling as the chair dictated it
    MEETINGS_CONFLICT_RULE = "meetings:conflict:rule"  # rule on a conflict, confirm a dictated ruling
    MEETINGS_ITEM_KEEP = "meetings:item:keep"  # keep the record of an item: the secretary, or whoever is named instead
    MEETINGS_MEETING_READ = "meetings:meeting:read"  # agenda, flags, quorum and decisions of one's committees
    MEETINGS_MEETING_RECORD = "meetings:meeting:record"  # attendance, presence, decisions, votes
    MEETINGS_MINUTES_CONFIRM = "meetings:minutes:confirm"  # confirm minutes at the next meeting
    MEETINGS_MINUTES_DRAFT = "meetings:minutes:draft"  # compose minutes from what was recorded
    MEETINGS_MINUTES_READ = "meetings:minutes:read"  # minutes, drafts included
    MEETINGS_OWN_SEE = "meetings:own:see"  # the items that concern oneself, at meetings one reads of or takes part in
    ORGANISATIONS_ORGANISATION_MANAGE = (
        "organisations:organisation:manage"  # enter organisations, relations, successors
    )
    ORGANISATIONS_ORGANISATION_READ = "organisations:organisation:read"  # search and read reference data
    ORGANISATIONS_POLICY_SET = "organisations:policy:set"  # stricter figures of the body's own policy
    ORGANISATIONS_RULES_READ = "organisations:rules:read"  # the rules that apply at a body
    PEOPLE_PERSON_MANAGE = "people:person:manage"  # enter people and their posts
    PEOPLE_PERSON_READ = "people:person:read"  # the list of people and their posts
    REGISTERS_BREACH_ACT = (
        "registers:breach:act"  # act on suspected breaches: the Guardian, or whoever is named instead
    )
    REGISTERS_BREACH_OVERSEE = (
        "registers:breach:oversee"  # name who acts in place of the Guardian; years without breaches
    )
    REGISTERS_BREACH_READ = "registers:breach:read"  # read the records of breaches that are not kept from one
    PUBLICATION_EDITION_PUBLISH = "publication:edition:publish"  # publish a register, see what would be public
    PUBLICATION_EDITION_READ = "publication:edition:read"  # what was published when, sealed files too
    REGISTERS_DISPOSAL_DO = "registers:disposal:do"  # dispose of records whose years of keeping are over
    REGISTERS_GIFT_APPROVE = "registers:gift:approve"  # decide on an offer as a senior manager, never one to oneself
    REGISTERS_GIFT_DECLARE = "registers:gift:declare"  # declare what one was offered, and read that
    REGISTERS_GIFT_ENTER = (
        "registers:gift:enter"  # enter an offer to somebody else or to the organisation, put it right
    )
    REGISTERS_GIFT_READ = "registers:gift:read"  # the private register of gifts and hospitality
    REGISTERS_INTEREST_DECLARE = "registers:interest:declare"  # declare one's own interests
    REGISTERS_INTEREST_DRAFT = "registers:interest:draft"  # draft for somebody who may be drafted for, and alone signs
    REGISTERS_INTEREST_ENTER = "registers:interest:enter"  # enter a declaration on somebody's behalf
    REGISTERS_INTEREST_MITIGATE = "registers:interest:mitigate"  # agree the mitigation of an interest, never one's own
    REGISTERS_INTEREST_READ = "registers:interest:read"  # the private register of a body
    REGISTERS_INTEREST_READ_OWN = "registers:interest:read-own"  # one's own declarations
    REGISTERS_PROCUREMENT_KEEP = "registers:procurement:keep"  # enter and correct procurement decisions
    REGISTERS_PROCUREMENT_READ = "registers:procurement:read"  # the private register of procurement decisions
    REGISTERS_REDACTION_DECIDE = "registers:redaction:decide"  # decide a redaction request (Guardian alone)
    REGISTERS_REGISTER_IMPORT = "registers:register:import"  # take over a body's register from a file
    REGISTERS_STANDING_KEEP = "registers:standing:keep"  # who is due: remind, mark absent, keep the training record


@dataclass(frozen=True)
class Grant:
    """A role held now. `committee_id` None means the whole body; `body_id` None means the installation (administrator only)."""

    role: Role
    body_id: uuid.UUID | None
    committee_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: in a request, on the command line, in a job or through a link. `name` is shown to people and never put in a ledger
    entry; `account_id` is the pseudonym that is."""

    name: str
    account_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    grants: tuple[Grant, ...] = field(default=())
    via: str = "session"

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    def roles_at(self, body_id: uuid.UUID | None, committee_id: uuid.UUID | None = None) -> frozenset[Role]:
        """Returns the roles that count at a body; where `committee_id` is given, only those for that committee or the whole body."""
        return frozenset(
            grant.role
            for grant in self.grants
            if grant.body_id in (None, body_id) and (committee_id is None or grant.committee_id in (None, committee_id))
        )


NOBODY = Actor(name="Somebody who is not signed in", via="public")


def system_actor(via: str) -> Actor:
    """Returns the installation itself as an actor, for example `system_actor("cli")` or `system_actor("job")`. It may do anything
    that a command allows; views never act as it."""
    return Actor(name="The system", grants=(Grant(Role.ADMINISTRATOR, None), Grant(Role.SECRETARY, None)), via=via)
