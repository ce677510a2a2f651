"""What minutes, room and story say of declarations at the meeting: of which interest each is, who was prompted late, what was corrected."""

import pytest

from coi.assurance.queries import story_facts
from coi.assurance.story import compose
from coi.documents.vocabulary import text_of
from coi.errors import RuleBroken
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.models import MeetingDeclaration
from coi.meetings.conflicts.queries import flags_of_item
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.queries import agenda_of
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails
from coi.meetings.vocabulary import DeclaredPoint, PresenceKind, Purpose
from coi.registers.gifts.vocabulary import OfferSource
from coi.registers.interests.vocabulary import InterestRole
from coi.wording import day
from tests.factories.gifts import a_gift
from tests.factories.meetings import Scene, a_declared_interest, an_item, minutes, moved, opened, ruled
from tests.factories.organisations import an_organisation

SILENT, DURING = DeclaredPoint.NOT_DECLARED, DeclaredPoint.DURING_ITEM


def begun(scene: Scene) -> AgendaItem:
    """An item in which the GP is a partner, and on which the chair ruled."""
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice, nature="Partner for ten years")
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4", at=minutes(6))
    return item


def says(
    scene: Scene,
    item: AgendaItem | None,
    point: DeclaredPoint,
    at: int,
    text: str = "",
    who: str = "gp",
    **more: object,
) -> MeetingDeclaration:
    details = MeetingDeclarationDetails(
        scene.people[who].id,
        point,
        text,
        item.id if item else None,
        at=None if point is SILENT else minutes(at),
        **more,
    )  # type: ignore[arg-type]
    return conflicts.declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(at))


def minuted(scene: Scene) -> str:
    return text_of(compose_now(scene.meeting, scene.body)[0].document)


def gaps(scene: Scene) -> list[str]:
    return [
        gap.sentence for gap in compose_now(scene.meeting, scene.body)[0].gaps if "whether and when" in gap.sentence
    ]


def told(scene: Scene, item: AgendaItem) -> str:
    story = compose(story_facts(item, actor=scene.secretary, known_at=minutes(5000)))
    return "\n".join(line.sentence for chapter in story.chapters for line in chapter.lines)


def test_whoever_was_silent_when_asked_and_declared_then_is_minuted_as_both_in_her_words(scene: Scene) -> None:
    item = begun(scene)
    interest = flags_of_item(item, known_at=minutes(6))[0].interest_id
    says(scene, item, SILENT, 7, interest_id=interest)
    says(scene, item, DURING, 9, "I should have said that I am a partner there", interest_id=interest)
    text = minuted(scene)
    assert "Dr Fay Fenn said nothing of it when asked, although it was on the register." in text
    assert (
        "declared during the discussion of the item at 10:09am: I should have said that I am a partner there." in text
    )
    assert "did not declare this interest" not in text
    assert "Dr Fay Fenn said nothing of an interest that is on the register when asked." in told(scene, item)
    assert flags_of_item(item, known_at=minutes(10))[0].declared is DURING


def test_a_corrected_entry_is_in_the_story_and_not_in_the_minutes(scene: Scene) -> None:
    item = begun(scene)
    interest = flags_of_item(item, known_at=minutes(6))[0].interest_id
    slip = says(scene, item, SILENT, 7, interest_id=interest)
    says(scene, item, DeclaredPoint.AT_ITEM, 9, interest_id=interest, corrects_id=slip.id)
    text = minuted(scene)
    assert "said nothing" not in text
    assert "declared when the item was reached at 10:05am" in text
    assert "This was corrected later." in told(scene, item)
    with pytest.raises(RuleBroken, match="corrected before"):
        says(scene, item, DURING, 10, interest_id=interest, corrects_id=slip.id)


