"""The grid of a meeting, as it is read and as it is kept from people."""

from datetime import date

import pytest

from coi.meetings.vocabulary import Part
from coi.registers.interests.vocabulary import InterestRole, InterestType
from tests.factories.meetings import a_declared_interest, an_item, ruled
from tests.factories.organisations import an_organisation


@pytest.fixture
def elm(stage):
    found = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, found)
    return found


def cells(page, item):
    """What stands in the row of an item, by person."""
    table = page.soup.find("table")
    names = [each.abbr["title"] for each in table.thead.find_all("th")[1:]]
    row = next(each for each in table.tbody.find_all("tr") if item.title in each.th.get_text())
    return dict(zip(names, map(said, row.find_all("td")), strict=True))


def said(cell):
    """What a cell says before it is opened."""
    return " ".join((cell.summary or cell).get_text().split())


def grid(stage, who="chair", query=""):
    return stage.as_(who).get(stage.url(f"meetings/{stage.scene.meeting.id}/grid{query}"))


def test_the_grid_says_who_is_flagged_on_what_and_how_far_it_is_settled(stage, elm):
    contract, other = an_item(stage.scene.meeting, affected=[elm]), an_item(stage.scene.meeting, "Another", ["Oak"])
    page = grid(stage)
    found = cells(page, contract)
    assert found["Dr Fay Fenn"] == "F1 own contract – leaves?, not ruled"
    assert {said for name, said in found.items() if name != "Dr Fay Fenn"} == {"–"}
    assert set(cells(page, other).values()) == {"–"}
    assert [each.get_text() for each in page.soup.select("thead abbr")][:3] == ["Fenn", "Ashby", "Birch"]
    ruled(stage.scene, contract, "gp", "A3", "A4")
    assert cells(grid(stage), contract)["Dr Fay Fenn"] == "F1 own contract – leaves, ruled"


def test_a_weak_flag_is_folded_until_it_is_asked_for(stage, elm):
    a_declared_interest(stage.scene.nurse, elm, ended_on=date(2026, 9, 1))
    a_declared_interest(stage.scene.chair, elm, InterestRole.TRUSTEE, kind=InterestType.NON_FINANCIAL_PROFESSIONAL)
    item = an_item(stage.scene.meeting, affected=[elm])
    assert cells(grid(stage), item)["Mrs Eve Elder"] == "weak flag"
    assert cells(grid(stage), item)["Mrs Ann Ashby"] == "weak flag, speaks, then leaves?"
    page = stage.client.click("Show the 2 weak flags in full")
    assert cells(page, item)["Mrs Ann Ashby"] == "F4 related interest – speaks, then leaves?, not ruled"
    assert cells(page, item)["Mrs Eve Elder"].startswith("F5 recent or expected interest –")


def test_a_mark_opens_and_tells_since_when_and_by_which_rule_without_a_mouse(stage, elm):
    a_declared_interest(stage.scene.nurse, elm, ended_on=date(2026, 9, 1))
    an_item(stage.scene.meeting, affected=[elm])
    page = grid(stage)
    opened = {said(each): " ".join(each.p.get_text().split()) for each in page.soup.select("td details")}
    assert opened["F1 own contract – leaves?, not ruled"] == (
        "Own contract. Dr Fay Fenn → partner at Elm Surgery → contract holder in item 7. "
        "Interest since 1 April 2019. Rules: MTG-02, MTG-06, MTG-08."
    )
    assert "Interest from 1 April 2019 until 1 September 2026. Rules: " in opened["weak flag"]


def test_people_without_a_flag_can_be_left_out(stage, elm):
    item = an_item(stage.scene.meeting, affected=[elm])
    page = grid(stage, query="?people=flagged")
    assert set(cells(page, item)) == {"Dr Fay Fenn"}
    assert "7 people without a flag are left out: Mrs Ann Ashby, Mr Bob Birch, " in page.text


