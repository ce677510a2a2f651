"""The words of what an item means for the meeting: how the chair may rule, the quorum then, whose voice is lost, what can be done."""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coi.committees.vocabulary import ClinicalMember, QuorumAssessment
from coi.meetings.conflicts.presiding import Presiding


class Stance(StrEnum):
    """How the chair may rule where nobody has ruled yet."""

    FOLLOWED = "followed"
    STRICTER = "stricter"
    LAXER = "laxer"


STANCE_WORDS = {
    Stance.FOLLOWED: "If the suggestions are followed",
    Stance.STRICTER: "If everybody flagged leaves",
    Stance.LAXER: "If only own contracts leave",
}


class Answer(StrEnum):
    """What a member said before the meeting about coming to it."""

    COMING = "coming"
    REMOTE = "remote"
    APOLOGIES = "apologies"
    SILENT = "silent"


class ClinicianKind(StrEnum):
    """What an independent clinician is to the body (RULEBOOK §11.1, §23 no. 42)."""

    OUT_OF_AREA_GP = "out_of_area_gp"
    RETIRED_GP = "retired_gp"
    SECONDARY_CARE_DOCTOR = "secondary_care_doctor"
    NURSE = "nurse"
    OTHER_COMMITTEE = "other_committee"


CLINICIAN_WORDS = {
    ClinicianKind.OUT_OF_AREA_GP: "GP from another area",
    ClinicianKind.RETIRED_GP: "Retired GP",
    ClinicianKind.SECONDARY_CARE_DOCTOR: "Secondary care doctor",
    ClinicianKind.NURSE: "Nurse",
    ClinicianKind.OTHER_COMMITTEE: "Clinical member of another body’s committee",
}


class InputWay(StrEnum):
    """How a clinical view was obtained."""

    WRITTEN = "written"
    DISCUSSION = "discussion"
    INVITED = "invited"
    BEFORE = "before"


INPUT_WAY_WORDS = {
    InputWay.WRITTEN: "In writing, with the papers",
    InputWay.BEFORE: "Before the meeting, in conversation",
    InputWay.DISCUSSION: "In the discussion, before they left",
    InputWay.INVITED: "At the meeting, invited for this item",
}


@dataclass(frozen=True)
class ClinicianDetails:
    """Somebody on the roster, as the secretary enters it."""

    person_id: uuid.UUID
    kind: ClinicianKind
    area: str
    contact: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class InputDetails:
    """A clinical view on an item, as the secretary enters it. `given_on` None: the day is not known."""

    person_id: uuid.UUID
    way: InputWay
    given_on: date | None
    said: str


@dataclass(frozen=True)
class Candidate:
    """Somebody on the roster as compared with one item: what was found, in words. `is_free`: no flag, and a declaration that counts.
    `whys`, the ways by which interests lead to the item, are for whoever keeps the roster and for the chair."""

    person_id: uuid.UUID
    name: str
    kind: str
    area: str
    is_free: bool
    verdict: str
    whys: tuple[str, ...] = ()
    is_flagged: bool = False

    @property
    def detail(self) -> str:
        """What the verdict says behind its colon, to stand beside a tag that says the rest."""
        said = self.verdict.partition(": ")[2] or self.verdict
        return f"{said[:1].upper()}{said[1:]}"


@dataclass(frozen=True)
class Speaker:
    """Somebody who can have given a clinical view on an item, as what, and whether they are free of flags, in words."""

    person_id: uuid.UUID
    name: str
    role: str
    screened: str
    group: str


@dataclass(frozen=True)
class Answered:
    """What one member said before the meeting, and who comes in their place where they do not."""

    person_id: uuid.UUID
    answer: Answer
    deputy_id: uuid.UUID | None = None

    @property
    def deputy_field(self) -> str:
        """The field of the form beside which to complain."""
        return f"deputy_{self.person_id.hex}"


@dataclass(frozen=True)
class ExpectedDetails:
    """What the members of one committee said. `seen` is the mark of the answers that the page showed."""

    committee_id: uuid.UUID
    answers: tuple[Answered, ...]
    seen: str


@dataclass(frozen=True)
class Going:
    """Somebody who would leave for an item. `ruled`: the chair has decided so already."""

    person: str
    name: str
    why: str
    voting: bool
    ruled: bool = False
    hears_discussion: bool = False  # they would join the discussion, and leave for the decision


@dataclass(frozen=True)
class Source:
    """Where a sentence comes from: a rule of the catalogue, and what it was issued in."""

    rule_id: str
    words: str


@dataclass(frozen=True)
class Pause:
    """More than the share that the rules name would withdraw: said, with what whoever presides has to weigh."""

    sentence: str
    weigh: tuple[str, ...]
    source: Source


@dataclass(frozen=True)
class Way:
    """Something that the rules allow, what to do next for it, and where that stands."""

    sentence: str
    next_step: str
    source: Source


@dataclass(frozen=True)
class Voice:
    """The clinical voice on an item: who is heard at the decision, who is lost, and that in words. `is_lost`: a kind of clinician who
    was expected is not there any more."""

    remaining: tuple[ClinicalMember, ...]
    lost: tuple[ClinicalMember, ...]
    sentence: str
    is_lost: bool


@dataclass(frozen=True)
class StanceForecast:
    """What an item comes to if the chair rules in one way."""

    stance: Stance
    going: tuple[Going, ...]
    quorum: QuorumAssessment
    presiding: Presiding
    voice: Voice
    pause: Pause | None

    @property
    def title(self) -> str:
        return STANCE_WORDS[self.stance]


@dataclass(frozen=True)
class Expectation:
    """Who of the members of a committee is expected: by name, who said so, who sent apologies, who deputises, who has not answered."""

    coming: tuple[str, ...]
    apologies: tuple[str, ...]
    deputies: tuple[str, ...]
    silent: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class ItemMeaning:
    """What one item means for one committee, before the papers go out."""

    item_id: uuid.UUID
    committee_id: uuid.UUID
    committee: str
    rule_words: str
    stances: tuple[StanceForecast, ...]
    options: tuple[Way, ...]
    ways: tuple[Way, ...]
    dismissed: tuple[str, ...] = ()  # which flags were dismissed, by whom and why

    @property
    def followed(self) -> StanceForecast:
        return self.stances[0]

    @property
    def differs(self) -> bool:
        """Whether it matters how the chair rules."""
        return len({frozenset(each.person for each in stance.going) for stance in self.stances}) > 1

    @property
    def pause(self) -> Pause | None:
        """What the chair has to weigh, if the suggestions are followed or else if everybody flagged leaves."""
        return next((each.pause for each in self.stances if each.pause is not None), None)

    @property
    def is_inquorate(self) -> bool:
        return not all(each.quorum for each in self.stances)
