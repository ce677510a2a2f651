"""Committees for tests, all invented, made by the commands that make them in the product."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from coi.committees import commands, rules
from coi.committees.details import CommitteeDetails, MemberDetails, SeatGroup, TermsDetails
from coi.committees.models import Committee, Membership, TermsOfReference
from coi.committees.vocabulary import CommissioningModel, MemberClass, Office
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import system_actor
from tests.factories.organisations import a_body
from tests.factories.people import a_person

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")
SINCE = date(2023, 4, 1)
COMPOSITION = (
    SeatGroup(MemberClass.LAY, 3),
    SeatGroup(MemberClass.EXECUTIVE, 2),
    SeatGroup(MemberClass.NURSE, 1),
    SeatGroup(MemberClass.GP, 2, voting=False),
)


def a_committee(
    body: Body | None = None,
    name: str = "Primary Care Commissioning Committee",
    prefix: str = "PCCC",
    *,
    since: date = SINCE,
    terms: bool = True,
    joint_with: tuple[Body, ...] = (),
) -> Committee:
    """A committee, with terms of reference in force unless they are not wanted."""
    details = CommitteeDetails(name, prefix, since, tuple(each.id for each in joint_with))
    committee = commands.establish_committee(body or a_body(), details, actor=SYSTEM, at=AT)
    if terms:
        the_terms(committee)
    return committee


def the_terms(
    committee: Committee,
    *,
    valid_from: date = SINCE,
    preset: str = "chair_lay_executive",
    figures: Mapping[str, object] | None = None,
    expression: str = "",
    model: CommissioningModel = CommissioningModel.DELEGATED,
    composition: tuple[SeatGroup, ...] = COMPOSITION,
    functions: tuple[str, ...] | None = None,
    casting_vote: bool = True,
    deputies_allowed: bool = False,
    temporary_allowed: bool = False,
    at: datetime = AT,
) -> TermsOfReference:
    """A version of the terms: by default four voting members with the chair or vice chair, one lay member and one executive."""
    scope = rules.usual_functions(model, valid_from) if functions is None else functions
    details = TermsDetails(
        valid_from, model, composition, scope, preset, figures or {}, expression, "", casting_vote, deputies_allowed,
        temporary_allowed,
    )  # fmt: skip
    return commands.adopt_terms(committee, details, actor=SYSTEM, at=at)


def a_member(
    committee: Committee,
    person: Person | str = "Mrs Lena Marsh",
    member_class: MemberClass = MemberClass.LAY,
    *,
    office: Office | None = None,
    voting: bool = True,
    posts: tuple[str, ...] = (),
    organisation: str = "",
    attributes: tuple[str, ...] = (),
    valid_from: date = SINCE,
    valid_to: date | None = None,
    at: datetime = AT,
) -> Membership:
    """A filled seat. A text stands for a new person of that name."""
    member = a_person(person) if isinstance(person, str) else person
    details = MemberDetails(
        member.id, member_class, valid_from, valid_to, voting, office, posts, organisation, attributes
    )
    return commands.appoint_member(committee, member, details, actor=SYSTEM, at=at)
