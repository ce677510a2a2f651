"""An item with a whole history for tests: declared, put on the agenda, ruled on, left, decided, returned, minuted."""

from dataclasses import dataclass

from coi.meetings.conflicts import commands as conflicts
from coi.meetings.minutes import commands as minuting
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, RulingDetails
from coi.meetings.vocabulary import DeclaredPoint, Outcome, Part, PresenceKind
from coi.organisations.models import Organisation
from coi.permissions.vocabulary import Role
from coi.registers.interests.models import Interest
from tests.factories import accounts
from tests.factories.meetings import Scene, a_declared_interest, a_scene, an_item, minutes, moved, opened
from tests.factories.organisations import an_organisation

EMAILS = {"lay": "lay@example.nhs.uk", "gp": "gp@example.nhs.uk", "chair": "chair@example.nhs.uk"}


@dataclass
class History:
    """What was made, for a test to look at."""

    scene: Scene
    practice: Organisation
    interest: Interest
    item: AgendaItem


def a_flagged_item(*, part: Part = Part.PUBLIC) -> History:
    """A planned item about a practice whose partner sits on the committee; the lay member, the partner and the chair can sign in."""
    scene = a_scene()
    practice = an_organisation("Larkfield Surgery")
    interest = a_declared_interest(scene.gp, practice)
    assert scene.meeting is not None
    reason = "The terms of the contract are confidential" if part is Part.PRIVATE else ""
    item = an_item(scene.meeting, "Variation of Larkfield’s contract", [practice], part=part, private_reason=reason)
    for key, role in (("lay", Role.LAY_MEMBER), ("gp", Role.MEMBER), ("chair", Role.CHAIR)):
        accounts.account_with(scene.people[key].id, EMAILS[key], [role], scene.body.id)
    return History(scene, practice, interest, item)


def ruled_as_dictated(history: History, *actions: str) -> None:
    """The chair dictated a ruling on the partner, and confirmed it later."""
    scene = history.scene
    details = RulingDetails(actions or ("A4",), "Own contract", scene.chair.id)
    ruling = conflicts.record_dictated_ruling(history.item, scene.gp.id, details, actor=scene.secretary, at=minutes(10))
    conflicts.confirm_ruling(ruling, actor=scene.actor("chair", Role.CHAIR), at=minutes(12))


def a_decided_item() -> History:
    """The whole history of an item, to the draft of the minutes. The partner leaves at a time that nobody noted."""
    history = a_flagged_item()
    scene, item = history.scene, history.item
    meeting = opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(8))
    declared = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.AT_ITEM, "My practice holds this contract", item.id, history.interest.id, minutes(9)
    )
    conflicts.declare_at_meeting(meeting, declared, actor=scene.secretary, at=minutes(9))
    ruled_as_dictated(history)
    moved(scene, "gp", PresenceKind.LEFT, None, item, at=minutes(14))
    decision = DecisionDetails(Outcome.APPROVED, "The variation is made.", decided_at=minutes(20))
    deciding.take_decision(item, decision, actor=scene.secretary, at=minutes(20))
    moved(scene, "gp", PresenceKind.RETURNED, minutes(22), item)
    proceedings.close_meeting(meeting, minutes(60), actor=scene.secretary, at=minutes(60))
    minuting.draft_minutes(meeting, scene.body, actor=scene.secretary, at=minutes(1500))
    return history
