"""Pages that tell of flags say what is not settled, by name, and where to settle it."""

import pytest

from tests.factories.meetings import a_declared_interest, an_item
from tests.factories.organisations import an_organisation

ASKED = (
    "Dr Fay Fenn declared “Wherry Surgery”, which may be Wherry Surgery (Z51002), which this item concerns, or Wherry Surgery (Z51001), "
    "which it does not."
)


@pytest.fixture
def interest(stage):
    return a_declared_interest(stage.scene.gp, "Wherry Surgery")


@pytest.fixture
def item(stage, interest):
    first = an_organisation("Wherry Surgery", code="Z51001")
    second = an_organisation("Wherry Surgery", code="Z51002")
    assert first.id != second.id
    return an_item(stage.scene.meeting, affected=[second])


def pages(stage, item):
    meeting = f"meetings/{item.meeting_id}"
    return [
        stage.url(each)
        for each in (f"{meeting}/agenda", f"items/{item.id}/", f"{meeting}/conflicts/", f"{meeting}/what-it-means")
    ]


def test_each_page_of_the_item_asks_the_secretary_to_settle_who_is_meant(stage, item):
    for address in pages(stage, item):
        page = stage.as_("scribe").get(address)
        assert ASKED in " ".join(page.text.split()), address
        assert page.soup.select_one("p.coi-flag__why a").text.startswith("Settle who is meant")
        assert "No conflict was found" not in page.text
    link = page.soup.select_one("p.coi-flag__why a")["href"]
    assert stage.client.get(link).heading


def test_whoever_may_not_settle_it_reads_it_without_the_link(stage, item):
    page = stage.as_("nurse").get(pages(stage, item)[0])
    assert ASKED in " ".join(page.text.split())
    assert not page.soup.select("p.coi-flag__why a")


def test_the_person_themself_is_asked_which_they_mean_and_the_page_of_the_interest_tells_of_it(stage, item, interest):
    own = stage.as_("gp").get(stage.url(f"meetings/{item.meeting_id}/conflicts/mine"))
    assert ASKED.replace("Dr Fay Fenn declared", "You declared") in " ".join(own.text.split())
    assert own.soup.find("a", href=stage.url(f"registers/interests/mine/{interest.id}/change"))
    assert f"Not settled: {ASKED}" in " ".join(
        stage.client.get(stage.url(f"interests/{interest.id}/meetings")).text.split()
    )
    assert "You declared" not in stage.as_("nurse").get(stage.url(f"meetings/{item.meeting_id}/conflicts/mine")).text


def test_what_was_searched_says_in_numbers_what_was_left_out_and_leads_to_it(stage):
    a_declared_interest(stage.scene.gp, "Something that nobody knows")
    oak = an_organisation("Oak Surgery")
    item = an_item(stage.scene.meeting, affected=[oak])
    for address in (*pages(stage, item), stage.url(f"meetings/{item.meeting_id}/grid")):
        page = stage.as_("scribe").get(address)
        assert "Another interest names an organisation that is not matched, so a flag may be missing." in page.text
        assert page.soup.find("a", string="Settle whom the register means"), address
