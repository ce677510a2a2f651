"""Who sees which entries of the ledger: one written map, from each table that is ledgered to what its rows belong to and the right that
is asked for there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from coi.permissions.vocabulary import Permission as P


class Belonging(StrEnum):
    """What a row belongs to. Whoever reads for one committee alone sees what belongs to that committee, and what is harmless."""

    MEETING = "meeting"  # a meeting or an item of it, and so its committees; without one, the body
    COMMITTEE = "committee"  # a committee; without one, the body
    PERSON = "person"  # a person, and so the committees on which they sit; without one, the body
    BREACH = "breach"  # a suspected breach: its own rules say who may know of it
    POSSIBLE = "possible_breach"  # what a late interest brought to light: whoever judges it
    BODY = "body"  # the body as a whole: nothing for whoever reads for one committee alone
    COMPANY = "company"  # what it was recorded with decides; alone, the body
    EVERYBODY = "everybody"  # harmless, for a reason that is given


@dataclass(frozen=True)
class Sight:
    """What a row belongs to, the right that is asked for there, and the columns that lead to what it belongs to."""

    belongs: Belonging
    permission: P
    by: tuple[str, ...] = ()
    because: str = ""


def _of_meeting(*by: str, permission: P = P.MEETINGS_MEETING_READ) -> Sight:
    return Sight(Belonging.MEETING, permission, by)


def _of_committee(*by: str) -> Sight:
    return Sight(Belonging.COMMITTEE, P.COMMITTEES_COMMITTEE_READ, by)


def _of_person(permission: P, *by: str) -> Sight:
    return Sight(Belonging.PERSON, permission, by)


def _of_breach(*by: str) -> Sight:
    return Sight(Belonging.BREACH, P.REGISTERS_BREACH_READ, by)


def _of_body(permission: P) -> Sight:
    return Sight(Belonging.BODY, permission)


def _harmless(permission: P, because: str) -> Sight:
    return Sight(Belonging.EVERYBODY, permission, because=because)


_INTEREST, _GIFT, _PERSON = P.REGISTERS_INTEREST_READ, P.REGISTERS_GIFT_READ, P.PEOPLE_PERSON_READ
_BOUGHT = P.REGISTERS_PROCUREMENT_READ
_SEARCHED = "Reference data, which everybody with an account may search"

SIGHTS: Mapping[str, Sight] = {
    "absence": _of_body(_PERSON),
    "access_log": _harmless(P.ASSURANCE_LEDGER_READ, "It says that readings were sealed, and nothing of them"),
    "account": _of_person(_PERSON, "person_id"),
    "action": _of_meeting("item_id"),
    "affected_organisation": _of_meeting("item_id"),
    "agenda_item": _of_meeting("meeting_id"),
    "appointment": _of_person(_PERSON, "person_id"),
    "attendance": _of_meeting("meeting_id"),
    "beforehand_answer": _of_meeting("meeting_id", permission=P.MEETINGS_BEFOREHAND_READ),
    "beforehand_item": _of_meeting("answer_id", "item_id", permission=P.MEETINGS_BEFOREHAND_READ),
    "beforehand_request": _of_meeting("meeting_id", permission=P.MEETINGS_BEFOREHAND_READ),
    "body": _harmless(P.ASSURANCE_LEDGER_READ, "The name and codes of the body stand on every page"),
    "body_policy": _harmless(P.ORGANISATIONS_RULES_READ, "The page of rules shows it to everybody with a role here"),
    "breach": _of_breach(),
    "breach_message": _of_breach("report_id"),
    "breach_note": _of_breach("breach_id"),
    "breach_person": _of_breach("breach_id"),
    "breach_report": _of_breach("breach_id"),
    "breach_twin": _of_breach("breach_id"),
    "breachless_year": _of_body(P.REGISTERS_BREACH_READ),
    "chair_handover": _of_meeting("item_id"),
    "clinical_input": _of_meeting("item_id"),
    "committee": _of_committee(),
    "committee_body": _of_committee("committee_id"),
    "conflict_flag": _of_meeting("item_id"),
    "decision": _of_meeting("item_id"),
    "decision_maker": _of_person(P.REGISTERS_STANDING_KEEP, "person_id"),
    "declaration": _of_person(_INTEREST, "person_id"),
    "declaration_form": _of_person(_INTEREST, "declaration_id"),
    "declaration_drafter": _of_person(_INTEREST, "person_id"),
    "declined_suggestion": _of_meeting("item_id"),
    "disposal": _of_body(_INTEREST),
    "edition": _of_body(P.PUBLICATION_EDITION_READ),
    "entered_fact": _harmless(P.ORGANISATIONS_ORGANISATION_READ, _SEARCHED),
    "gift": _of_person(_GIFT, "person_id"),
    "gift_version": _of_person(_GIFT, "gift_id"),
    "guardian_substitute": _of_body(P.REGISTERS_BREACH_READ),
    "independent_clinician": _of_body(P.COMMITTEES_COMMITTEE_READ),
    "interest": _of_person(_INTEREST, "person_id"),
    "interest_confirmation": _of_person(_INTEREST, "declaration_id"),
    "interest_organisation": _of_person(_INTEREST, "version_id"),
    "interest_version": _of_person(_INTEREST, "interest_id"),
    "matter": _of_meeting("item_id"),
    "matter_part": _of_meeting("item_id"),
    "meeting": _of_meeting(),
    "meeting_committee": _of_meeting("meeting_id"),
    "meeting_declaration": _of_meeting("meeting_id", "item_id"),
    "meeting_task_end": _of_meeting("declaration_id"),
    "member_question": _of_person(P.REGISTERS_STANDING_KEEP, "person_id"),
    "membership": _of_committee("committee_id"),
    "minutes": _of_meeting("meeting_id"),
    "mitigation_agreer": _of_body(_INTEREST),
    "non_declarer": _of_body(_PERSON),
    "non_declarers_list": _of_body(_PERSON),
    "organisation_alias": _of_body(P.ORGANISATIONS_ORGANISATION_READ),
    "paper": _of_meeting("item_id"),
    "person": _of_person(_PERSON),
    "person_merge": _of_body(P.REGISTERS_BREACH_ACT),  # what moved may be that a report in confidence names them
    "possible_breach": Sight(Belonging.POSSIBLE, P.REGISTERS_BREACH_ACT),
    "possible_breach_interest": Sight(Belonging.POSSIBLE, P.REGISTERS_BREACH_ACT, ("possible_id",)),
    "presence": _of_meeting("meeting_id", "item_id"),
    "procurement_decision": _of_meeting("decision_id", permission=_BOUGHT),
    "procurement_declaration": _of_meeting("procurement_id", permission=_BOUGHT),
    "procurement_version": _of_meeting("procurement_id", permission=_BOUGHT),
    "procurement_declarant": _of_meeting("procurement_id", permission=_BOUGHT),
    "procurement_measure": _of_meeting("declaration_id", permission=_BOUGHT),
    "quorum_snapshot": _of_meeting("meeting_id", "item_id"),
    "record_correction": _of_meeting("item_id"),
    "record_keeper": _of_meeting("item_id"),
    "redaction_decision": _of_person(_INTEREST, "request_id"),
    "redaction_request": _of_person(_INTEREST, "interest_id", "gift_id"),
    "reference_release": _harmless(P.ORGANISATIONS_ORGANISATION_READ, _SEARCHED),
    "register_import": _of_body(_INTEREST),
    "reminder": _of_body(_PERSON),
    "reminder_plan": _of_body(_PERSON),
    "role_grant": _of_committee("committee_id"),
    "ruling": _of_meeting("item_id"),
    "ruling_dispute": _of_meeting("item_id"),
    "stored_file": Sight(Belonging.COMPANY, _INTEREST),
    "terms_of_reference": _of_committee("committee_id"),
    "training_record": _of_body(_PERSON),
    "unreached_flag": _of_meeting("item_id"),
    "urgent_decision": _of_meeting("item_id"),
    "vote": _of_meeting("decision_id"),
}
"""For each ledgered table, and for what else an entry can be about. A table that is not here is seen by nobody."""

SAID_EVERYWHERE = frozenset({"declaration", "interest", "redaction_request"})
"""A person declares once for all bodies: entries about these are seen at each body of the person."""
IN_CONFIDENCE = frozenset({"breach_message", "breach_report"})
"""What a report and its messages say, only whoever acts on a suspected breach may read."""
