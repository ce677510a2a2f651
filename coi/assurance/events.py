"""Pure: what each ledger event says in plain words, and the kinds that a reader of the ledger can choose from."""

from enum import StrEnum

from coi.audit.vocabulary import Event


class Kind(StrEnum):
    """What an entry is about, as a reader chooses."""

    DECLARATIONS = "declarations"
    CONFLICTS = "conflicts"
    MEETINGS = "meetings"
    DECISIONS = "decisions"
    MINUTES = "minutes"
    ACTIONS = "actions"
    COMMITTEES = "committees"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    ACCOUNTS = "accounts"
    BREACHES = "breaches"
    PROCUREMENT = "procurement"
    RECORD = "record"


KIND_WORDS = {
    Kind.DECLARATIONS: "Declarations of interest",
    Kind.CONFLICTS: "Conflicts and rulings",
    Kind.MEETINGS: "Meetings, agendas and attendance",
    Kind.DECISIONS: "Decisions",
    Kind.MINUTES: "Minutes",
    Kind.ACTIONS: "Actions",
    Kind.COMMITTEES: "Committees",
    Kind.PEOPLE: "People",
    Kind.ORGANISATIONS: "Organisations",
    Kind.ACCOUNTS: "Accounts and roles",
    Kind.BREACHES: "Breaches",
    Kind.PROCUREMENT: "Procurement decisions",
    Kind.RECORD: "Files and the record itself",
}

