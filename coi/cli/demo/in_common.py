"""The demo's second committee, and the meeting at which the two are to meet in common: an item with a flag that the chair dismissed."""

from datetime import time

from coi.cli.demo.agendas import DemoItem, R
from coi.cli.demo.days import BETWEEN, Days
from coi.cli.demo.people import BY_KEY
from coi.cli.demo.planning import VENUE, put_on
from coi.cli.demo.scene import SYSTEM, Scene
from coi.committees import commands as committees
from coi.committees.details import CommitteeDetails, MemberDetails, SeatGroup, TermsDetails
from coi.committees.models import Committee
from coi.committees.rules import usual_functions
from coi.committees.vocabulary import CommissioningModel, MemberClass, Office
from coi.meetings import commands as planning
from coi.meetings.conflicts.flag_commands import dismiss_flag
from coi.meetings.conflicts.queries import flags_of_item
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import FlagAnswer, MeetingDetails, Purpose
from coi.organisations.models import Body
from coi.people.models import Person

NAME, PREFIX = "Pharmacy and Dental Committee", "PDC"
COMPOSITION = (SeatGroup(MemberClass.LAY, 2), SeatGroup(MemberClass.EXECUTIVE, 1), SeatGroup(MemberClass.NURSE, 1))
OFFICES = {"lay": Office.CHAIR, "vice-chair": Office.VICE_CHAIR, "finance": None, "nurse": None}
HELD, PLANNED = BETWEEN + 14, 19
ROOMS = DemoItem(
    "rooms", "Weekend dental sessions: a bid to share rooms", "The community trust offers two rooms next to minor surgery.",
    "Leonie Baptiste", (("Z9T", R.BIDDER),), purpose=Purpose.DECIDE,
)  # fmt: skip
WHY = (
    "Bank shifts on the wards, in another building. The Guardian agrees that the rooms cannot change what she is paid."
)


def establish_second(days: Days, body: Body, persons: dict[str, Person], first: Committee, offset: int) -> Committee:
    """Enters a small committee that shares members with the first, from the same day on."""
    since = first.established_on
    committee = committees.establish_committee(
        body, CommitteeDetails(NAME, PREFIX, since), actor=SYSTEM, at=days.at(offset, "09:52")
    )
    terms = TermsDetails(
        since, CommissioningModel.DELEGATED, COMPOSITION, usual_functions(CommissioningModel.DELEGATED, since),
        preset="chair_lay_executive", figures={"members": 3, "lay": 1, "executive": 1}, primary_care=False,
    )  # fmt: skip
    committees.adopt_terms(committee, terms, actor=SYSTEM, at=days.at(offset, "09:53"))
    for minute, (key, office) in enumerate(OFFICES.items(), start=54):
        seat = BY_KEY[key].seat
        assert seat is not None
        details = MemberDetails(persons[key].id, seat.member_class, since, voting=True, office=office, posts=seat.posts)
        committees.appoint_member(committee, persons[key], details, actor=SYSTEM, at=days.at(offset, f"09:{minute}"))
    return committee


def plan_in_common(scene: Scene, second: Committee) -> AgendaItem:
    """Plans the meeting of both, and has the chair dismiss the one flag on its item, after asking the Guardian."""
    at = scene.days.at(PLANNED, "08:30")
    details = MeetingDetails(scene.days.on(HELD), time(14, 0), VENUE, committee_ids=(scene.committee.id, second.id))
    meeting = planning.plan_meeting(scene.body, details, actor=scene.actor("secretary"), at=at)
    item = put_on(scene, meeting, ROOMS, scene.days.at(PLANNED, "08:35"))
    at = scene.days.at(PLANNED, "08:50")
    for flag in flags_of_item(item, known_at=at):
        if flag.person_id == scene.person_id("nurse"):
            dismiss_flag(
                item, flag, WHY, actor=scene.actor("chair"), at=at, guardian_consulted=True, ground=FlagAnswer.AGREE,
                magnitude="Two or three shifts a year, about £400 in all",
            )  # fmt: skip
    return item
