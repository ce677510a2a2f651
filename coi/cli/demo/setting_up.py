"""The demo's first steps: the board, the reference data, the people, the committee with its terms, the accounts."""

from datetime import date

from coi.accounts import commands as accounts
from coi.accounts.vocabulary import AccountDetails, RoleDetails
from coi.cli.demo import organisations as reference
from coi.cli.demo.days import Days
from coi.cli.demo.in_common import establish_second
from coi.cli.demo.people import MEMBERS, PEOPLE, Seat
from coi.cli.demo.scene import SYSTEM, Scene
from coi.committees import commands as committees
from coi.committees.details import CommitteeDetails, MemberDetails, SeatGroup, TermsDetails
from coi.committees.models import Committee
from coi.committees.rules import usual_functions
from coi.committees.vocabulary import CommissioningModel, MemberClass
from coi.organisations import commands as organisations
from coi.organisations.models import Body
from coi.organisations.queries import by_codes
from coi.organisations.vocabulary import BodyDetails, BodyKind, OrganisationDetails, RelationDetails
from coi.people import commands as people
from coi.people.models import Person
from coi.people.vocabulary import AppointmentDetails

BODY_NAME = "NHS Wexmoor and the Vale Integrated Care Board"
SLUG = "wexmoor"
PREFIX = "PCCC"
COMMITTEE_NAME = "Primary Care Commissioning Committee"
SINCE = date(2023, 4, 1)  # boards commission primary care since then
START = -212  # when the board began to use coi
COMPOSITION = (
    SeatGroup(MemberClass.LAY, 3),
    SeatGroup(MemberClass.EXECUTIVE, 2),
    SeatGroup(MemberClass.NURSE, 1),
    SeatGroup(MemberClass.SECONDARY_CARE, 1),
    SeatGroup(MemberClass.GP, 2),
    SeatGroup(MemberClass.GP, 1, voting=False),
    SeatGroup(MemberClass.NHS_ENGLAND, 1, voting=False),
)


def set_up(days: Days, password: str) -> Scene:
    """Enters the board with its people and committee, and imports the first reference data. Everybody can sign in with
    `password`."""
    body = _enter_body(days)
    persons = _enter_people(days, body)
    committee = _establish_committee(days, body, persons)
    second = establish_second(days, body, persons, committee, START)
    scene = Scene(days, body, committee, persons, second)
    _open_accounts(scene, password)
    import_files(scene, reference.first_files(days), START, "11")
    _enter_organisations(scene)
    return scene


def import_files(scene: Scene, files: tuple[reference.File, ...], offset: int, hour: str) -> None:
    """Imports published files on a day, one a minute, and notes the organisations that they name."""
    for minute, file in enumerate(files):
        at = scene.days.at(offset, f"{hour}:{minute:02d}")
        organisations.import_release(file.data, file.name, scene.days.on(file.released), actor=SYSTEM, at=at)
    codes = (*(each.code for each in reference.PRACTICES), *reference.NETWORKS, reference.COMMUNITY_TRUST)
    scene.organisations |= by_codes(codes)


def _enter_body(days: Days) -> Body:
    details = BodyDetails(
        BODY_NAME, BodyKind.ICB, SLUG, ods_code=reference.BOARD, area_codes=(reference.AREA,),
        contact="governance@wexmoor.example",
    )  # fmt: skip
    return organisations.enter_body(details, actor=SYSTEM, at=days.at(START, "09:00"))


def _enter_people(days: Days, body: Body) -> dict[str, Person]:
    persons = {}
    for minute, each in enumerate(PEOPLE):
        at = days.at(START, f"09:{minute + 1:02d}")
        person = people.enter_person(each.details, actor=SYSTEM, at=at)
        if each.post:
            people.appoint(person, body, AppointmentDetails(each.post, SINCE), actor=SYSTEM, at=at)
        persons[each.key] = person
    return persons


def _establish_committee(days: Days, body: Body, persons: dict[str, Person]) -> Committee:
    """The committee, its first terms and, from this year, terms with a larger quorum, and its members."""
    at = days.at(START, "09:30")
    committee = committees.establish_committee(
        body, CommitteeDetails(COMMITTEE_NAME, PREFIX, SINCE), actor=SYSTEM, at=at
    )
    for minute, (valid_from, members) in enumerate(((SINCE, 4), (days.on(START + 10), 5)), start=31):
        terms = TermsDetails(
            valid_from, CommissioningModel.DELEGATED, COMPOSITION,
            usual_functions(CommissioningModel.DELEGATED, valid_from), preset="chair_lay_executive",
            figures={"members": members, "lay": 1, "executive": 1}, temporary_allowed=True,
        )  # fmt: skip
        committees.adopt_terms(committee, terms, actor=SYSTEM, at=days.at(START, f"09:{minute}"))
    for minute, each in enumerate(MEMBERS, start=40):
        assert each.seat is not None
        details = _member(persons[each.key], each.seat)
        committees.appoint_member(
            committee, persons[each.key], details, actor=SYSTEM, at=days.at(START, f"09:{minute}")
        )
    return committee


def _member(person: Person, seat: Seat) -> MemberDetails:
    return MemberDetails(
        person.id, seat.member_class, SINCE, voting=seat.voting, office=seat.office, posts=seat.posts
    )  # fmt: skip


def _open_accounts(scene: Scene, password: str) -> None:
    for minute, each in enumerate(PEOPLE):
        at = scene.days.at(START, f"10:{minute:02d}")
        person = scene.people[each.key]
        accounts.create_account(AccountDetails(each.email, person.id, password), actor=SYSTEM, at=at)
        if each.role is not None:
            role = RoleDetails(person.id, each.role, scene.body.id, SINCE)
            accounts.grant_role(role, actor=SYSTEM, at=at)


def _enter_organisations(scene: Scene) -> None:
    """What no published file has: the federation with its owners, companies, a charity."""
    actor, at = scene.actor("secretary"), scene.days.at(START, "11:30")
    for each in reference.ENTERED:
        details = OrganisationDetails(each.name, each.kind, town=each.town)
        scene.organisations[each.key] = organisations.enter_organisation(details, actor=actor, at=at)
    for code, kind, other in reference.RELATIONS:
        organisations.enter_relation(
            scene.organisations[code], scene.organisations[other], RelationDetails(kind, SINCE), actor=actor, at=at
        )