EVENT_WORDS: dict[Event, str] = {
    Event.ACCESS_LOG_SEALED: "The list of who read what was sealed",
    Event.ACCOUNT_CREATED: "An account was made",
    Event.ACCOUNT_DISABLED: "An account was closed",
    Event.ACCOUNT_ENABLED: "An account was opened again",
    Event.ACCOUNT_LINK_ISSUED: "A link to set a password was sent",
    Event.ACCOUNT_PASSWORD_CHANGED: "A password was changed",
    Event.ACCOUNT_PASSWORD_REHASHED: "The same password was stored in a newer form",
    Event.SECTIONS_ERASED: "Content of earlier entries was erased",
    Event.ROLES_HANDED_OVER: "Roles were handed over or covered",
    Event.ROLE_ENDED: "A role was ended",
    Event.ROLE_GRANTED: "A role was given",
    Event.BODY_ENTERED: "A commissioning body was entered",
    Event.COMMITTEE_ESTABLISHED: "A committee was set up",
    Event.MEMBER_APPOINTED: "A member was appointed to a committee",
    Event.MEMBERSHIP_DESCRIBED: "What is said of a seat on a committee was changed",
    Event.MEMBERSHIP_ENDED: "A membership of a committee ended",
    Event.TERMS_ADOPTED: "Terms of reference were adopted",
    Event.ACTION_CLOSED: "An action was closed",
    Event.ACTION_HANDED_OVER: "An action went over with its owner’s role",
    Event.ACTION_RAISED: "An action was agreed",
    Event.ACTION_UPDATED: "Progress on an action was noted",
    Event.AGENDA_REORDERED: "The order of an agenda was changed",
    Event.ATTENDANCE_EXPECTED: "Who is expected at a meeting was recorded",
    Event.ATTENDANCE_RECORDED: "Somebody’s part in a meeting was recorded",
    Event.ITEM_KEEPER_NAMED: "Somebody was named to keep the record of an item in place of the secretary",
    Event.CHAIR_CORRECTED: "Who took the chair, or when, was corrected",
    Event.CHAIR_HANDED_OVER: "The chair was handed over",
    Event.CHAIR_RETURNED: "The chair was given back",
    Event.CLINICAL_INPUT_RECORDED: "A clinical view on an item was recorded",
    Event.CLINICAL_INPUT_STRUCK_OUT: "A clinical view that was entered by mistake was struck out",
    Event.CLINICIAN_CHANGED: "What the roster of independent clinicians says was changed",
    Event.CLINICIAN_LISTED: "An independent clinician was put on the roster",
    Event.DECISION_CORRECTED: "What was recorded of a decision was corrected",
    Event.DECISION_IRREGULAR: "A decision was recorded as irregular",
    Event.DECISION_TAKEN: "A decision was taken",
    Event.DISCUSSION_NOTED: "The discussion of an item was noted",
    Event.BEFOREHAND_ANSWERED: "Somebody said before a meeting what they have an interest in",
    Event.MEETING_TASK_ENDED: "What was declared at a meeting reached the register, or does not have to",
    Event.BEFOREHAND_ASKED: "Somebody was asked before a meeting to confirm the register and to declare",
    Event.BEFOREHAND_ASKED_AGAIN: "Somebody who had not answered before a meeting was asked again",
    Event.FLAG_ANSWERED: "Somebody answered a flag about themselves",
    Event.FLAG_CONFIRMED: "A flag was confirmed as a conflict",
    Event.FLAG_DISMISSED: "A flag was dismissed, with a reason",
    Event.FLAG_LOST: "An item reaches a flag no more, since the register was changed",
    Event.FLAG_LOSS_SEEN: "Whoever presides saw which flags an item reaches no more",
    Event.FLAG_RAISED: "Somebody told the chair of a conflict",
    Event.INTEREST_DECLARED_AT_MEETING: "Somebody declared at a meeting",
    Event.ITEM_ADDED: "An item was put on an agenda",
    Event.ITEM_CARRIED: "An item that was put off was put on a later agenda",
    Event.ITEM_CHANGED: "An item of an agenda was changed",
    Event.ITEM_DEFERRED: "An item was put off to a later meeting",
    Event.ITEM_NOTED: "An item was noted",
    Event.ITEM_OPENED: "An item was reached",
    Event.ITEM_REFERRED: "An item was referred to somebody else",
    Event.ITEM_REMOVED: "An item was taken off an agenda",
    Event.MEETING_CALLED_OFF: "A meeting was called off",
    Event.MATTER_PART_RECORDED: "It was recorded who worked on a matter, or declared on it, before",
    Event.MATTER_PART_WITHDRAWN: "What was recorded of earlier work on a matter was withdrawn",
    Event.CALLING_OFF_TOLD: "Those who were to come were told that a meeting was called off",
    Event.MEETING_CHANGED: "The day, time or place of a meeting was changed",
    Event.MEETING_CLOSED: "A meeting was closed",
    Event.CLOSING_CORRECTED: "The closing time of a meeting was corrected",
    Event.MEETING_OPENED: "A meeting was opened",
    Event.MEETING_PLANNED: "A meeting was planned",
    Event.MINUTES_CONFIRMED: "Minutes were confirmed",
    Event.MINUTES_DRAFTED: "Minutes were composed as a draft",
    Event.PAPER_ADDED: "A paper was added to an item",
    Event.PAPER_WITHDRAWN: "A paper was withdrawn",
    Event.PRESENCE_RECORDED: "It was recorded that somebody came, left or returned",
    Event.RULING_CONFIRMED: "A ruling that was dictated was confirmed",
    Event.RULING_DISPUTED: "Somebody refused to leave, or disputed the ruling on them",
    Event.RULING_DISPUTE_STRUCK_OUT: "A dispute about a ruling that was entered by mistake was struck out",
    Event.URGENT_DECISION_RECORDED: "An urgent decision between meetings was recorded",
    Event.URGENT_DECISION_REPORTED: "The audit committee was told of an urgent decision",
    Event.URGENT_DECISION_STRUCK_OUT: "An urgent decision that was entered by mistake was struck out",
    Event.RULING_MADE: "The chair ruled on a conflict",
    Event.RULING_RECORDED: "A ruling on a conflict was written down as dictated",
    Event.ALIAS_ENDED: "A name for an organisation was ended",
    Event.ALIAS_TAUGHT: "It was taught which organisation a name means",
    Event.SUGGESTION_DECLINED: "Somebody said that an item does not concern whom its wording suggests",
    Event.FILE_STORED: "A file was stored",
    Event.ORGANISATION_ENTERED: "An organisation was entered",
    Event.ORGANISATIONS_IMPORTED: "A published list of organisations was imported",
    Event.POLICY_SET: "A figure of the body’s own policy was set",
    Event.RELATION_ENDED: "A relation between organisations ended",
    Event.RELATION_ENTERED: "A relation between organisations was entered",
    Event.SUCCESSOR_ENTERED: "The successor of an organisation was entered",
    Event.APPOINTMENT_ENDED: "A post ended",
    Event.APPOINTMENT_ENTERED: "A post was entered",
    Event.PERSON_CHANGED: "The details of a person were changed",
    Event.PERSON_ENTERED: "A person was entered",
    Event.RECORDS_JOINED: "Two records were said to be one person, entered twice",
    Event.RECORDS_PARTED: "It was taken back that two records are one person",
    Event.ABSENCE_ENTERED: "It was entered that people are away for long",
    Event.ABSENCE_ENDED: "The end of a long absence was entered",
    Event.BREACHLESS_YEAR_STATED: "It was stated that a year had no breaches",
    Event.BREACHLESS_YEAR_WITHDRAWN: "The statement that a year had no breaches was withdrawn",
    Event.POSSIBLE_BREACH_FOUND: "A late interest was found to concern a past decision",
    Event.POSSIBLE_BREACH_JUDGED: "A possible breach was judged",
    Event.BREACH_ASSESSED: "A suspected breach was taken up, or its record put right",
    Event.BREACH_CLOSED: "The record of a suspected breach was closed",
    Event.BREACH_GROUND_CORRECTED: "What a suspected breach was opened from was corrected",
    Event.BREACH_MESSAGE_SENT: "A message about a suspected breach was sent in confidence",
    Event.BREACH_NOTED: "A line was added to the record of a suspected breach",
    Event.BREACH_OPENED: "A suspected breach was opened from what happened",
    Event.BREACH_PASSED_ON: "It was said whether a suspected breach is about the Guardian",
    Event.BREACH_PERSON_NAMED: "Somebody was named in the record of a suspected breach",
    Event.BREACH_PERSON_REMOVED: "Somebody was taken out of the record of a suspected breach",
    Event.BREACH_REPORTED: "A suspected breach was reported in confidence",
    Event.BREACH_TWIN_WITHDRAWN: "What the public reads of a breach was withdrawn",
    Event.BREACH_TWIN_WRITTEN: "What the public reads of a breach was written",
    Event.EDITION_PUBLISHED: "An edition of a register was published",
    Event.DECLARATION_SUBMITTED: "Interests were declared",
    Event.DRAFTER_ENDED: "Somebody may no longer draft another person’s declarations",
    Event.DRAFTER_NAMED: "Somebody may draft another person’s declarations, who alone signs them",
    Event.FORM_ATTACHED: "A scanned form was kept with a declaration",
    Event.MITIGATION_AGREER_NAMED: "Somebody was named to agree what is done about interests",
    Event.DECLARING_LINK_ISSUED: "A link to declare was sent",
    Event.GUARDIAN_SUBSTITUTE_ENDED: "Somebody no longer acts in place of the Guardian",
    Event.GUARDIAN_SUBSTITUTE_NAMED: "Somebody was named to act in place of the Guardian",
    Event.GIFT_CORRECTED: "An entry about a gift or hospitality was put right",
    Event.GIFT_DECIDED: "A senior manager decided about a gift or hospitality",
    Event.GIFT_DECLARED: "A gift or hospitality was declared",
    Event.GIFT_WITHDRAWN: "An entry about a gift or hospitality was withdrawn",
    Event.INTEREST_CHANGED: "A change to an interest was declared",
    Event.INTEREST_ENDED: "An interest was declared as ended",
    Event.MEMBER_ANSWERED: "Somebody answered a question from a public list",
    Event.MEMBER_ANSWER_NOTED: "The answer to a question from a public list was noted",
    Event.MEMBER_ASKED: "Somebody was asked about what a public list says",
    Event.MEMBER_QUESTION_REMINDED: "Somebody was reminded of a question from a public list",
    Event.MEMBER_QUESTION_SET_ASIDE: "A question from a public list was set aside and not asked",
    Event.MEMBER_QUESTION_WITHDRAWN: "A question from a public list was withdrawn",
    Event.MITIGATION_AGREED: "What to do about an interest was agreed",
    Event.NIL_RETURN_SUBMITTED: "Somebody declared that they have no interests",
    Event.ORGANISATION_MATCHED: "The organisation in an interest was identified",
    Event.DECISION_MAKERS_SAID: "Somebody said who takes part in decisions",
    Event.NON_DECLARERS_CONFIRMED: "Somebody confirmed who did not declare",
    Event.REGISTER_FILE_DELETED: "A register that nobody imported was deleted",
    Event.REGISTER_FILE_UPLOADED: "A register was uploaded to be looked through",
    Event.REGISTER_IMPORTED: "A register was taken over from a file",
    Event.MAILS_SENT_BY_HAND: "Somebody said that they sent emails from their own mail program",
    Event.REMINDER_PLAN_CHANGED: "The schedule or the words of reminders were changed",
    Event.STARTERS_TAKEN: "Starters, movers and leavers were taken from a file",
    Event.TRAINING_ENTERED: "Training was entered",
    Event.TRAINING_WITHDRAWN: "A training was withdrawn, as entered by mistake",
    Event.REMINDER_SENT: "Somebody was reminded to declare",
    Event.PROCUREMENT_ASKED: "Somebody was asked to declare for a procurement",
    Event.PROCUREMENT_ASKING_ENDED: "Somebody who was asked to declare takes no part in a procurement any more",
    Event.PROCUREMENT_BIDS_OPENED: "The bids of a procurement were given to whoever evaluates them",
    Event.PROCUREMENT_CONFLICT_MANAGED: "What is done about a conflict in a procurement was decided",
    Event.PROCUREMENT_BEGUN: "The entry of a procurement decision was begun",
    Event.PROCUREMENT_CHECKED: "The procurement checklist was answered",
    Event.PROCUREMENT_CORRECTED: "A procurement decision was completed or corrected",
    Event.PROCUREMENT_DECLARED: "A bidder or evaluator declared for a procurement",
    Event.PROCUREMENT_ENTERED: "A procurement decision was entered",
    Event.REDACTION_DECIDED: "The Guardian decided whether an interest is published",
    Event.REDACTION_REVIEWED: "The Guardian looked again at what is not published of an interest",
    Event.REDACTION_REQUESTED: "Somebody asked that an interest is not published",
}
"""One sentence for every event, without its full stop."""