def test_what_was_declared_by_mistake_leaves_no_conflict_behind_once_it_is_corrected(scene: Scene) -> None:
    item = begun(scene)
    slip = says(scene, item, DURING, 7, "A holiday with the bidder", who="lay", is_new=True)
    assert "A holiday with the bidder" in minuted(scene)
    says(scene, item, DeclaredPoint.AT_ITEM, 8, who="lay", has_nothing=True, corrects_id=slip.id)
    assert "A holiday with the bidder" not in minuted(scene)
    assert not [
        flag for flag in flags_of_item(item, known_at=minutes(9)) if flag.person_id == scene.lay.id and flag.is_live
    ]


def test_somebody_who_said_nothing_cannot_have_said_that_there_is_nothing_to_declare(scene: Scene) -> None:
    item = begun(scene)
    with pytest.raises(RuleBroken, match="did not say nothing"):
        says(scene, item, SILENT, 7, has_nothing=True)


def test_an_unrelated_interest_is_no_declaration_of_what_is_flagged(scene: Scene) -> None:
    supplier = an_organisation("Ostrelle Ltd")
    a_gift(
        scene.body,
        scene.lay,
        source=OfferSource.SUPPLIER,
        offeror=supplier.name,
        offeror_id=supplier.id,
        description="Dinner",
    )
    post = a_declared_interest(scene.lay, "Fenland Council", InterestRole.EMPLOYEE, nature="Council post")
    item = an_item(scene.meeting, "A contract", [supplier])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    (flag,) = flags_of_item(item, known_at=minutes(5))
    ruled(scene, item, "lay", "A4", at=minutes(6))
    says(scene, item, DURING, 7, who="lay", interest_id=post.id)
    assert len(gaps(scene)) == 1 and "hospitality" in gaps(scene)[0]
    text = minuted(scene)
    assert "Council post" in text and "As on the register" not in text
    assert "not recorded that Ms Cat Cole declared at the meeting: Received a gift or hospitality" in text
    says(scene, item, SILENT, 8, who="lay", concerns=(flag.fingerprint,))
    assert gaps(scene) == []
    assert "said nothing of it when asked" in minuted(scene)


def test_what_was_declared_at_another_item_is_not_declared_at_this_one(scene: Scene) -> None:
    item = begun(scene)
    flag = flags_of_item(item, known_at=minutes(6))[0]
    other = an_item(scene.meeting, "Another contract", [an_organisation("Heron Lane Surgery")])
    says(scene, other, DURING, 7, interest_id=flag.interest_id)
    assert flags_of_item(item, known_at=minutes(8))[0].declared is None
    says(scene, None, DeclaredPoint.START, 8, interest_id=flag.interest_id)
    assert flags_of_item(item, known_at=minutes(9))[0].declared is DeclaredPoint.START


def test_a_return_that_was_pressed_at_the_next_item_is_told_once_with_the_item_that_was_left(scene: Scene) -> None:
    item = begun(scene)
    following = an_item(scene.meeting, "Another item")
    moved(scene, "gp", PresenceKind.LEFT, minutes(7), item)
    proceedings.open_item(following, actor=scene.secretary, at=minutes(20))
    moved(scene, "gp", PresenceKind.RETURNED, minutes(21), following)
    assert minuted(scene).count("Dr Fay Fenn returned to the meeting at 10:21am") == 1
    assert "came back" not in told(scene, item)
    assert "Dr Fay Fenn returned to the meeting" in told(scene, item)


def test_an_item_that_was_begun_and_left_without_outcome_or_ruling_says_both(scene: Scene) -> None:
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    item = an_item(scene.meeting, "A report", [practice], purpose=Purpose.DISCUSS)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    says(scene, item, DURING, 6, interest_id=flags_of_item(item, known_at=minutes(6))[0].interest_id)
    proceedings.close_meeting(scene.meeting, minutes(30), actor=scene.secretary, at=minutes(30))
    text = minuted(scene)
    assert "Nobody ruled on this conflict." in text
    assert "No outcome of this item is recorded." in text


