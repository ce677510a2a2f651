"""The story of an item as a lay member reads it, on both databases."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.assurance import queries
from coi.audit import log
from coi.audit.models import AccessLog
from coi.audit.vocabulary import Event
from coi.database import db
from coi.meetings.conflicts import flag_commands
from coi.meetings.conflicts.vocabulary import RaisedDetails
from coi.meetings.minutes.models import Minutes
from coi.meetings.models import Meeting
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import MinutesState, Outcome, Part, PresenceKind
from coi.permissions.vocabulary import Role
from coi.registers.interests import review_commands
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.vocabulary import RedactionState
from tests.factories import accounts
from tests.factories.assurance import EMAILS, History, a_decided_item, a_flagged_item
from tests.factories.meetings import PLANNED, SYSTEM, an_item, minutes, moved, opened, ruled
from tests.factories.organisations import a_body
from tests.factories.people import a_person
from tests.support.client import StrictClient


def url(history: History) -> str:
    return f"/mid-marsh/items/{history.item.id}/story"


def test_the_lay_member_reads_from_declaration_to_minute_in_order(app: Flask, client: StrictClient) -> None:
    history = a_decided_item()
    page = client.as_(EMAILS["lay"]).get(url(history))
    assert page.heading == "The story of “Variation of Larkfield’s contract”"
    in_order = [
        "Before the meeting",
        "Dr Fay Fenn declared an interest: I/2026/0001",
        "was put on the agenda",
        "Named as concerned: Larkfield Surgery (holds the contract)",
        "From here on, the agenda flags Dr Fay Fenn: own contract",
        "At the meeting",
        "The meeting was opened",
        "The item was reached",
        "Dr Fay Fenn declared when the item was reached: My practice holds this contract. The interest was already on the register",
        "Mrs Ann Ashby, the Chair, ruled on Dr Fay Fenn",
        "Sam Scribe wrote it down as dictated; Mrs Ann Ashby confirmed it",
        "left the meeting because of the conflict, at a time that was not recorded",
        "The quorum was taken. The committee was quorate for this item",
        "The committee approved it: The variation is made",
        "Dr Fay Fenn returned to the meeting",
        "The meeting was closed",
        "After the meeting",
        "The minutes were composed from the record, as draft 1",
        "The minutes are not confirmed yet",
    ]
    places = [page.text.find(words, page.text.index("Before the meeting")) for words in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)
    assert page.text.count("Proof: ledger entry") >= 12


def test_the_lay_member_is_told_who_gained_who_was_there_and_what_was_lost(app: Flask, client: StrictClient) -> None:
    history = a_decided_item()
    text = client.as_(EMAILS["lay"]).get(url(history)).text
    assert "Dr Fay Fenn: Own contract. Dr Fay Fenn → partner at Larkfield Surgery → contract holder in item" in text
    assert "When the item was settled, nobody with an interest in it was in the room." in text
    assert "Yes. Without Dr Fay Fenn, the committee was quorate." in text
    assert "The clinical voice of Dr Fay Fenn (GP) was missing at the decision." in text
    assert "Clinical members who remained: Dr Guy Gorse (GP) and Mrs Eve Elder (nurse)." in text


def test_each_line_leads_to_the_entry_that_proves_it(app: Flask, client: StrictClient) -> None:
    history = a_decided_item()
    page = client.as_(EMAILS["lay"]).get(url(history))
    line = next(each for each in page.soup.select(".coi-story__line") if "approved it" in each.get_text())
    entry = client.get(str(line.a["href"]))
    assert "A decision was taken" in entry.heading
    assert "The variation is made." in entry.text


def test_a_member_reads_the_story_but_gets_no_links_into_the_ledger(app: Flask, client: StrictClient) -> None:
    history = a_decided_item()
    page = client.as_(EMAILS["gp"]).get(url(history))
    assert "Proof: ledger entry" in page.text
    assert not [href for href in page.links.values() if "/ledger/" in href]


def test_an_item_that_was_never_ruled_on_says_so_before_the_meeting(app: Flask, client: StrictClient) -> None:
    history = a_flagged_item()
    text = client.as_(EMAILS["lay"]).get(url(history), queries=48).text
    assert "Dr Fay Fenn is flagged now: own contract." in text
    assert "No ruling on Dr Fay Fenn is recorded." in text
    assert "The meeting has not begun, so nothing is recorded of it." in text


def test_an_interest_that_is_not_published_is_shown_and_the_reading_is_noted(app: Flask, client: StrictClient) -> None:
    history = a_decided_item()
    request = RedactionRequest(
        interest_id=history.interest.id, reason="Safety", requested_at=PLANNED, state=RedactionState.REQUESTED
    )
    db.session.add(request)
    db.session.flush()
    guardian = history.scene.actor("vice", Role.GUARDIAN)
    review_commands.decide_redaction(request, granted=True, reason="Agreed", actor=guardian, at=PLANNED)
    client.as_(EMAILS["lay"]).get(url(history), queries=41)  # with the lock and the row of the access log
    db.session.rollback()
    noted = db.session.scalars(sa.select(AccessLog)).all()
    assert [(each.what, each.subject_id) for each in noted] == [("the story of an item", str(history.interest.id))]


def confirm_without_a_look(meeting: Meeting) -> None:
    """Confirmed minutes, whatever they lack."""
    row = Minutes(meeting_id=meeting.id, number=1, state=MinutesState.CONFIRMED, content={}, composed_at=minutes(90))
    db.session.add(row)
    log.record(Event.MINUTES_CONFIRMED, subject=row, actor=SYSTEM, at=minutes(90), body_id=meeting.body_id)
    db.session.commit()


def test_somebody_whose_papers_of_a_private_item_are_withheld_never_reads_its_story(
    app: Flask, client: StrictClient
) -> None:
    history = a_flagged_item(part=Part.PRIVATE)
    client.as_(EMAILS["gp"])
    assert client.get(url(history), queries=49).status_code == 200
    meeting = opened(history.scene)
    ruled(history.scene, history.item, "gp", "A3", "A4", at=minutes(5))
    assert client.get(url(history)).status_code == 404
    client.as_(EMAILS["lay"])
    assert client.get(url(history), queries=49).status_code == 200
    deciding.note_item(history.item, "Taken", actor=history.scene.secretary, at=minutes(30))
    proceedings.close_meeting(meeting, minutes(60), actor=history.scene.secretary, at=minutes(60))
    assert client.as_(EMAILS["gp"]).get(url(history), queries=49).status_code == 404
    confirm_without_a_look(meeting)
    assert client.get(url(history), queries=49).status_code == 404


def test_nobody_of_another_committee_or_body_reads_a_story(app: Flask, client: StrictClient) -> None:
    history = a_decided_item()
    stranger = a_person("Ms Zoe Zane")
    other = a_body("NHS Far Fen ICB", "far-fen")
    accounts.account_with(stranger.id, "zoe@example.nhs.uk", [Role.LAY_MEMBER], other.id)
    client.as_("zoe@example.nhs.uk")
    assert client.get(url(history)).status_code == 404
    assert client.get(f"/far-fen/items/{history.item.id}/story").status_code == 404


@pytest.mark.parametrize(("reader", "named"), [("chair", True), ("lay", False), ("gp", False)])
def test_who_told_the_chair_of_a_conflict_is_named_to_the_chair_alone(
    app: Flask, client: StrictClient, reader: str, named: bool
) -> None:
    history = a_flagged_item()
    teller = a_person("Mr Tom Teller")
    account = accounts.account_with(teller.id, "tom@example.nhs.uk", [Role.MEMBER], history.scene.body.id)
    actor = history.scene.actor("lay", Role.MEMBER)
    told = actor.__class__("Mr Tom Teller", account.id, teller.id, actor.grants)
    flag_commands.raise_flag(
        history.item, RaisedDetails(history.scene.gp.id, "Her brother bids"), actor=told, at=PLANNED
    )
    page = client.as_(EMAILS[reader]).get(url(history), queries=48)
    assert "Somebody told the chair of a conflict of Dr Fay Fenn." in page.text
    assert ("Mr Tom Teller" in page.text) is named


def test_decided_items_with_conflicts_wait_for_the_lay_member(app: Flask) -> None:
    history = a_decided_item()
    scene = history.scene
    (waiting,) = queries.items_to_review(scene.body.id, actor=scene.actor("lay", Role.LAY_MEMBER))
    assert (waiting.item_id, waiting.people, waiting.is_irregular) == (history.item.id, 1, False)
    assert waiting.decided_at == minutes(20)


def test_an_item_that_is_not_decided_does_not_wait_for_review(app: Flask) -> None:
    history = a_flagged_item()
    ruled(history.scene, history.item, "gp", "A4")
    assert queries.items_to_review(history.scene.body.id, actor=history.scene.actor("lay", Role.LAY_MEMBER)) == []


def test_whoever_left_at_an_earlier_item_and_was_still_out_is_told_to_have_left(
    app: Flask, client: StrictClient
) -> None:
    history = a_flagged_item()
    scene = history.scene
    assert scene.meeting is not None
    earlier = an_item(scene.meeting, "Earlier")
    opened(scene)
    proceedings.open_item(history.item, actor=scene.secretary, at=minutes(8))
    ruled(scene, history.item, "gp", "A4", at=minutes(9))
    moved(scene, "gp", PresenceKind.LEFT, minutes(4), earlier)
    decision = DecisionDetails(Outcome.APPROVED, "The variation is made.", decided_at=minutes(20))
    deciding.take_decision(history.item, decision, actor=scene.secretary, at=minutes(20))
    moved(scene, "gp", PresenceKind.RETURNED, minutes(22))
    text = client.as_(EMAILS["lay"]).get(url(history)).text
    assert "It is not recorded that Dr Fay Fenn" not in text
    assert "Dr Fay Fenn left the meeting." in text
