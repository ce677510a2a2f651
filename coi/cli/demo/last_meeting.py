"""The demo's last meeting, item by item, and what was done about it afterwards."""

from collections.abc import Sequence

from coi.cli.demo.agendas import LAST
from coi.cli.demo.people import MEMBERS
from coi.cli.demo.planning import plan, standing_items
from coi.cli.demo.scene import Scene
from coi.cli.demo.sitting import Sitting
from coi.errors import RuleBroken
from coi.meetings.actions import commands as actions
from coi.meetings.actions.commands import ActionDetails
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.models import Ruling
from coi.meetings.disputes.commands import record_dispute
from coi.meetings.disputes.vocabulary import DisputeDetails, DisputeKind, Response
from coi.meetings.minutes import commands as minutes
from coi.meetings.models import Meeting
from coi.meetings.proceedings import commands as room
from coi.meetings.proceedings import decision_commands as decisions
from coi.meetings.proceedings.vocabulary import HandoverDetails, OpeningDetails
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import Cast, DeclaredPoint, Method, Outcome, Standing

PLANNED, AGENDA_HOUR, EXPECTED = -14, "10", -2
ABSENT = "director"
PRESENT = tuple(each.key for each in MEMBERS if each.key != ABSENT)


class DemoDoesNotHold(RuntimeError):
    """A step of the demo was let through where the product should have stopped it."""


def hold(scene: Scene) -> Meeting:
    """Plans and holds the last meeting, has its minutes drafted and its actions raised."""
    meeting, items = plan(scene, scene.days.last, LAST, PLANNED, AGENDA_HOUR)
    sitting = Sitting(scene, meeting, items, 0)
    sitting.expect(ABSENT, EXPECTED)
    _open(sitting)
    dictated = [_own_contract(sitting)]
    _scheme(sitting)
    _conflicted_chair(sitting)
    dictated += _lost_quorum(sitting)
    _silent_director(sitting)
    _close(sitting)
    _afterwards(sitting, dictated)
    return meeting


def _open(sitting: Sitting) -> None:
    secretary = sitting.scene.actor("secretary")
    there = sitting.ids(*PRESENT, "secretary")
    opening = OpeningDetails(sitting.at("10:00"), there, sitting.ids(ABSENT), sitting.ids("observer"))
    room.open_meeting(sitting.meeting, opening, actor=secretary, at=sitting.at("10:00"))
    standing = standing_items(sitting.meeting)
    sitting.note(standing[Standing.WELCOME], "The chair welcomed everybody to the meeting.", "10:01")
    sitting.note(standing[Standing.QUORACY], "The meeting was quorate.", "10:02")
    sitting.open(standing[Standing.DECLARATIONS], "10:03")
    _declare_at_the_start(sitting)
    decisions.note_item(
        standing[Standing.DECLARATIONS], "Declarations were taken.", actor=secretary, at=sitting.at("10:10")
    )
    sitting.note(standing[Standing.QUESTIONS], "No question was put.", "10:11")
    sitting.note(standing[Standing.LAST_MINUTES], "The earlier minutes were agreed on paper.", "10:12")
    sitting.note(standing[Standing.ACTION_LOG], "No action was open.", "10:13")


def _declare_at_the_start(sitting: Sitting) -> None:
    """Everybody who is on the register for an item declares it, but for one."""
    partner, start = "Partner in a practice", DeclaredPoint.START
    sitting.declare("gp", start, f"{partner} that holds this contract", "10:04", "variation", "Z90001")
    sitting.declare("gp", start, f"{partner} that the scheme would pay", "10:04", "scheme", "Z90001")
    sitting.declare("gp2", start, f"{partner} that the scheme would pay", "10:05", "scheme", "Z90005")
    sitting.declare("gp3", start, "Salaried GP in a practice that the scheme would pay", "10:05", "scheme", "Z90011")
    sitting.declare("chair", start, "Trustee of the charity", "10:06", "carers", "carers")
    sitting.declare("finance", start, "My wife works for one of the bidders", "10:06", "phlebotomy", "ostrelle")
    sitting.declare("gp", start, f"{partner} that owns part of a bidder", "10:07", "phlebotomy", "Z90001")
    sitting.declare("gp2", start, f"{partner} that owns part of a bidder", "10:07", "phlebotomy", "Z90005")
    sitting.declare("gp2", start, "Adviser to the other bidder", "10:07", "phlebotomy", "ostrelle")
    sitting.declare("nurse", start, "Bank nurse at one of the providers", "10:08", "surgery", "Z9T")
    sitting.declare("nurse", start, "My sister is now a receptionist at Dunmarsh Surgery", "10:09")


