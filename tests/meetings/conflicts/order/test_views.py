"""Today's order beside the offered one, and taking it."""

import pytest
import sqlalchemy as sa

from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import Part
from tests.factories.meetings import a_declared_interest, an_item, ruled
from tests.factories.organisations import an_organisation


@pytest.fixture
def items(stage):
    """Four items: the GP leaves for the first and the third, the nurse for the second and the fourth."""
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_declared_interest(stage.scene.gp, elm)
    a_declared_interest(stage.scene.nurse, oak)
    return [
        an_item(stage.scene.meeting, f"Item {name}", [practice])
        for name, practice in zip("ABCD", (elm, oak) * 2, strict=True)
    ]


def url(stage, query=""):
    return stage.url(f"meetings/{stage.scene.meeting.id}/order/{query}")


def order_of(stage):
    return "".join(item.title[-1] for item in agenda_of(stage.scene.meeting) if item.standing is None)


def taken(page):
    return {field["name"]: field["value"] for field in page.soup.select("form[action$=take] input[type=hidden]")}


def test_the_offered_order_says_how_many_leavings_it_saves_and_is_taken_in_one_step(stage, items):
    page = stage.as_("scribe").get(url(stage))
    assert "In today’s order people leave 4 times, in the offered one twice: 2 fewer." in page.text
    assert "Out of the room: Dr Fay Fenn" in page.text
    before = db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf))
    done = stage.client.post(url(stage, "take"), taken(page))
    assert done.notices == ["The agenda is in the new order. Items have new numbers, and keep their references."]
    assert order_of(stage) == "ACBD"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) == before + 1
    assert "No order that keeps the fixed points needs fewer" in stage.client.get(url(stage)).text


def test_an_item_that_names_nobody_is_said_to_be_placed_as_if_nobody_left(stage, items):
    assert "as if nobody had to leave" not in stage.as_("scribe").get(url(stage)).text
    an_item(stage.scene.meeting, "Estates")
    db.session.commit()
    said = "Item 11 names no organisation, so nobody was compared with it. It is placed as if nobody had to leave."
    assert said in stage.client.get(url(stage)).text


def test_an_item_that_must_stay_stays_and_one_that_follows_another_follows_it(stage, items):
    page = stage.as_("scribe").get(url(stage, f"?stay={items[2].position}&follow={items[1].position}&stay=x"))
    assert "Stays here: as you ask" in page.text
    assert "No order that keeps the fixed points needs fewer" in page.text
    assert not taken(page)


def test_an_order_for_an_agenda_that_has_changed_since_is_not_taken(stage, items):
    offered = taken(stage.as_("scribe").get(url(stage)))
    an_item(stage.scene.meeting, "Item E", ["Ash"])
    db.session.commit()
    assert stage.client.post(url(stage, "take"), offered).status_code == 409
    assert order_of(stage) == "ABCDE"


@pytest.mark.parametrize("order", ["", "1,2,x", "1,1,1", "99999999999999999999"])
def test_an_order_that_was_tampered_with_moves_nothing(stage, items, order):
    offered = taken(stage.as_("scribe").get(url(stage)))
    page = stage.client.post(url(stage, "take"), offered | {"order": order})
    assert page.notices == ["The new order must name each item of the agenda once. Nothing was moved"]
    assert order_of(stage) == "ABCD"


def test_whoever_does_not_plan_sees_the_order_and_cannot_take_it(stage, items):
    page = stage.as_("chair").get(url(stage))
    assert "Whoever plans the meeting can take this order" in page.text
    assert stage.client.post(url(stage, "take"), {"version": "1", "order": "1"}).status_code == 404


def test_an_item_that_a_ruling_keeps_from_somebody_stays_and_says_nothing(stage, items):
    secret = an_item(
        stage.scene.meeting, "Quintessence", ["Elm Surgery"], part=Part.PRIVATE, private_reason="Commercial"
    )
    ruled(stage.scene, secret, "gp", "A3", "A4")
    db.session.commit()
    page = stage.as_("gp").get(url(stage))
    assert "Quintessence" not in page.html
    assert "An item that is kept from you" in page.text