def test_a_gift_declared_as_on_the_register_is_on_the_register_of_gifts(scene: Scene) -> None:
    supplier = an_organisation("Ostrelle Ltd")
    given = {"source": OfferSource.SUPPLIER, "offeror": supplier.name, "offeror_id": supplier.id}
    a_gift(scene.body, scene.lay, **given, description="Dinner")
    item = an_item(scene.meeting, "A contract", [supplier])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    (flag,) = flags_of_item(item, known_at=minutes(5))
    ruled(scene, item, "lay", "A4", at=minutes(6))
    says(scene, item, DURING, 7, who="lay", concerns=(flag.fingerprint,))
    text = minuted(scene)
    assert (
        "8 May 2026, as the register of gifts and hospitality says. The interest was already on the register." in text
    )
    assert "As on the register" not in text and "not on the register" not in text
    assert "The interest was already on the register." in told(scene, item)


def test_a_gift_that_was_entered_after_it_was_declared_was_not_on_the_register_then(scene: Scene) -> None:
    supplier = an_organisation("Ostrelle Ltd")
    given = {"source": OfferSource.SUPPLIER, "offeror": supplier.name, "offeror_id": supplier.id}
    item = an_item(scene.meeting, "A contract", [supplier])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    gift = a_gift(scene.body, scene.lay, **given, description="Dinner", at=minutes(9))
    (flag,) = flags_of_item(item, known_at=minutes(10))
    said = MeetingDeclarationDetails(scene.lay.id, DURING, "", item.id, at=minutes(7), concerns=(flag.fingerprint,))
    conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(10))
    later = f"The interest was not on the register then. It was registered as {gift.reference} on {day(minutes(9))}."
    assert later in minuted(scene) and later in told(scene, item)


def test_an_interest_that_came_onto_the_register_after_it_was_declared_was_not_there_then(scene: Scene) -> None:
    item = an_item(scene.meeting, "A contract", [an_organisation("Heron Lane Surgery")])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    late = a_declared_interest(scene.gp, "Heron Lane Surgery", nature="Shares", at=minutes(3 * 24 * 60))
    said = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.AT_ITEM, "Shares", item.id, at=minutes(6), interest_id=late.id
    )
    conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(3 * 24 * 60 + 1))
    then = "The interest was not on the register then. "
    then += f"It was registered as {late.reference} on {day(minutes(3 * 24 * 60))}."
    assert then in minuted(scene)
    assert then in told(scene, item)
    assert "already on the register" not in minuted(scene) + told(scene, item)


def test_what_was_declared_of_an_item_at_the_start_stands_among_the_declarations_too(scene: Scene) -> None:
    item = begun(scene)
    interest = flags_of_item(item, known_at=minutes(6))[0].interest_id
    says(scene, item, DeclaredPoint.START, 7, interest_id=interest)
    says(scene, item, DeclaredPoint.START, 7, who="vice", has_nothing=True)
    says(scene, item, DURING, 8, who="nurse", has_nothing=True)
    text = minuted(scene)
    number = next(place for place, each in enumerate(agenda_of(scene.meeting), start=1) if each.id == item.id)
    assert f"On item {number}: Dr Fay Fenn declared an interest at the start of the meeting at 10:07am." in text
    assert (
        f"On item {number}: {scene.vice.name} said at the start of the meeting at 10:07am that they had nothing" in text
    )
    assert (
        f"{scene.nurse.name} said during the discussion of the item at 10:08am that they had nothing to declare."
        in text
    )
    assert "No interest was declared at this point" not in text


def test_minutes_and_story_say_who_was_not_counted_because_nobody_had_ruled_when_an_item_was_deferred(
    scene: Scene,
) -> None:
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    deciding.defer_item(item, "No time", actor=scene.secretary, at=minutes(9))
    left_out = "Dr Fay Fenn was not counted, because nobody had ruled on their conflict."
    assert left_out in minuted(scene)
    story = compose(story_facts(item, actor=scene.secretary, known_at=minutes(60)))
    assert left_out in [each for chapter in story.chapters for line in chapter.lines for each in line.details]