def _own_contract(sitting: Sitting) -> Ruling:
    """A GP's own contract: the ruling is dictated, the GP leaves, the others decide."""
    item = sitting.items["variation"]
    sitting.open(item, "10:14")
    why = "Direct financial interest: the contract is her own practice’s."
    ruling = sitting.dictate("variation", "gp", "chair", why, "A3", "A4", when="10:15")
    said = DisputeDetails(
        DisputeKind.DISPUTED, "It is about opening hours alone, not about money", sitting.at("10:15"), Response.STOOD,
        "The hours decide what the practice is paid",
    )  # fmt: skip
    record_dispute(
        item, sitting.scene.person_id("gp"), said, actor=sitting.scene.actor("secretary"), at=sitting.at("10:16")
    )
    sitting.leave("variation", "10:16", "gp")
    sitting.discuss(item, "Patients who come on Fridays can use the main surgery, a mile away.", "10:22")
    decision = DecisionDetails(Outcome.APPROVED, "The branch of Hollowbeck Surgery closes on Fridays.")
    sitting.decide(item, decision, "10:24")
    sitting.come_back("variation", "10:25", "gp")
    return ruling


def _scheme(sitting: Sitting) -> None:
    """A scheme for all practices: one ruling on every GP. The quorum holds without them, and clinicians remain."""
    item = sitting.items["scheme"]
    gps = ("gp", "gp2", "gp3")
    sitting.open(item, "10:26")
    details = sitting.ruling("chair", "The scheme would pay every practice. The GPs’ knowledge is needed first.", "A5")
    conflicts.rule_on_class(
        item, [sitting.scene.person_id(each) for each in gps], details, actor=sitting.scene.actor("chair"), at=sitting.at("10:28")
    )  # fmt: skip
    sitting.discuss(item, "The GPs explained how reviews are done, and left. The members found the rate fair.", "10:44")
    sitting.leave("scheme", "10:45", *gps)
    voters = ("chair", "vice-chair", "lay", "finance", "nurse", "consultant")
    votes = tuple((sitting.scene.person_id(each), Cast.ABSTAINED if each == "lay" else Cast.FOR) for each in voters)
    text = "The scheme runs for one year."
    sitting.decide(item, DecisionDetails(Outcome.APPROVED, text, Method.VOTE, votes), "10:52")
    sitting.come_back("scheme", "10:53", *gps)


def _conflicted_chair(sitting: Sitting) -> None:
    """The chair is a trustee of the charity: the vice chair rules on her, and presides."""
    item, scene = sitting.items["carers"], sitting.scene
    sitting.open(item, "10:55")
    why = "She answers for the charity’s funds, so she should neither preside nor decide."
    sitting.rule("carers", "chair", "vice-chair", why, "A1", "A4", when="10:56")
    handover = HandoverDetails(scene.person_id("vice-chair"), sitting.at("10:57"))
    room.hand_over_chair(item, handover, actor=scene.actor("secretary"), at=sitting.at("10:57"))
    sitting.leave("carers", "10:58", "chair")
    sitting.discuss(item, "No other charity supports carers on the coast.", "11:04")
    sitting.decide(item, DecisionDetails(Outcome.APPROVED, "The grant is paid in two parts."), "11:06")
    sitting.come_back("carers", "11:07", "chair")


