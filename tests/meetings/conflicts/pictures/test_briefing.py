"""The chair's briefing: one page of A4, shortened by rule, and what it says."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi.documents.one_page import fits_on_one_page
from coi.documents.pdf import pdf_of
from coi.documents.vocabulary import text_of
from coi.meetings.conflicts.pictures.briefing import MINUTED, briefing, whole_briefing
from coi.meetings.conflicts.pictures.briefing_vocabulary import (
    BriefingFacts,
    Concerned,
    Dismissal,
    ItemBrief,
    Lost,
    Named,
)

FENN, GORSE = Named("Dr Fay Fenn", "Fenn"), Named("Dr Guy Gorse", "Gorse")
ITEM = ItemBrief(
    7, "Variation of a contract", people=(Concerned(FENN, "leaves", "not ruled", awaits_ruling=True, is_unanswered=True),),
    quorum="Quorate: 6 count.",
)  # fmt: skip
FACTS = BriefingFacts(
    "NHS Mid Marsh ICB", "Primary Care Committee", "PCCC-M/2026-27/01", date(2026, 11, 10), time(10), "Room 1", ("Mrs Ann Ashby",),
    ("At least 4 voting members.",), ("7 of 7 members said that they come.",), (ITEM, ItemBrief(8, "Another")),
)  # fmt: skip


def said(facts):
    return text_of(briefing(facts))


def test_it_says_what_to_say_who_goes_what_is_open_and_what_to_minute():
    words = said(FACTS)
    for line in (
        "Quorum: At least 4 voting members.",
        "Likely to declare: Dr Fay Fenn (7).",
        "Mrs Ann Ashby is in the chair for every item.",
        "7. Variation of a contract\tLeaves: Dr Fay Fenn (not ruled). Quorate: 6 count.",
        "No flags: item 8.",
        "No ruling yet: item 7 (1 person).",
        "Not said yet whether a flag is right: Dr Fay Fenn.",
        f"For each conflict: {MINUTED}",
    ):
        assert line in words.splitlines()


def test_where_there_is_room_it_says_since_when_each_interest_runs_and_its_rules():
    people = (
        Concerned(FENN, "leaves", "not ruled", runs="since 1 May 2014", rules=("MTG-02", "MTG-08")),
        Concerned(GORSE, "leaves", "ruled", runs="since 1 May 2014", rules=("MTG-02", "REG-03")),
    )
    told, words = (
        "Interest: Fenn and Gorse since 1 May 2014.",
        said(replace(FACTS, items=(replace(ITEM, people=people),))),
    )
    assert told in words and "The flags rest on the rules MTG-02, MTG-08 and REG-03." in words
    many = tuple(replace(ITEM, number=number, people=people) for number in range(7, 37))
    assert told not in said(replace(FACTS, items=many))


def test_it_says_whose_interest_runs_since_then_where_it_is_not_the_persons_own():
    people = (
        Concerned(FENN, "leaves", "not ruled", runs="since 1 May 2014", whose="deputy for Mr Dan Dale"),
        Concerned(GORSE, "leaves", "ruled", runs="since 1 May 2014"),
    )
    words = said(replace(FACTS, items=(replace(ITEM, people=people),)))
    assert "Interest: Fenn (deputy for Mr Dan Dale) and Gorse since 1 May 2014." in words


def test_it_says_who_presides_in_place_of_the_chair_and_where_the_quorum_is_lost():
    item = replace(
        ITEM,
        presides="The chair has a conflict. Mr Bob Birch presides.",
        quorum="Not quorate. Missing: 1 lay.",
        is_inquorate=True,
    )
    words = said(replace(FACTS, items=(item,)))
    assert "Mrs Ann Ashby is in the chair; not for item 7: say so when it is reached." in words
    assert "The chair has a conflict. Mr Bob Birch presides. Not quorate. Missing: 1 lay." in words


def test_what_is_no_longer_reached_is_told_however_short_the_page_is():
    lost = Lost(
        FENN, "partner at Elm Surgery → bidder in item 8", "No longer reached because Elm was removed by Sam Scribe."
    )
    item = ItemBrief(8, "Another", lost=(lost,))
    words = said(replace(FACTS, items=(ITEM, item)))
    assert f"8. Another\tFor you to see: Dr Fay Fenn ({lost.path}). {lost.because}" in words
    assert "No longer reached, and not seen by whoever presides: item 8 (1 flag)." in words
    assert "No flags" not in words
    many = tuple(replace(item, number=number) for number in range(8, 40))
    assert "For you to see: Fenn. No longer reached because Elm was removed by Sam Scribe." in said(
        replace(FACTS, items=many)
    )


def test_a_meeting_without_flags_says_so():
    quiet = (ItemBrief(7, "A"), ItemBrief(8, "B"), ItemBrief(9, "C"), ItemBrief(10, "D", is_unscreened=True))
    words = said(replace(FACTS, items=quiet[:3]))
    assert "No flags: items 7 to 9." in words
    searched = said(replace(FACTS, items=quiet, searched="Searched 7 people against 3 items."))
    assert "No flags: items 7 to 9. Searched 7 people against 3 items." in searched
    assert "Not screened, because no organisation is named: item 10." in searched
    assert "Nobody is likely to declare, by the register." in words
    assert "Still open\nNothing." in words


def test_an_organisation_that_is_not_matched_is_said_beside_the_flags_and_still_open():
    words = said(
        replace(FACTS, items=(replace(ITEM, unmatched=("Elm Grp",)), ItemBrief(8, "B", unmatched=("Elm Grp",))))
    )
    row = "7. Variation of a contract\tLeaves: Dr Fay Fenn (not ruled). “Elm Grp”: compared by these words only, so a flag may be missing."
    assert row in words and "No flags" not in words
    assert "Not matched, compared by these words only, so a flag may be missing: “Elm Grp” (7 and 8)." in words


def test_a_dismissed_flag_is_told_with_who_dismissed_it_and_its_person_still_declares():
    dismissed = Dismissal(
        "own contract", "Dismissed by Mrs Ann Ashby, who asked the Guardian: A dormant share.", is_own=True
    )
    item = replace(
        ITEM, people=(Concerned(FENN, "no conflict", "dismissed", is_dismissed=True, dismissed=(dismissed,)),)
    )
    words = said(replace(FACTS, items=(item,)))
    assert (
        "No conflict: Dr Fay Fenn, own contract. Dismissed by Mrs Ann Ashby, who asked the Guardian: A dormant share."
        in words
    )
    assert "Likely to declare: Dr Fay Fenn (7)." in words
    assert "No flags" not in words


def test_that_most_members_would_withdraw_stands_on_it_however_short_it_is():
    crowd = tuple(
        Concerned(Named(f"Dr {each} Longname{each}", f"Longname{each}"), "leaves", "not ruled") for each in range(9)
    )
    pause = "7 of the 9 voting members who are expected would withdraw, more than half."
    items = tuple(
        replace(
            each,
            people=crowd,
            pause=pause,
            presides="The chair has a conflict.",
            presides_tersely="Mr Bob Birch presides.",
        )
        for each in usual(12)
    )
    words = said(replace(FACTS, items=items))
    assert text_of(whole_briefing(replace(FACTS, items=items))) != words  # it had to be shortened
    assert "whoever presides decides whether the discussion goes on: items 7 to 18." in words
    assert words.count("Mr Bob Birch presides.") == 12
    assert words.count("Longname7 and Longname8 (not ruled)") == 12
    assert " more" not in words
    assert "Also: who presides" in words


def test_no_paper_no_cutting():
    facts = replace(FACTS, items=usual(40))
    whole = text_of(whole_briefing(facts))
    assert "See the agenda" not in whole and "Dr Given0 Surname0" in whole and "46. Contract variation" in whole


def test_what_is_withheld_from_the_reader_is_named_by_its_number():
    assert "nothing is said here of items 9 and 12." in said(replace(FACTS, withheld=(9, 12)))


def usual(number):
    """A meeting of so many items, each with three people who leave and one with a weak flag."""
    people = tuple(
        Concerned(Named(f"Dr Given{each} Surname{each}", f"Surname{each}"), "leaves", "not ruled", awaits_ruling=True)
        for each in range(3)
    )
    weak = Concerned(GORSE, "speaks, then leaves", "not ruled", is_weak=True, awaits_ruling=True)
    title = "Contract variation for a practice with a long name"
    return tuple(
        ItemBrief(each, title, people=(*people, weak), quorum="Quorate: 6 count.") for each in range(7, 7 + number)
    )


def test_a_usual_meeting_names_every_item_and_a_long_one_says_where_the_rest_is():
    assert "Dr Given0 Surname0" in said(replace(FACTS, items=usual(3)))
    words = said(replace(FACTS, items=usual(15)))
    assert "21. Contract variation" in words
    assert "See the agenda" not in words
    assert "Leaves: Surname0, Surname1 and Surname2 (not ruled). 1 weak flag." in words
    assert "See the agenda for the rest: items" in said(replace(FACTS, items=usual(40)))


names = st.builds(Named, st.text(max_size=300), st.text(max_size=200))
texts = st.text(max_size=400)
people = st.builds(
    Concerned, names, st.sampled_from(["leaves", "stays"]), st.sampled_from(["ruled", "not ruled"]), st.booleans(), st.booleans(),
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip
briefs = st.builds(
    ItemBrief, st.integers(1, 99), texts, texts, st.lists(people, max_size=30).map(tuple), texts, st.just("Birch presides."), texts,
    st.booleans(), texts, st.booleans(),
)  # fmt: skip


@settings(max_examples=25)
@given(
    st.lists(briefs, max_size=50).map(tuple),
    st.lists(texts, max_size=5).map(tuple),
    st.lists(names, max_size=30).map(tuple),
    texts,
)
def test_whatever_a_meeting_is_like_its_briefing_fits_on_one_page(items, sentences, silent, text):
    facts = replace(FACTS, items=items, quorum_rules=sentences, expectations=sentences, chairs=sentences, meeting=text, venue=text,
                    unanswered_invitations=silent, withheld=tuple(range(1, 60, 2)))  # fmt: skip
    assert fits_on_one_page(briefing(facts))


@pytest.mark.parametrize("number", [1, 6, 15, 40])
def test_the_paper_has_one_page(number):
    document = briefing(replace(FACTS, items=usual(number)))
    with pikepdf.open(BytesIO(pdf_of(document, created=datetime(2026, 11, 1, tzinfo=UTC)))) as pdf:
        assert len(pdf.pages) == 1