def test_whoever_is_flagged_stands_first_so_that_no_flag_is_out_of_sight_on_a_narrow_screen(stage, elm):
    a_declared_interest(stage.scene.vice, elm)
    an_item(stage.scene.meeting, affected=[elm])
    heads = [each.get_text() for each in grid(stage).soup.select("thead abbr")]
    assert heads[:4] == ["Birch", "Fenn", "Ashby", "Cole"], "each half as they sit: chair, vice chair, members"


def test_a_cell_of_an_item_that_names_nobody_says_that_nothing_was_compared_and_never_that_there_is_no_flag(stage, elm):
    an_item(stage.scene.meeting, affected=[elm])
    assert "An empty cell" not in grid(stage).text, "the key tells only what is on the page"
    bare = an_item(stage.scene.meeting, "Budget outlook")
    page = grid(stage)
    assert set(cells(page, bare).values()) == {"not compared"}
    assert "An empty cell: nobody’s interests were compared with the item" in page.text


def test_a_grid_of_many_people_says_that_it_scrolls(stage, elm):
    an_item(stage.scene.meeting, affected=[elm])
    assert "scroll the grid sideways" in grid(stage).text
    assert "scroll the grid sideways" not in grid(stage, query="?people=flagged").text


def test_an_item_that_a_ruling_keeps_from_somebody_is_not_in_their_grid(stage, elm):
    secret = an_item(stage.scene.meeting, "Quintessence", [elm], part=Part.PRIVATE, private_reason="Commercial")
    ruled(stage.scene, secret, "gp", "A3", "A4")
    page = grid(stage, "gp")
    assert "Quintessence" not in page.html
    assert "you cannot read item 7" in page.text
    assert "Quintessence" in grid(stage, "chair").html


def test_the_grid_is_found_from_the_meeting_and_its_agenda(stage, elm):
    an_item(stage.scene.meeting, affected=[elm])
    start = stage.url(f"meetings/{stage.scene.meeting.id}/")
    stage.as_("chair").get(start)
    assert stage.client.click("Who is flagged on what").heading.startswith("Who is flagged on what")
    stage.client.get(f"{start}agenda")
    assert stage.client.click("Who is flagged on what, on one page").status_code == 200


def test_the_path_of_a_flag_is_drawn_where_it_is_reviewed_ruled_on_and_told(stage, elm):
    item = an_item(stage.scene.meeting, affected=[elm])
    start, person = f"items/{item.id}/", stage.scene.gp.id
    for path in (
        f"meetings/{item.meeting_id}/conflicts/",
        f"{start}conflicts/{person}/rule",
        start,
        f"{start}story",
    ):
        pictures = stage.as_("chair").get(stage.url(path)).soup.select("svg[role=img]")
        assert {each.desc.get_text() for each in pictures} == {
            "Dr Fay Fenn → partner at Elm Surgery → contract holder in item 7"
        }


def test_the_agenda_folds_weak_flags_but_for_whoever_would_leave(stage, elm):
    item = an_item(stage.scene.meeting, affected=[elm])
    a_declared_interest(stage.scene.nurse, elm, ended_on=date(2026, 9, 1))
    a_declared_interest(stage.scene.chair, elm, InterestRole.TRUSTEE, kind=InterestType.NON_FINANCIAL_PROFESSIONAL)
    url = stage.url(f"meetings/{item.meeting_id}/agenda")

    def told():
        page = stage.as_("chair").get(url)
        folded = page.soup.select("details.coi-weak")
        inside = [each.get_text() for each in page.soup.select("details.coi-weak .coi-flag__who > strong:first-child")]
        shown = [
            each.get_text()
            for each in page.soup.select(".coi-flag__who > strong:first-child")
            if each.get_text() not in inside
        ]
        return shown, inside, [" ".join(each.summary.get_text().split()) for each in folded]

    fold = "1 weak flag without a ruling: Mrs Eve Elder"
    assert told() == (["Dr Fay Fenn", "Mrs Ann Ashby"], ["Mrs Eve Elder"], [fold])
    ruled(stage.scene, item, "nurse", "A6", by="vice", guardian=True)
    assert told() == (["Dr Fay Fenn", "Mrs Ann Ashby", "Mrs Eve Elder"], [], [])
