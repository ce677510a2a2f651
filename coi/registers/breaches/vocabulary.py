"""The words of the register of breaches. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BreachKind(StrEnum):
    """What may have gone wrong, in the terms of the trade (RULEBOOK §18)."""

    UNDECLARED = "undeclared"
    NOT_MANAGED = "not_managed"
    IRREGULAR_DECISION = "irregular_decision"
    GIFT = "gift"
    PROCUREMENT = "procurement"
    RECORDS = "records"
    OTHER = "other"


class BreachSource(StrEnum):
    """What a suspected breach was opened from."""

    REPORT = "report"
    GUARDIAN = "guardian"
    IRREGULAR_DECISION = "irregular_decision"
    UNDECLARED_AT_MEETING = "undeclared_at_meeting"
    GIFT_ACCEPTED = "gift_accepted"


class BreachState(StrEnum):
    """Reported: nobody but whoever acts has read it. Closed: with a conclusion."""

    REPORTED = "reported"
    INVESTIGATING = "investigating"
    CLOSED = "closed"


class Conclusion(StrEnum):
    """What the investigation found."""

    BREACH = "breach"
    NO_BREACH = "no_breach"
    CANNOT_TELL = "cannot_tell"


class Severity(StrEnum):
    """How grave it is, as whoever acts weighs it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class NoteKind(StrEnum):
    """What a line of the private record says."""

    STEP = "step"
    FINDING = "finding"
    REVIEW = "review"
    INFORMED = "informed"
    ACTION = "action"
    SANCTION = "sanction"
    LESSON = "lesson"
    MEDIA = "media"


class Party(StrEnum):
    """Who was told (RULEBOOK §18)."""

    GUARDIAN = "guardian"
    NHS_ENGLAND = "nhs_england"
    ICB = "icb"
    COUNTER_FRAUD = "counter_fraud"
    AUDIT_COMMITTEE = "audit_committee"
    ACCOUNTABLE_OFFICER = "accountable_officer"
    REGULATOR = "regulator"
    POLICE = "police"
    OTHER = "other"


class Part(StrEnum):
    """What somebody is to a suspected breach."""

    COMPLAINED_OF = "complained_of"
    WITNESS = "witness"


class Sight(StrEnum):
    """What somebody sees of a suspected breach: everything, or the record without the reporter."""

    ACTS = "acts"
    READS = "reads"


class Showing(StrEnum):
    """Which rows of the register a reader asks for."""

    EVERYTHING = "everything"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


class Sender(StrEnum):
    """Who wrote a message between the reporter and whoever acts."""

    GUARDIAN = "guardian"
    REPORTER = "reporter"


