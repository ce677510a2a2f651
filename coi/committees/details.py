"""What is entered about committees, and how classes, offices and models are called on pages. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coi.committees.vocabulary import CommissioningModel, MemberClass, Office

CLASS_NAMES: Mapping[MemberClass, str] = {
    MemberClass.LAY: "Lay member",
    MemberClass.GP: "GP",
    MemberClass.EXECUTIVE: "Executive",
    MemberClass.NURSE: "Nurse",
    MemberClass.SECONDARY_CARE: "Secondary care doctor",
    MemberClass.NHS_ENGLAND: "NHS England",
    MemberClass.NON_EXECUTIVE: "Non-executive",
    MemberClass.PARTNER: "Partner member",
    MemberClass.PRACTICE_MANAGER: "Practice manager",
    MemberClass.COUNCILLOR: "Councillor",
    MemberClass.NHS_REPRESENTATIVE: "NHS representative",
    MemberClass.OTHER: "Other",
}
"""The classes in the order in which members are listed."""

OFFICE_NAMES: Mapping[Office, str] = {
    Office.CHAIR: "Chair",
    Office.VICE_CHAIR: "Vice chair",
    Office.CONVENING_CHAIR: "Convening chair",
    Office.ACTING_CHAIR: "Acting chair",
}
MODEL_NAMES: Mapping[CommissioningModel, str] = {
    CommissioningModel.DELEGATED: "Delegated: the body decides",
    CommissioningModel.JOINT: "Joint: decided together with NHS England",
    CommissioningModel.GREATER_INVOLVEMENT: "Greater involvement: the body advises",
}
ATTRIBUTE_NAMES: Mapping[str, str] = {
    "audit_chair": "Chairs the audit committee",
    "independent_of_provider": "Independent of all providers",
    "out_of_area": "Works outside the area",
}
"""What can be said of a seat besides its class, as the checks know it. A quorum may name more."""


def attribute_label(code: str) -> str:
    """Returns what is said of a seat as pages show it."""
    words = ATTRIBUTE_NAMES.get(code) or code.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


@dataclass(frozen=True)
class CommitteeDetails:
    """A committee as it is established. `prefix` starts its references; `joint_with` are the other bodies that a joint committee
    decides for."""

    name: str
    prefix: str
    established_on: date
    joint_with: tuple[uuid.UUID, ...] = ()


@dataclass(frozen=True)
class SeatGroup:
    """How many seats the terms establish for a class, with or without a vote."""

    member_class: MemberClass
    seats: int
    voting: bool = True


@dataclass(frozen=True)
class TermsDetails:
    """A version of the terms of reference. The quorum is a preset with its figures, or, where `expression` is given, that JSON text
    with its `settings` (JSON text, empty for the usual ones). `primary_care`: the committee commissions primary care."""

    valid_from: date
    model: CommissioningModel
    composition: tuple[SeatGroup, ...]
    functions: tuple[str, ...]
    preset: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)
    expression: str = ""
    settings: str = ""
    casting_vote: bool = True
    deputies_allowed: bool = False
    temporary_allowed: bool = False
    urgent_power: str = ""
    primary_care: bool = True


@dataclass(frozen=True)
class MemberDetails:
    """A seat as it is filled. `posts` are those that the quorum may name, `organisation` says for whom a member of a joint
    committee sits."""

    person_id: uuid.UUID
    member_class: MemberClass
    valid_from: date
    valid_to: date | None = None
    voting: bool = True
    office: Office | None = None
    posts: tuple[str, ...] = ()
    organisation: str = ""
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True)
class DescriptionDetails:
    """What is said of a seat besides its class: the posts and descriptions that a quorum may name."""

    posts: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
