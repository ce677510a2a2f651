"""Interests in one of several organisations, nobody having settled in which: what holds for each is a flag, the rest a question."""

from datetime import date

from coi.organisations.catalogue import reference_edges
from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.report import as_data, as_text
from coi.screening.rules import flags_and_questions, flags_for
from coi.screening.screen import Screening, screen
from coi.screening.vocabulary import (
    Affected,
    AffectedOrganisation,
    Edge,
    EdgeKind,
    InterestFact,
    ItemFact,
    Level,
    RelationKind,
    Role,
    SomePractices,
)
from tests.screening.invented import HERE, practice

DAY = date(2026, 3, 4)
OPEN = InterestFact(
    "1",
    "Dr Elm",
    (),
    role=Role.PARTNER,
    text="Partner, Windle House",
    one_of=("A", "B"),
    one_of_names=("Alderbury", "Ormiston"),
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
    both = InterestFact(
        "2", "Dr Oak", ("C",), ("Cawley",), role=Role.PARTNER, one_of=("A", "B"), one_of_names=("Alderbury", "Ormiston")
    )
    (flag,) = flags_for([both], [item("A", "C")], names=NAMES)
    assert flag.path[1] == "partner at Cawley"


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