_KINDS = {
    "access": Kind.RECORD,
    "accounts": Kind.ACCOUNTS,
    "audit": Kind.RECORD,
    "committees": Kind.COMMITTEES,
    "files": Kind.RECORD,
    "meetings:action": Kind.ACTIONS,
    "meetings:decision": Kind.DECISIONS,
    "meetings:flag": Kind.CONFLICTS,
    "meetings:interest": Kind.CONFLICTS,
    "meetings:minutes": Kind.MINUTES,
    "meetings:ruling": Kind.CONFLICTS,
    "meetings": Kind.MEETINGS,
    "notifications": Kind.DECLARATIONS,
    "organisations": Kind.ORGANISATIONS,
    "people": Kind.PEOPLE,
    "registers:breach": Kind.BREACHES,
    "registers:breachless-year": Kind.BREACHES,
    "registers:procurement": Kind.PROCUREMENT,
    "registers:substitute": Kind.BREACHES,
    "publication": Kind.DECLARATIONS,
    "registers": Kind.DECLARATIONS,
}
_SETTLED = {Event.ITEM_DEFERRED, Event.ITEM_NOTED, Event.ITEM_REFERRED}


def words_of(event: str) -> str:
    """Returns what an event says; of one that this version does not know, its own name."""
    return EVENT_WORDS[Event(event)] if event in set(Event) else f"Something that this version does not know: {event}"


def kind_of(event: Event) -> Kind:
    """Returns the kind that an event belongs to."""
    if event in _SETTLED:
        return Kind.DECISIONS
    source, subject, _action = event.split(":")
    return _KINDS.get(f"{source}:{subject}") or _KINDS[source]


def events_of(kind: Kind) -> tuple[Event, ...]:
    """Returns every event of a kind."""
    return tuple(event for event in Event if kind_of(event) is kind)
