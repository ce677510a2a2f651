"""Interests in one of several organisations, nobody having settled in which: what holds for each is a flag, the rest a question."""

from datetime import date

from coi.organisations.catalogue import reference_edges
from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.report import as_data, as_text
from coi.screening.rules import flags_and_questions, flags_for
from coi.screening.screen import Screening, screen
from coi.screening.unsettled import may_be
from coi.screening.vocabulary import (
    Affected,
    AffectedOrganisation,
    Chosen,
    Edge,
    EdgeKind,
    InterestFact,
    ItemFact,
    Level,
    OneOf,
    RelationKind,
    Role,
    SomePractices,
)
from tests.screening.invented import HERE, practice

DAY = date(2026, 3, 4)
EITHER = OneOf(("A", "B"), ("Alderbury", "Ormiston"), "Windle House")
OPEN = InterestFact(
    "1",
    "Dr Elm",
    (),
    role=Role.PARTNER,
    text="Partner, Windle House",
    one_of=(EITHER,),
)
NAMES = {"A": "Alderbury", "B": "Ormiston", "C": "Cawley", "N": "Fenby PCN"}


def item(*named: str, relation: Affected = Affected.SUBJECT, **more: object) -> ItemFact:
    affected = tuple(AffectedOrganisation(key, NAMES[key], relation) for key in named)
    return ItemFact("7", "Rent", DAY, affected, **more)  # type: ignore[arg-type]


def test_an_item_that_concerns_whoever_may_be_meant_is_flagged_and_says_so() -> None:
    (flag,) = flags_for([OPEN], [item("A", "B")], names=NAMES)
    assert (flag.level, flag.relation) == (Level.OWN_CONTRACT, RelationKind.DIRECT_FINANCIAL)
    assert flag.path == (
        "Dr Elm",
        "partner at one of Alderbury and Ormiston (not settled which)",
        "each is named in item 7",
    )
    assert flag.others == ()
    assert set(flag.organisations) == {"A", "B"}
    assert flag.through == ("one of A B",)


def test_a_class_that_holds_whoever_may_be_meant_flags_as_one_of_it() -> None:
    (flag,) = flags_for(
        [OPEN], [item(class_scope=SomePractices(("A", "B", "C"), "all practices of Fenby"))], names=NAMES
    )
    assert (flag.level, flag.relation) == (Level.CLASS, RelationKind.CLASS_WIDE)
    assert flag.path[2] == "each is one of all practices of Fenby, in item 7"


def test_of_those_who_may_be_meant_the_one_that_is_concerned_least_says_how_strong_the_flag_is() -> None:
    edges = [Edge(key, "N", EdgeKind.MEMBER_OF_PCN) for key in "AB"]
    (flag,) = flags_for([OPEN], [item("A", moves_patients=True)], edges, NAMES)
    assert (flag.level, flag.relation) == (Level.RELATED, RelationKind.INDIRECT)
    assert flag.path[2].startswith("each is concerned, Ormiston least: in the same network (Fenby PCN) as Alderbury")
    assert flag.others[0][1] == "partner at Alderbury, if that is meant"


def test_an_item_that_concerns_only_some_who_may_be_meant_is_a_question_and_no_flag() -> None:
    flags, questions = flags_and_questions([OPEN], [item("A", "C")], names=NAMES)
    assert flags == ()
    assert [(one.interest_key, one.organisations) for one in questions] == [("1", ("A",))]


def test_an_organisation_that_is_settled_flags_whatever_else_stands_open() -> None:
    both = InterestFact("2", "Dr Oak", ("C",), ("Cawley",), role=Role.PARTNER, one_of=(EITHER,))
    (flag,) = flags_for([both], [item("A", "C")], names=NAMES)
    assert flag.path[1] == "partner at Cawley"


def test_an_interest_in_one_of_several_twice_over_is_flagged_where_each_of_one_text_is_concerned() -> None:
    other = OneOf(("C", "D"), ("Cawley", "Dunmore"), "The Old Mill")
    twice = InterestFact("1", "Dr Elm", (), role=Role.PARTNER, one_of=(other, EITHER))
    (flag,) = flags_for([twice], [item("A", "B", "C")], names=NAMES)
    assert flag.path[1] == "partner at one of Alderbury and Ormiston (not settled which)"
    assert flag.others == (("Dr Elm", "partner at Cawley, if that is meant", "named in item 7"),)


def of_item(one_of: OneOf, *keys: str) -> ItemFact:
    """An item that names one of several, and nobody settled which."""
    may_be = (AffectedOrganisation(key, NAMES[key], if_meant=Chosen(one_of, key)) for key in keys)
    return ItemFact("7", "Rent", DAY, tuple(may_be))


