"""Who opens the chair's briefing, and that paper and page say the same."""

import pytest

from coi.documents.vocabulary import folded
from coi.meetings.vocabulary import AffectedRelation, Part, Purpose
from coi.organisations.vocabulary import OrganisationKind
from coi.registers.gifts.vocabulary import OfferSource
from tests.factories.gifts import a_gift
from tests.factories.meetings import a_declared_interest, an_item, opened, ruled
from tests.factories.organisations import an_organisation
from tests.support.pdf import read


@pytest.fixture
def item(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    a_declared_interest(stage.scene.chair, elm)
    return an_item(stage.scene.meeting, affected=[elm])


def url(stage, name="briefing"):
    return stage.url(f"meetings/{stage.scene.meeting.id}/{name}")


@pytest.mark.parametrize(
    ("who", "status"), [("chair", 200), ("vice", 200), ("scribe", 200), ("gp", 404), ("nurse", 404)]
)
def test_the_briefing_is_for_whoever_presides_and_the_secretary(stage, item, who, status):
    assert stage.as_(who).get(url(stage)).status_code == status
    for led_from in (url(stage, "grid"), url(stage, "")):
        assert ("The chair’s briefing" in stage.client.get(led_from).text) == (status == 200)


def test_the_paper_says_what_the_page_says(stage, item):
    page = stage.as_("chair").get(url(stage))
    assert page.heading == "Chair’s briefing, 10 November 2026"
    paper = read(stage.client.get(url(stage, "briefing.pdf")).response.data)
    assert len(paper.artifacts) == 1  # one page
    body = page.soup.select_one("article")
    words = folded(f"{page.heading} {' '.join(body.stripped_strings)}")
    assert folded(paper.root.text) == words
    assert "Mrs Ann Ashby is in the chair; not for item 7" in words
    assert "Leaves: Dr Fay Fenn and Mrs Ann Ashby (not ruled)." in words
    assert "Interest: Fenn and Ashby since 1 April 2019." in words
    assert "Mr Bob Birch, the vice chair, presides." in words


def test_whoever_took_a_gift_from_a_bidder_is_asked_like_whoever_has_an_interest(stage):
    supplier = an_organisation("Fen Care Ltd", OrganisationKind.COMPANY)
    a_gift(
        stage.scene.body, stage.scene.lay, source=OfferSource.SUPPLIER, offeror=supplier.name, offeror_id=supplier.id,
        description="Dinner",
    )  # fmt: skip
    an_item(stage.scene.meeting, affected=[supplier], relation=AffectedRelation.BIDDER)
    words = " ".join(stage.as_("chair").get(url(stage)).text.split())
    assert "Not said yet whether a flag is right: Ms Cat Cole." in words
    assert "Interest: Cole received a gift or hospitality on" in words


def test_an_item_that_may_concern_somebody_is_not_called_free_of_flags(stage):
    for code in ("Z51001", "Z51002"):
        twin = an_organisation("Wherry Surgery", code=code)
    a_declared_interest(stage.scene.gp, "Wherry Surgery")
    an_item(stage.scene.meeting, affected=[twin])
    words = stage.as_("chair").get(url(stage)).text
    assert "Not settled whom the words mean of Dr Fay Fenn (“Wherry Surgery”): a flag may follow." in words
    assert "Not settled whom words mean, so a flag may follow: item 7." in words


def test_an_item_to_discuss_that_names_nobody_is_called_unscreened_and_not_free_of_flags(stage, item):
    an_item(stage.scene.meeting, "The Surgery: remedial notice", purpose=Purpose.DISCUSS)
    page = stage.as_("chair").get(url(stage))
    assert "Not screened, because no organisation is named: item 8." in page.text
    assert "No flags" not in page.text
    tasks = stage.client.get(stage.url(f"meetings/{stage.scene.meeting.id}/"))
    assert "1 item to discuss or to note names no organisation, so it was not screened" in tasks.text


def test_nothing_is_said_of_an_item_that_a_ruling_keeps_from_the_chair(stage, item):
    secret = an_item(
        stage.scene.meeting, "Quintessence", ["Elm Surgery"], part=Part.PRIVATE, private_reason="Commercial"
    )
    ruled(stage.scene, secret, "chair", "A3", "A4", by="vice")
    page = stage.as_("chair").get(url(stage))
    assert "Quintessence" not in page.html
    assert "Because of a ruling on your interest, nothing is said here of item 8." in page.text
    assert "Quintessence" in stage.as_("vice").get(url(stage)).html


def test_once_the_meeting_is_over_it_still_says_what_was_expected(stage, item):
    opened(stage.scene)
    assert "Mr Bob Birch, the vice chair, presides." in stage.as_("scribe").get(url(stage)).text
