"""What people see and say before a meeting: the secretary, a GP with the link on a phone, a member with an account."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.meetings.conflicts.beforehand.models import BeforehandAnswer, BeforehandRequest
from coi.meetings.conflicts.queries import flags_of_item
from coi.meetings.deferral_commands import call_off
from coi.meetings.vocabulary import Part
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus
from coi.registers.gifts.vocabulary import OfferSource
from tests.factories.gifts import a_gift
from tests.factories.meetings import PLANNED, a_declared_interest, an_item, minutes, opened, ruled
from tests.factories.organisations import an_organisation


@pytest.fixture
def item(stage):
    elm = an_organisation("Elm Surgery")
    stage.scene.gp.email, stage.scene.people["chair"].email = "gp@example.nhs.uk", "chair@example.nhs.uk"
    a_declared_interest(stage.scene.gp, elm)
    return an_item(stage.scene.meeting, affected=[elm])


def page_of(stage, item, path=""):
    return stage.url(f"meetings/{item.meeting_id}/before/{path}")


def asked(stage, item):
    return stage.as_("scribe").post(page_of(stage, item, "ask"), queries=200)


def test_the_secretary_sees_who_is_silent_and_asks_them_again_on_another_day_alone(stage, item):
    stage.at(PLANNED)
    asked(stage, item)
    address = link(stage)
    page = stage.client.get(page_of(stage, item))
    assert "Silent so far: Mrs Ann Ashby and Dr Fay Fenn" in page.text
    assert "You can ask them again tomorrow" in page.text
    again = page_of(stage, item, "ask-again")
    assert stage.client.post(again).notices == ["Nobody who is silent was asked before today"]
    stage.at(PLANNED + timedelta(days=1))
    stage.as_("gp").post(
        page_of(stage, item, "mine"), {"coming": "remote", "register": "right", f"has_{item.id.hex}": "no"}
    )
    page = stage.as_("scribe").get(page_of(stage, item))
    assert "Yes, by video or phone" in page.text and "Ask 1 silent person again" in page.text
    assert stage.client.post(again).notices[0].startswith("1 person is asked again")
    assert stage.client.post(again).notices == ["Nobody who is silent was asked before today"]
    mails = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.subject.startswith("Reminder"))).all()
    assert [each.to_address for each in mails] == ["chair@example.nhs.uk"]
    assert stage.client.signed_out().get(address).heading == "Thank you, your answers are sent"


def test_what_the_secretary_sent_from_their_own_mail_program_waits_no_longer(stage, item):
    asked(stage, item)
    address = link(stage)
    page = stage.client.get(page_of(stage, item))
    assert len(page.soup.select("input[name=mails]")) == 2
    page = stage.client.post(page_of(stage, item, "sent-by-hand"), {"all": "yes"})
    assert page.notices == ["2 emails are marked as sent by you and will not go out again"]
    assert not [each for each in page.links if each.startswith("Download")]
    assert {each.status for each in db.session.scalars(sa.select(OutboxMessage))} == {MessageStatus.BY_HAND}
    assert stage.client.signed_out().get(address).status_code == 200


def test_who_does_not_come_says_whom_they_would_send_where_the_terms_allow_it(stage, item):
    asked(stage, item)
    stage.client.signed_out().get(link(stage))
    answer = {"coming": "apologies", "deputy": "Dr Una Bright", "register": "right", f"has_{item.id.hex}": "no"}
    stage.client.post(link(stage), answer)
    page = stage.as_("scribe").get(page_of(stage, item))
    assert ("Would send" in page.text) is stage.scene.committee.terms[-1].deputies_allowed
    page = stage.client.get(stage.url(f"meetings/{item.meeting_id}/what-it-means"))
    assert "Dr Fay Fenn sent apologies" in page.text
    opening = stage.client.get(stage.url(f"meetings/{item.meeting_id}/room/open"))
    assert opening.value_of("Dr Fay Fenn") == "Apologies"


def link(stage):
    wanted = sa.select(OutboxMessage.secret).where(OutboxMessage.to_address == "gp@example.nhs.uk")
    return db.session.scalars(wanted).one().removeprefix("https://localhost")


def test_the_secretary_asks_everybody_and_sees_who_answered(stage, item):
    page = stage.as_("scribe").get(stage.url(f"meetings/{item.meeting_id}/"))
    page = stage.client.click("Ask everybody about their interests")
    assert page.heading == "Before the meeting"
    done = asked(stage, item)
    assert "is asked" in done.notices[0] or "are asked" in done.notices[0]
    assert stage.client.post(page_of(stage, item, "ask")).notices == [
        "Everybody with an email address was asked already"
    ]
    stage.client.signed_out().get(link(stage))
    stage.client.post(link(stage), {"coming": "coming", "register": "right", f"has_{item.id.hex}": "no"})
    page = stage.as_("scribe").get(page_of(stage, item))
    assert "1 of 8 answered" in page.text
    assert "No interest in any" in page.text
    assert stage.as_("nurse").get(page_of(stage, item)).status_code == 404


def test_a_gift_stands_among_what_the_register_says_and_among_what_leads_to_an_item(stage, item):
    body, gp, elm = stage.scene.body, stage.scene.gp, item.affected[0].organisation
    days = {"offered_on": PLANNED.date(), "received_on": PLANNED.date()}
    bidder = {"source": OfferSource.SUPPLIER, "offeror": elm.name, "offeror_id": elm.id, "description": "Dinner"}
    a_gift(body, gp, at=PLANNED, **bidder, **days)
    a_gift(body, gp, at=PLANNED, **days)
    long_ago = PLANNED.date() - timedelta(days=800)
    a_gift(body, gp, at=PLANNED, description="Old book", offered_on=long_ago, received_on=long_ago)
    db.session.commit()
    stage.at(PLANNED)
    page = stage.as_("gp").get(page_of(stage, item, "mine"))
    assert "Your register entries lead to it: Dr Fay Fenn → partner at Elm Surgery" in page.text
    assert "; Dr Fay Fenn → received a gift or hospitality on 2 November 2026 from Elm Surgery" in page.text
    assert "Gift: Dinner. Accepted" in page.text
    assert "Box of chocolates" in page.text and "Family of J" not in page.text
    assert "Old book" not in page.text


def test_a_link_shows_the_register_and_the_items_and_is_used_up_by_the_answer(stage, item):
    asked(stage, item)
    address = link(stage)
    page = stage.client.signed_out().get(address)
    assert page.heading == "Before the meeting: your interests"
    assert "Your register entry leads to it: Dr Fay Fenn → partner at Elm Surgery" in page.text
    page = stage.client.post(address, {})
    assert page.errors == [
        "Select whether you will come", "Select whether the register is right about you",
        "Select whether you have an interest in item 7",
    ]  # fmt: skip
    page = stage.client.post(address, {"coming": "coming", "register": "right", f"has_{item.id.hex}": "yes"})
    assert page.error_for("In your words") == "Select the interest for item 7, or enter what it is"
    known = str(flags_of_item(item, known_at=PLANNED)[0].interest_id)
    done = stage.client.post(
        address, {"coming": "coming", "register": "right", f"has_{item.id.hex}": "yes", f"which_{item.id.hex}": known}
    )
    assert done.heading == "Thank you, your answers are sent"
    assert "Elm Surgery" not in done.text
    review = stage.as_("chair").get(stage.url(f"meetings/{item.meeting_id}/conflicts/"))
    assert "Dr Fay Fenn says: this is right" in review.text
    assert "an interest in it. To be declared at the meeting" in review.text


def test_who_says_that_the_register_is_wrong_goes_on_to_put_it_right_with_the_same_visit(stage, item):
    asked(stage, item)
    address = link(stage)
    data = {"coming": "coming", "register": "changed", "register_text": "I left in March", f"has_{item.id.hex}": "no"}
    stage.client.signed_out().get(address)
    page = stage.client.post(address, data)
    assert page.heading == "Your interests"
    assert "Confirm it line by line" in page.links
    assert db.session.scalars(sa.select(BeforehandAnswer)).one().register_text == "I left in March"


def test_an_item_that_a_ruling_keeps_from_somebody_is_not_named_to_them_by_link(stage, item):
    elm = item.affected[0].organisation
    private = an_item(stage.scene.meeting, "A secret merger", [elm], part=Part.PRIVATE, private_reason="In confidence")
    ruled(stage.scene, private, "gp", "A3", "A4")
    asked(stage, item)
    page = stage.client.signed_out().get(link(stage))
    assert "Variation of a contract" in page.text
    assert "merger" not in page.text


def test_a_member_answers_with_an_account_from_the_first_page(stage, item):
    asked(stage, item)
    page = stage.as_("gp").get(stage.url(""))
    said = (
        "Before the meeting on 10 November 2026: confirm what the register says, and say what you have an interest in"
    )
    assert said in page.links
    stage.client.click(said)
    data = {
        "coming": "coming",
        "register": "right",
        f"has_{item.id.hex}": "yes",
        f"which_{item.id.hex}": "new",
        f"text_{item.id.hex}": "Shares",
    }
    done = stage.client.post(page_of(stage, item, "mine"), data)
    assert done.notices == ["Thank you. The chair and the secretary see what you said. Declare it again at the meeting"]
    assert said not in done.links
    again = stage.client.get(page_of(stage, item, "mine"))
    assert again.value_of("In your words") == "Shares"


def test_what_was_said_prefills_the_declaration_at_the_meeting_and_does_not_replace_it(stage, item):
    data = {
        "coming": "coming",
        "register": "right",
        f"has_{item.id.hex}": "yes",
        f"which_{item.id.hex}": "new",
        f"text_{item.id.hex}": "Shares",
    }
    stage.as_("gp").post(page_of(stage, item, "mine"), data)
    opened(stage.scene)
    stage.at(minutes(20))
    assert "The meeting has begun" in stage.as_("gp").get(page_of(stage, item, "mine")).text
    room = stage.as_("scribe").get(stage.url(f"meetings/{item.meeting_id}/room/"))
    assert "Said before the meeting: an interest in item 7. To be declared at the meeting." in room.text
    url = stage.url(f"meetings/{item.meeting_id}/declarations/{stage.scene.gp.id}?item={item.id}")
    page = stage.client.get(url)
    assert "Said before the meeting, to be declared at the meeting:" in page.text
    assert page.value_of("What was declared?") == "Something that is not on the register"
    assert page.value_of("In their words (optional for what is on the register)") == "Shares"


def test_a_secretary_reads_nothing_of_an_item_that_a_ruling_keeps_from_her(stage, item):
    elm = item.affected[0].organisation
    a_declared_interest(stage.scene.people["scribe"], elm)
    data = {
        "coming": "coming",
        "register": "right",
        f"has_{item.id.hex}": "yes",
        f"which_{item.id.hex}": "new",
        f"text_{item.id.hex}": "Shares",
    }
    stage.as_("gp").post(page_of(stage, item, "mine"), data)
    ruled(stage.scene, item, "scribe", "A3", "A4")
    page = stage.as_("scribe").get(page_of(stage, item))
    assert "Shares" not in page.text
    assert "No interest in the items that you may read" in page.text


def test_a_link_that_is_too_old_or_of_nobody_opens_nothing(stage, item):
    asked(stage, item)
    address = link(stage)
    assert stage.client.signed_out().get("/before-meeting/of-no-link").status_code == 410
    stage.at(minutes(24 * 60))
    page = stage.client.get(address)
    assert (page.status_code, page.heading) == (410, "This link is too old")
    assert "It worked until the end of 10 November 2026, the day of the meeting." in page.text
    call_off(stage.scene.meeting, "Snow", actor=stage.scene.secretary, at=PLANNED)
    assert stage.client.get(address).heading == "The meeting was called off"
    assert db.session.scalars(sa.select(BeforehandRequest)).first() is not None
