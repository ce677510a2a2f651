"""What the ledger keeps of a row, in words: the thing, its fields, their values before and after. No query of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from coi.assurance.value_words import spelt_out, value_words
from coi.audit.queries import SectionView
from coi.committees.quorum import parse, words_of
from coi.database import Base, Canonical, Instant
from coi.errors import BadInput
from coi.meetings.conflicts.wording import action_words
from coi.wording import and_list, clock_time, day, moment

NOUNS = {
    "training_record": "Training",
    "non_declarer": "Person who did not declare", "non_declarers_list": "List of people who did not declare",
    "absence": "Long absence",
    "account": "Account", "action": "Action", "affected_organisation": "Organisation concerned", "agenda_item": "Agenda item",
    "appointment": "Post", "attendance": "Attendance", "beforehand_answer": "What somebody said before a meeting",
    "beforehand_item": "What somebody said of an item before a meeting", "beforehand_request": "Question before a meeting",
    "body": "Commissioning body",
    "body_policy": "Figure of the policy", "breach": "Suspected breach",
    "breach_message": "Message in confidence", "breach_note": "Line of the record", "breach_person": "Person named",
    "breach_report": "Report in confidence", "breach_twin": "What the public reads", "breachless_year": "Year without breaches",
    "chair_handover": "Chair handed over",
    "clinical_input": "Clinical view",
    "committee": "Committee", "committee_body": "Body of a joint committee", "conflict_flag": "Flag", "decision": "Decision",
    "decision_maker": "Whether somebody takes part in decisions",
    "declaration": "Declaration", "declaration_drafter": "Somebody who may draft for a person", "disposal": "Disposal of old records",
    "edition": "Edition of a register", "entered_fact": "Fact about an organisation",
    "gift": "Gift or hospitality", "gift_version": "Gift or hospitality as declared",
    "guardian_substitute": "In place of the Guardian", "interest": "Interest",
    "independent_clinician": "Line of the roster of independent clinicians",
    "interest_organisation": "Organisation in an interest", "interest_version": "Interest as declared",
    "organisation_alias": "Name for an organisation", "declined_suggestion": "Suggestion left out",
    "matter": "Matter", "matter_part": "Earlier work on a matter",
    "meeting": "Meeting", "meeting_committee": "Committee at a meeting", "meeting_declaration": "Declaration at a meeting",
    "member_question": "Question from a public list",
    "membership": "Membership", "minutes": "Minutes", "paper": "Paper", "person": "Person",
    "person_merge": "Two records of one person", "presence": "Movement",
    "procurement_decision": "Procurement decision", "procurement_declaration": "Declaration for a procurement",
    "procurement_version": "Procurement decision as entered", "procurement_declarant": "Somebody asked to declare for a procurement",
    "procurement_measure": "What is done about a conflict in a procurement",
    "quorum_snapshot": "Quorum", "record_correction": "Correction",
    "record_keeper": "Keeper of the record of an item", "redaction_decision": "Decision not to publish",
    "redaction_request": "Request not to publish", "reference_release": "Published list",
    "reminder": "Reminder", "reminder_plan": "How people are reminded",
    "role_grant": "Role", "ruling": "Ruling", "ruling_dispute": "Dispute about a ruling",
    "stored_file": "File", "terms_of_reference": "Terms of reference", "unreached_flag": "Flag that is no longer reached",
    "urgent_decision": "Urgent decision", "vote": "Vote",
}  # fmt: skip
"""What a row of each ledgered table is called."""

FIELDS = {
    "actions": "What was ruled", "agenda_version": "", "unique_key": "", "message_id": "",
    "answer_since": "Ended, as they say", "answer_text": "What they said", "stood": "", "aware_on": "Became aware on",
    "searched_words": "Searched for conflicts", "moved": "",
    "arose_on": "Started on", "at": "At", "body_id": "", "entered_by_id": "", "class_area": "", "class_scope": "Whole class concerned",
    "answer_words": "What they said", "born": "Month of birth in the list", "closed_because": "Why it is not asked", "list_name": "List",
    "list_on": "Day of the list", "is_weak": "Little to go by",
    "class_place": "Where the class is", "wording": "",
    "clinical_words": "Clinical voice", "commitment": "",
    "composed_at": "Composed at", "content": "Text", "corrects_id": "", "counted": "Who counted", "declared_on": "Declared on",
    "deputy_for": "Deputy for",
    "dismissed_by_name": "Dismissed by", "facts": "What was entered", "fingerprint": "", "from_id": "From", "held_on": "Day",
    "id": "", "is_casting": "Second or casting vote", "is_dictated": "Written down as dictated", "is_irregular": "Irregular",
    "ground_corrected": "How what it was opened from was corrected",
    "because": "Reason", "was": "What was recorded before", "struck_at": "Struck out at", "replaced_at": "Replaced at",
    "made_at": "Ruled at", "number": "Number", "path": "How", "position": "Place in the order", "present": "",
    "on_or_before": "Declared then or before",
    "rows_sha256": "Digest of the rows", "rule_ids": "", "rule_words": "Rule", "search_key": "", "sha256": "Digest of the file",
    "sort_key": "", "starts_at": "Starts at", "to_id": "To", "version": "", "via": "Held through",
}  # fmt: skip
"""Names of fields that the column's own name does not give; an empty one is not shown."""