KIND_WORDS: Mapping[BreachKind, str] = {
    BreachKind.UNDECLARED: "An interest was not declared, or too late",
    BreachKind.NOT_MANAGED: "Somebody with a conflict stayed or took part",
    BreachKind.IRREGULAR_DECISION: "A decision was taken although something stood against it",
    BreachKind.GIFT: "A gift or hospitality was not declined or not declared",
    BreachKind.PROCUREMENT: "A conflict in buying services was not managed",
    BreachKind.RECORDS: "Registers or minutes are wrong or missing",
    BreachKind.OTHER: "Something else",
}
SOURCE_WORDS: Mapping[BreachSource, str] = {
    BreachSource.REPORT: "Reported in confidence",
    BreachSource.GUARDIAN: "Entered by whoever acts on it",
    BreachSource.IRREGULAR_DECISION: "Opened from what went on irregularly at a meeting",
    BreachSource.UNDECLARED_AT_MEETING: "Opened from an interest not declared at a meeting",
    BreachSource.GIFT_ACCEPTED: "Opened from a gift that must be declined",
}
STATE_WORDS: Mapping[BreachState, str] = {
    BreachState.REPORTED: "New",
    BreachState.INVESTIGATING: "Being investigated",
    BreachState.CLOSED: "Closed",
}
CONCLUSION_WORDS: Mapping[Conclusion, str] = {
    Conclusion.BREACH: "There was a breach",
    Conclusion.NO_BREACH: "There was no breach",
    Conclusion.CANNOT_TELL: "It could not be established",
}
SEVERITY_WORDS: Mapping[Severity, str] = {Severity.LOW: "Low", Severity.MEDIUM: "Medium", Severity.HIGH: "High"}
NOTE_WORDS: Mapping[NoteKind, str] = {
    NoteKind.STEP: "A step of the investigation",
    NoteKind.FINDING: "A finding",
    NoteKind.REVIEW: "Whether the decision stands or is taken again",
    NoteKind.INFORMED: "Somebody was informed",
    NoteKind.ACTION: "An action",
    NoteKind.SANCTION: "A sanction",
    NoteKind.LESSON: "A lesson",
    NoteKind.MEDIA: "Handling of the media",
}
PARTY_WORDS: Mapping[Party, str] = {
    Party.GUARDIAN: "Conflicts of Interest Guardian",
    Party.NHS_ENGLAND: "NHS England",
    Party.ICB: "The integrated care board",
    Party.COUNTER_FRAUD: "Local counter fraud specialist",
    Party.AUDIT_COMMITTEE: "Audit committee",
    Party.ACCOUNTABLE_OFFICER: "Accountable Officer or Chief Executive",
    Party.REGULATOR: "A professional regulator",
    Party.POLICE: "The police",
    Party.OTHER: "Somebody else",
}
SHOWING_WORDS: Mapping[Showing, str] = {
    Showing.EVERYTHING: "Everything",
    Showing.OPEN: "Not closed yet",
    Showing.CLOSED: "Closed",
    Showing.PUBLISHED: "Published or to be published",
}
PART_WORDS: Mapping[Part, str] = {Part.COMPLAINED_OF: "It is about them", Part.WITNESS: "They may know about it"}


@dataclass(frozen=True)
class ReportDetails:
    """What somebody reports. Nothing about themselves is needed."""

    what: str
    happened: str = ""
    who: str = ""
    how_known: str = ""
    is_about_guardian: bool = False
    name: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Codes:
    """What the reporter keeps: a reference that says nothing, and the private code to come back with."""

    reference: str
    code: str


@dataclass(frozen=True)
class Suspicion:
    """A suspected breach that something in the product points to, for example an irregular decision. `subject` names that thing:
    it opens one breach, however often it is asked for."""

    source: BreachSource
    subject_table: str
    subject_id: uuid.UUID
    kind: BreachKind
    what: str
    happened_on: date | None = None
    people: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class AssessmentDetails:
    """What whoever acts makes of it."""

    kind: BreachKind
    what: str
    happened_on: date | None
    happened_words: str
    how_found: str
    severity: Severity
    is_material: bool
    investigator: str
    is_checked: bool = False  # somebody read it, and it does not tell who reported it


@dataclass(frozen=True)
class NoteDetails:
    """A line of the private record."""

    kind: NoteKind
    text: str
    on: date
    party: Party | None = None
    is_checked: bool = False


@dataclass(frozen=True)
class TwinDetails:
    """What the public is to read: Croydon's columns (RULEBOOK §17.12), never a name."""

    event: str
    nature: str
    control: str
    investigation: str
    learning: str
    actions: str
    publish_on: date
    is_checked: bool = False


@dataclass(frozen=True)
class Facts:
    """What the pure rules need of a breach."""

    kind: BreachKind
    state: BreachState
    conclusion: Conclusion | None
    is_material: bool | None
    notes: tuple[tuple[NoteKind, Party | None], ...] = ()
    happened_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    happened_words: str = ""
    lessons: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """Who can act on suspected breaches at a body on a day: the Guardians, and those named in their place."""

    guardians: frozenset[uuid.UUID] = frozenset()
    substitutes: frozenset[uuid.UUID] = frozenset()
    ever_guardians: frozenset[uuid.UUID] = frozenset()

    def without(self, people: frozenset[uuid.UUID]) -> "Office":
        """The same without some people."""
        return Office(self.guardians - people, self.substitutes - people, self.ever_guardians)


@dataclass(frozen=True)
class NamedPerson:
    """Somebody in the system, as a text may name them."""

    person_id: uuid.UUID
    name: str
    given_names: str = ""
    family_name: str = ""