def test_an_item_that_names_one_of_several_flags_whoever_each_of_them_concerns() -> None:
    edges = [Edge("C", key, EdgeKind.LANDLORD_OF) for key in "AB"]
    owner = InterestFact("1", "Dr Elm", ("C",), ("Cawley",), role=Role.OWNER)
    (flag,), questions = flags_and_questions([owner], [of_item(EITHER, "A", "B")], edges, NAMES)
    assert (flag.level, questions) == (Level.MATERIAL, ())
    assert (
        flag.path[-1]
        == "named in item 7, whichever “Windle House” means there: Alderbury and Ormiston (not settled which)"
    )


def test_an_item_that_names_one_of_several_is_a_question_to_whoever_is_in_one_of_them() -> None:
    own = InterestFact("1", "Dr Elm", ("A",), ("Alderbury",), role=Role.PARTNER)
    flags, (question,) = flags_and_questions([own], [of_item(EITHER, "A", "B")], (), NAMES)
    assert flags == ()
    assert (
        may_be(question)
        == "“Windle House” on this item may be Alderbury (A), which concerns Dr Elm, or Ormiston (B), which does not"
    )


def test_the_same_words_on_both_sides_mean_the_same_and_other_words_may_not() -> None:
    (flag,), questions = flags_and_questions([OPEN], [of_item(EITHER, "A", "B")], (), NAMES)
    assert (flag.path[-1], questions) == ("each is named in item 7, in the same words", ())
    reworded = OneOf(EITHER.keys, EITHER.names, "Windle Hse")
    flags, (question,) = flags_and_questions([OPEN], [of_item(reworded, "A", "B")], (), NAMES)
    assert flags == () and set(question.asks) == {EITHER, reworded}


def test_what_is_weakly_flagged_by_its_words_is_asked_about_where_it_may_be_more() -> None:
    loose = InterestFact("1", "Dr Elm", ("loose",), ("Alderbry",), role=Role.PARTNER, one_of=(EITHER,))
    (flag,), (question,) = flags_and_questions([loose], [item("A")], [Edge("loose", "A", EdgeKind.ALIKE)], NAMES)
    assert flag.level is Level.RELATED and "perhaps the same as" in flag.path[2]
    assert question.asks == (EITHER,)


_HOUSE = {"address": ("WINDLE HOUSE", "4 LOW STREET", "FENBY"), "postcode": "FY1 2BB"}
KNOWN = (
    practice("Z50001", "ALDERBURY MEDICAL", "Fenby", **_HOUSE),
    practice("Z50002", "ORMISTON MEDICAL", "Fenby", **_HOUSE),
    practice("Z50003", "CAWLEY SURGERY", "Fenby", address=("9 HIGH ROAD", "FENBY"), postcode="FY1 1AA"),
    ReferenceOrganisation(HERE, "NHS FENBY ICB - 99Z", "commissioner", areas=(Dated(HERE),)),
)


def screened(title: str) -> Screening:
    rows = [RegisterRow(1, "Dr Elm", "", "GP partner, Windle House, Fenby", None, None, None, None, HERE, line=2)]
    agenda = [AgendaRow(1, "1", title, "", None, None, HERE)]
    edges = reference_edges(KNOWN)
    return screen(rows, agenda, on=DAY, area=HERE, organisations=KNOWN, edges=edges, finder=Matcher(KNOWN))


def test_a_screening_flags_a_building_all_of_whose_practices_are_concerned_and_still_asks_which() -> None:
    found = screened("Rent review: Alderbury Medical and Ormiston Medical")
    told = as_text(found, {})
    assert [flag.level for flag in found.flags] == [Level.OWN_CONTRACT]
    assert "one of Alderbury Medical and Ormiston Medical" in " ".join(told.split())
    assert "may be ALDERBURY MEDICAL (Z50001) or ORMISTON MEDICAL (Z50002)" in " ".join(told.split())
    assert as_data(found)["flags"][0]["one_of"] == ["Z50001", "Z50002"]


def test_a_screening_asks_beside_the_item_where_one_of_those_who_may_be_meant_is_concerned() -> None:
    found = screened("Rent review: Ormiston Medical")
    told = " ".join(as_text(found, {}).split())
    assert found.flags == ()
    assert "No flags yet: 1 interest may lead there, once it is settled which organisation is meant." in told
    assert "? Dr Elm: not settled which organisation is meant" in told
    assert (
        "may be Ormiston Medical (Z50002), which this item concerns, or Alderbury Medical (Z50001), which it does not"
        in told
    )
    (asked,) = as_data(found)["searched"]["to_settle"]
    assert (asked["person"], asked["item"], asked["concerned"], asked["not_concerned"]) == (
        "Dr Elm",
        1,
        ["Z50002"],
        ["Z50001"],
    )