SECRET = {"email", "password_hash", "quorum_figures", "quorum_settings", "raised_by", "reporter_digest"}
NAMED = {
    "account", "action", "agenda_item", "body", "committee", "declaration", "interest", "interest_version", "meeting",
    "organisation", "person",
}  # fmt: skip
"""Tables whose rows have names; a field that points to another is left out."""
ACCOUNT_FIELDS = ("composed_by", "entered_by", "recorded_by", "stored_by", "withdrawn_by", "published_by")
CONFIDENTIAL = {"redaction_decision": {"legal_advice", "reason"}, "redaction_request": {"reason", "decision_reason"}}
"""Fields that no page of the ledger shows; those of a request not to publish are for the Guardian."""

Labels = Mapping[tuple[str, str], str]
"""What a row of a table is called, by (table, id)."""


@dataclass(frozen=True)
class Change:
    """A field in words. `before` is None where the row is new."""

    label: str
    before: str | None
    after: str


@dataclass(frozen=True)
class RowStory:
    """One row of an entry: what it is, whether it is new, what changed."""

    noun: str
    label: str
    is_new: bool
    is_erased: bool
    changes: tuple[Change, ...]
    table: str
    row_id: str


def row_story(section: SectionView, before: dict[str, Any] | None, labels: Labels, *, guardian: bool) -> RowStory:
    """Returns what a section says in words, against the row's state before. `guardian` also reads why an interest is kept from the
    public."""
    row = section.row or {}
    table = Base.metadata.tables.get(section.table)
    changes = []
    for name in row:
        label = _label(section.table, name, table, guardian=guardian)
        was = before.get(name) if before is not None else None
        if (
            not label
            or (before is not None and was == row[name])
            or (before is None and row[name] in (None, "", [], {}))
        ):
            continue
        says = _sayer(section.table, name, table, labels)
        changes.append(Change(label, None if before is None else says(was), says(row[name])))
    label = labels.get((section.table, section.row_id), "")
    noun = NOUNS.get(section.table, section.table.replace("_", " ").capitalize())
    return RowStory(noun, label, before is None, section.is_erased, tuple(changes), section.table, section.row_id)


def references(section: SectionView) -> set[tuple[str, str]]:
    """Returns the rows that a section's fields point to, as (table, id), so that they can be named."""
    table = Base.metadata.tables.get(section.table)
    found = {(section.table, section.row_id)}
    for name, value in (section.row or {}).items():
        target = _target(table, name)
        if target and value:
            found.add((target, str(value)))
    return found


def _label(table_name: str, name: str, table: sa.Table | None, *, guardian: bool) -> str:
    if name in SECRET or (not guardian and name in CONFIDENTIAL.get(table_name, ())):
        return ""
    if name in FIELDS:
        return FIELDS[name]
    if name.endswith("_id") and _target(table, name) not in NAMED:
        return ""
    return name.removesuffix("_id").replace("_", " ").capitalize()


def _target(table: sa.Table | None, name: str) -> str | None:
    """The table that a field points to: by its foreign key, or because it holds an account."""
    if table is None or name not in table.columns:
        return None
    keys = [key.column.table.name for key in table.columns[name].foreign_keys]
    if keys:
        return keys[0]
    return "account" if name in ACCOUNT_FIELDS else None


def _sayer(table_name: str, name: str, table: sa.Table | None, labels: Labels) -> Callable[[Any], str]:
    target = _target(table, name)
    if target:
        return lambda value: labels.get((target, str(value)), "Something without a name") if value else "Nothing"
    if table is None or name not in table.columns:
        return _plain
    kind = table.columns[name].type
    if isinstance(kind, Instant):
        return lambda value: moment(datetime.fromisoformat(value)) if value else "Not recorded"
    if isinstance(kind, sa.Date):
        return lambda value: day(date.fromisoformat(value)) if value else "Not recorded"
    if isinstance(kind, sa.Time):
        return lambda value: clock_time(time.fromisoformat(value)) if value else "Not recorded"
    if isinstance(kind, Canonical):
        return lambda value: _structured(table_name, name, value)
    if isinstance(kind, sa.Enum):
        return lambda value: _listed(table_name, name, value) if value else "None"
    return lambda value: value_words(table_name, name, value) if isinstance(value, str) and value else _plain(value)


def _listed(table_name: str, name: str, value: Any) -> str:
    said = value_words(table_name, name, value)
    return spelt_out(said) if said == str(value) else said


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "Nothing" if value in (None, "", [], {}) else str(value)


def _structured(table_name: str, name: str, value: Any) -> str:
    """A small structure in words: actions, paths, names with their places, a quorum rule, the text of minutes."""
    if not value:
        return "Nothing"
    if name in ("actions", "suggested"):
        return and_list(action_words(value)) or "Nothing"
    if name == "path":
        return " → ".join(value)
    if name == "counted":
        return and_list(f"{who} ({slot})" if slot else who for who, slot, _person in value)
    if name == "content":
        return f"The composed text, {len(value.get('whole', {}).get('blocks', value))} parts. Read it under Minutes."
    if name == "quorum":
        return _rule(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        said = [value_words(table_name, name, each) for each in value]
        return (" " if all(each.endswith(".") for each in said) else ", ").join(said)
    return _spelt(value)


def _spelt(value: Any) -> str:
    """Returns a structure that has no words of its own as a list of names and values, never in the machine's notation."""
    if isinstance(value, dict):
        return "; ".join(f"{spelt_out(str(key))}: {_spelt(each)}" for key, each in value.items())
    if isinstance(value, list):
        return " · ".join(_spelt(each) for each in value)
    if isinstance(value, str):
        return value_words("", "", value)
    return _plain(value)


def _rule(value: Any) -> str:
    try:
        return words_of(parse(value))
    except BadInput:
        return _spelt(value)
