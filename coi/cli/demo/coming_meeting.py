"""The demo's coming meeting: planned, with what was said and ruled so far."""

from coi.cli.demo.agendas import COMING
from coi.cli.demo.planning import plan
from coi.cli.demo.scene import Scene
from coi.cli.demo.sitting import Sitting
from coi.database import db
from coi.meetings.commands import add_affected, remove_affected
from coi.meetings.conflicts import flag_commands as flags
from coi.meetings.conflicts.beforehand.commands import ask_beforehand, say_beforehand
from coi.meetings.conflicts.beforehand.queries import expected_at
from coi.meetings.conflicts.beforehand.vocabulary import ItemSaid, SaidDetails
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item
from coi.meetings.conflicts.vocabulary import AnswerDetails, RaisedDetails
from coi.meetings.conflicts.voices.vocabulary import Answer
from coi.meetings.matters.commands import record_part
from coi.meetings.matters.vocabulary import PartDetails, PartKind
from coi.meetings.proceedings.keeper_commands import name_record_keeper
from coi.meetings.proceedings.vocabulary import KeeperDetails
from coi.meetings.urgent.commands import record_urgent_decision
from coi.meetings.urgent.vocabulary import UrgentDetails
from coi.meetings.vocabulary import AffectedDetails, AffectedRelation, FlagAnswer
from coi.people.models import Person

PLANNED, AGENDA_HOUR, EXPECTED = 13, "10", 19
APOLOGIES = "lay"


def plan_agenda(scene: Scene) -> Sitting:
    """Plans the coming meeting, a week and more ahead of it."""
    meeting, items = plan(scene, scene.days.coming, COMING, PLANNED, AGENDA_HOUR)
    return Sitting(scene, meeting, items, 20)


def prepare(sitting: Sitting) -> None:
    """What was said and ruled before the meeting. The flags wait for the chair, but for one ruling that she dictated."""
    _decided_urgently(sitting)
    sitting.expect(APOLOGIES, EXPECTED)
    _ask(sitting)
    _answer(sitting)
    _stand_aside(sitting)
    _wrote(sitting)
    _take_off(sitting)
    why = "Direct financial interest: the contract is her own practice’s."
    sitting.dictate("branch", "gp2", "chair", why, "A3", "A4", when="10:00")


def _take_off(sitting: Sitting) -> None:
    """The secretary takes off an organisation that she named by mistake. The chair has not seen yet which flag went with it."""
    scene, item, named = sitting.scene, sitting.items["branch"], "Z90001"
    mistaken = AffectedDetails(
        scene.organisation_name(named), AffectedRelation.CONTRACT_HOLDER, scene.organisation_id(named)
    )
    row = add_affected(item, mistaken, actor=scene.actor("secretary"), at=sitting.at("09:56"))
    remove_affected(item, row.id, actor=scene.actor("secretary"), at=sitting.at("09:58"))


def _decided_urgently(sitting: Sitting) -> None:
    """What the chair and the finance officer decided between meetings, for the committee to ratify."""
    scene = sitting.scene
    said = UrgentDetails(
        scene.person_id("chair"), scene.days.at(17, "18:10"), "Locum cover was bought for one week from the federation’s bank.",
        "Standing order 4.9", "Both partners fell ill, and the surgery would have stayed closed on Monday.",
        "The members could not be reached together that evening.", second=scene.person_id("finance"),
        consulted=(scene.person_id("vice-chair"),), said="He agreed, for one week alone.",
    )  # fmt: skip
    at = scene.days.at(19, "09:20")
    record_urgent_decision(sitting.items["cover"], said, actor=scene.actor("secretary"), at=at)


def _wrote(sitting: Sitting) -> None:
    """What a GP did for the award before: it follows the matter to this meeting."""
    scene = sitting.scene
    details = PartDetails(
        scene.person_id("gp2"), PartKind.WROTE, "the specification", "minor surgery working group", scene.days.on(-20)
    )
    record_part(sitting.items["surgery"], details, actor=scene.actor("secretary"), at=sitting.at("09:55"))


def _answer(sitting: Sitting) -> None:
    """A GP says yes to the flag about all practices. Nobody else has answered yet."""
    item, at = sitting.items["access"], sitting.scene.days.at(19, "20:15")
    own = next(flag for flag in flags_of_item(item, known_at=at) if flag.person_id == sitting.scene.person_id("gp"))
    answer = AnswerDetails(FlagAnswer.AGREE, "My practice would be paid like every other.")
    flags.answer_flag(item, own, answer, actor=sitting.scene.actor("gp"), at=at)


def _ask(sitting: Sitting) -> None:
    """The secretary asks everybody about their interests; the nurse has answered so far."""
    scene, meeting = sitting.scene, sitting.meeting
    at = scene.days.at(19, "15:30")
    for each in expected_at(meeting.id, conflicts_at(meeting, known_at=at, items=[])):
        if each.can_be_asked:
            person = db.session.get_one(Person, each.person_id)
            ask_beforehand(meeting, person, scene.body, site=scene.site, actor=scene.actor("secretary"), at=at)
    said = tuple(ItemSaid(item.id, False) for item in sitting.items.values())
    say_beforehand(
        meeting, SaidDetails(True, "", said, Answer.COMING), actor=scene.actor("nurse"), at=scene.days.at(19, "18:05")
    )


def _stand_aside(sitting: Sitting) -> None:
    """The secretary tells the chair of an interest of her own: somebody else keeps the record of the item."""
    scene, item = sitting.scene, sitting.items["physio"]
    secretary, keeper = scene.person_id("secretary"), scene.person_id("governance")
    told = RaisedDetails(secretary, "My brother is a physiotherapist at the clinic.")
    flags.raise_flag(item, told, actor=scene.actor("secretary"), at=sitting.at("09:40"))
    why = "Her brother works for the clinic that the pilot would pay."
    sitting.rule("physio", "secretary", "chair", why, "A3", "A4", when="09:45")
    name_record_keeper(item, KeeperDetails(keeper, secretary), actor=scene.actor("chair"), at=sitting.at("09:50"))