def _lost_quorum(sitting: Sitting) -> list[Ruling]:
    """No executive without a conflict is left: the item is deferred."""
    item = sitting.items["phlebotomy"]
    sitting.open(item, "11:08")
    why = "His wife’s employer bids. He knows the costs, so he joins the discussion and leaves for the decision."
    rulings = [sitting.dictate("phlebotomy", "finance", "chair", why, "A5", when="11:10")]
    for person in ("gp", "gp2"):
        why = "The practice owns part of the federation that bids."
        rulings.append(sitting.dictate("phlebotomy", person, "chair", why, "A4", when="11:11"))
    sitting.leave("phlebotomy", "11:12", "gp", "gp2")
    sitting.discuss(
        item, "The finance officer set out the costs. The secretary said that the quorum needs an executive.", "11:18"
    )
    reason = "No executive without a conflict was there, so the item had no quorum. It returns at the next meeting."
    decisions.defer_item(item, reason, actor=sitting.scene.actor("secretary"), at=sitting.at("11:20"))
    sitting.come_back("phlebotomy", "11:21", "gp", "gp2")
    return rulings


def _silent_director(sitting: Sitting) -> None:
    """RULEBOOK §18, first case: on the register as a director, silent at the item. The decision is held until the chair rules."""
    item = sitting.items["surgery"]
    sitting.open(item, "11:22")
    sitting.rule(
        "surgery", "nurse", "chair", "She works single shifts in another service. The interest is not material here.", "A6", when="11:23",
        guardian=True, magnitude="Two or three shifts a year, about £400 in all",
    )  # fmt: skip
    sitting.discuss(item, "Two providers could start in spring.", "11:30")
    voters = ("chair", "vice-chair", "lay", "finance", "nurse", "gp", "gp2")
    votes = tuple((sitting.scene.person_id(each), Cast.FOR) for each in voters)
    decision = DecisionDetails(Outcome.AGREED, "Both providers are invited to submit.", Method.VOTE, votes)
    try:
        sitting.decide(item, decision, "11:31")
    except RuleBroken as held:
        if sitting.scene.people["consultant"].name not in held.reason:
            raise
        silent = "Did not declare at the item. The register names him as a director of one provider"
        sitting.declare("consultant", DeclaredPoint.NOT_DECLARED, silent, "11:32", "surgery", "pellowe")
    else:
        raise DemoDoesNotHold("The decision was taken although nobody had ruled on the director")
    why = "Director of one of the two providers. He took part in the discussion, which was then held again without him."
    sitting.rule("surgery", "consultant", "chair", why, "A3", "A4", when="11:33")
    sitting.leave("surgery", "11:34", "consultant")
    sitting.decide(item, decision, "11:42")
    sitting.come_back("surgery", "11:43", "consultant")


def _close(sitting: Sitting) -> None:
    standing = standing_items(sitting.meeting)
    sitting.note(standing[Standing.OTHER_BUSINESS], "There was none.", "11:44")
    coming = f"{sitting.scene.days.coming.day} {sitting.scene.days.coming:%B %Y}"
    sitting.note(standing[Standing.NEXT_MEETING], f"The committee meets next on {coming}.", "11:45")
    room.close_meeting(
        sitting.meeting, sitting.at("11:46"), actor=sitting.scene.actor("secretary"), at=sitting.at("11:46")
    )


def _afterwards(sitting: Sitting, dictated: Sequence[Ruling]) -> None:
    """The chair confirms what she dictated. The secretary raises the actions and drafts the minutes."""
    scene, secretary = sitting.scene, sitting.scene.actor("secretary")
    for minute, ruling in enumerate(dictated):
        conflicts.confirm_ruling(ruling, actor=scene.actor("chair"), at=scene.days.at(1, f"09:{minute:02d}"))
    wanted = (
        ("variation", "Write to the practice with the decision", "finance", 5),
        ("scheme", "Publish the specification of the scheme", "director", 12),
        ("phlebotomy", "Bring the item back when an executive without a conflict can be there", "secretary", 35),
    )
    letter, *_others = [
        actions.raise_action(
            sitting.items[item], ActionDetails(text, scene.people[owner], scene.days.on(due)), actor=secretary,
            at=scene.days.at(1, f"10:{minute:02d}"),
        )
        for minute, (item, text, owner, due) in enumerate(wanted)
    ]  # fmt: skip
    minutes.draft_minutes(sitting.meeting, scene.body, actor=secretary, at=scene.days.at(1, "11:00"))
    actions.update_action(letter, "Letter sent.", is_done=True, actor=secretary, at=scene.days.at(5, "16:00"))
