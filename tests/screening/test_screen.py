"""A register against an agenda, with reference data and without."""

from datetime import date

import pytest

from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.report import as_data, as_text
from coi.screening.screen import Screening, screen
from coi.screening.vocabulary import Edge, EdgeKind
from tests.screening.invented import HERE, ORGANISATIONS, THERE, practice

DAY = date(2026, 1, 22)
MATCHER = Matcher(ORGANISATIONS)
EDGES = (
    *tuple(
        Edge(one.code, area.code, EdgeKind.COMMISSIONED_BY)
        for one in ORGANISATIONS
        if one.kind == "practice"
        for area in one.areas
    ),
    Edge("Z10001", "Z90001", EdgeKind.MEMBER_OF_PCN),
    Edge("Z10002", "Z90001", EdgeKind.MEMBER_OF_PCN),
)


def row(text: str, person: str = "Dr Ashdown", number: int = 1, **details: object) -> RegisterRow:
    return RegisterRow(number, person, "", text, None, None, None, None, str(details.get("area", "")))


def item(title: str, description: str = "", number: int = 1, area: str = "") -> AgendaRow:
    return AgendaRow(number, str(number), title, description, None, None, area)


def run(texts: list[str], titles: list[str], area: str = HERE, *, reference: bool = True) -> Screening:
    return screen(
        [row(text, number=number) for number, text in enumerate(texts, 1)],
        [item(*title.split("|"), number=number) for number, title in enumerate(titles, 1)],
        on=DAY,
        area=area,
        organisations=ORGANISATIONS if reference else (),
        edges=EDGES if reference else (),
        finder=MATCHER if reference else None,
    )


def found(screening: Screening) -> list[tuple[str, str, str, str]]:
    return [(flag.interest_key, flag.item_key, flag.relation.value, flag.level.value) for flag in screening.flags]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Partner at Quillbrook Med Ctr", "Boundary change: Quillbrook Medical Centre", ("direct_financial", "F1")),
        ("Salaried GP, Quillbrook Surgery", "Boundary change: Quillbrook Medical Centre", ("direct_financial", "F4")),
        ("Partner at Osterleigh Surgery", "Local enhanced service, all practices", ("class_wide", "F3")),
        ("Husband and I are partners at Osterleigh Surgery", "Local enhanced service", ("class_wide", "F3")),
        ("Partner at Osterleigh Surgery", "Tarnwick diabetes local improvement scheme", ("class_wide", "F3")),
        ("Partner at Osterleigh Surgery", "Health scheme, Tarnwick practices", ("class_wide", "F3")),
        ("Practice is a member of Tarn Confederation", "Tarn Confederation CIC: hubs", ("direct_financial", "F1")),
        ("Clinical director, Elm and Ash PCN", "Elm and Ash (South) PCN: payee", ("direct_financial", "F4")),
        ("Partner at Osterleigh Surgery", "Tarnwick PCN: hub funding", ("direct_financial", "F2")),
        ("Partner at Osterleigh Surgery", "Dispersal of the list of Quillbrook Medical Centre", ("indirect", "F4")),
        ("Partner at Osterleigh Surgery", "Dispersal of a list|Patients go to Osterleigh", ("indirect", "F4")),
        ("Husband is a director of Tarn Care Ltd", "Contract award to Tarn Care", ("indirect", "F2")),
        ("Mother-in-law is a patient of Quillbrook MC", "Quillbrook Medical Centre: rent", ("indirect", "F4")),
        ("Patient at Quillbrook MC", "Quillbrook Medical Centre: rent", ("non_financial", "F4")),
        ("Co-owner of the building leased to Quillbrook MC", "Quillbrook MC: rent", ("direct_financial", "F2")),
        ("Volunteer at Farthing Hospice", "Grant to Farthing Hospice", ("non_financial", "F4")),
        ("Practice holds shares in Tarn Care Ltd", "Community nursing: extension of the Tarn Care contract", ("direct_financial", "F1")),
        ("Partner at Dr Tremlett's practice", "New premises for Harrowgate Farm", ("direct_financial", "F1")),
        ("Retired partner of Quillbrook Surgery, left November 2025", "Quillbrook MC: rent", ("direct_financial", "F5")),
    ],
)  # fmt: skip
def test_an_interest_meets_the_item_that_concerns_it(text: str, title: str, expected: tuple[str, str]) -> None:
    assert found(run([text], [title])) == [("1", "1", *expected)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Partner at Barnfield Surgery, Penmarsh", "Tarnwick diabetes local improvement scheme"),
        ("Partner at Eldermere Health Centre", "Health scheme, Penmarsh practices"),
        ("Partner at Quillbrook Medical Centre", "Grant to Quillbrook Hospice"),
        ("Partner at Quillbrook Medical Centre", "Minutes of the last meeting"),
        ("Partner at Quillbrook Medical Centre", "Pharmacy services update"),
        ("Partner at Hollin Lane Surgery", "Local enhanced service, all Costerby practices"),
        ("Trustee of Quillbrook Hospice", "Boundary change: Quillbrook Medical Centre"),
        ("Director of Tarnwick PCN Ltd", "Merger: Hollin Lane and Osterleigh, Tarnwick"),
        ("Partner at Willowdenes Surgery", "Willowdenes House Surgery: rent"),
        ("Director of Quillbrook Ltd", "Quillbrook Medical Centre: rent review"),
        ("Partner at Quillbrook Medical Centre", "Quillbrook Ltd: contract award"),
        ("I have no interest in Quillbrook Medical Centre", "Quillbrook Medical Centre: rent"),
        ("Board member, Marlow Health Federation", "Local enhanced service, all practices"),
        ("Formerly partner at Quillbrook Surgery (retired June 2024)", "Quillbrook Medical Centre: rent review"),
        ("Member of the BMA", "Local enhanced service, all practices"),
        ("Nil", "Local enhanced service, all practices"),
    ],
)
def test_an_interest_that_only_sounds_alike_is_not_flagged(text: str, title: str) -> None:
    assert found(run([text], [title])) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Director, Harbour Row Fysio", "Contract award to Harbour Row Physiotherapy Ltd"),
        ("Director of Pellow Care Ltd", "Grant to Pellowe Care Ltd"),
    ],
)
def test_nearly_the_words_of_an_item_that_nobody_knows_are_perhaps_the_same(text: str, title: str) -> None:
    screening = run([text], [title])
    assert found(screening) == [("1", "1", "direct_financial", "F4")]
    assert any(hop.startswith("perhaps the same as ") for hop in screening.flags[0].path)


def test_a_practice_that_is_called_a_company_is_the_practice() -> None:
    assert found(run(["Partner at Osterleigh Surgery"], ["Osterleigh Surgery Ltd: contract award"])) == [
        ("1", "1", "direct_financial", "F1")
    ]


def test_one_row_may_declare_several_interests() -> None:
    screening = run(
        ["GP partner at Quillbrook Surgery; husband is employed by Tarn Care Ltd"],
        ["Award to Tarn Care Ltd", "Quillbrook Surgery: rent"],
    )
    assert [flag["interest"] for flag in as_data(screening)["flags"]] == [1, 1]
    assert found(screening) == [("1a", "1", "indirect", "F4"), ("1", "2", "direct_financial", "F1")]


def test_the_area_is_guessed_from_the_register_where_nobody_gives_it() -> None:
    texts = ["Partner at Quillbrook Medical Centre", "Partner at Osterleigh Surgery", "Partner at Hollin Lane Surgery"]
    screening = run(texts, ["Hollin Lane Surgery: rent review"], area="")
    assert screening.area == HERE
    assert found(screening) == [("3", "1", "direct_financial", "F1")]


def test_the_area_of_an_item_decides_whose_scheme_it_is() -> None:
    screening = screen(
        [row("Partner at Quillbrook Medical Centre", area=HERE)],
        [item("Local enhanced service", area=THERE), item("Local enhanced service", number=2, area=HERE)],
        on=DAY, organisations=ORGANISATIONS, edges=EDGES, finder=MATCHER,
    )  # fmt: skip
    assert [flag.item_key for flag in screening.flags] == ["2"]


def test_what_nobody_understood_is_listed_with_its_candidates() -> None:
    screening = run(["Partner at Barnfield Surgery"], ["Barnfield Surgery: rent review"])
    assert found(screening) == []
    (left,) = as_data(screening)["unmatched"]
    assert left["decision"] == "ambiguous"
    assert len(left["candidates"]) == 2


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Partner at Mossgate Med Ctr", "Rent review: Mossgate Medical Centre", [("1", "1", "direct_financial", "F1")]),
        ("Director of Tarn Care Ltd", "Award to Tarn Care", [("1", "1", "direct_financial", "F1")]),
        ("Partner at Mossgate Surgery", "Local enhanced service, all practices", [("1", "1", "class_wide", "F3")]),
        ("Trustee of Mossgate Hospice", "Rent review: Mossgate Medical Centre", []),
        ("Wife is a teacher", "Local enhanced service, all practices", []),
    ],
)
def test_without_reference_data_names_are_compared_as_written(
    text: str, title: str, expected: list[tuple[str, ...]]
) -> None:
    assert found(run([text], [title], reference=False)) == expected


def test_the_report_says_who_why_and_what_was_searched() -> None:
    text = as_text(
        run(["Partner at Quillbrook Med Ctr", "Nil"], ["Boundary change: Quillbrook Medical Centre"]), {"1": "4a"}
    )
    assert "Item 4a  Boundary change: Quillbrook Medical Centre" in text
    assert "F1  Dr Ashdown: own contract" in text
    assert "Dr Ashdown → partner at Quillbrook Medical Centre → named in item 1" in text
    assert "leave for discussion and decision (A4), and withhold the papers (A3)" in text
    assert "Searched 1 interest × 1 item; 1 flag; 0 texts not understood; 1 nil return." in text


def test_somebody_with_nothing_entered_made_no_nil_return() -> None:
    screening = run(["", "Nil"], ["Boundary change: Quillbrook Medical Centre"])
    assert (screening.nil_rows, [(one.person, one.text) for one in screening.unmatched]) == (1, [("Dr Ashdown", "")])
    assert "Nothing entered, which is no nil return (" in as_text(screening, {})


def test_all_practices_are_those_of_the_area_beside_a_practice_that_is_called_by_its_town() -> None:
    screening = run(["Partner at Osterleigh Surgery"], ["Eastwithy Surgery: rent, and a LES offered to all practices"])
    assert found(screening) == [("1", "1", "class_wide", "F3")]


@pytest.mark.parametrize("but", ["except", "other than", "excluding", "apart from", "with the exception of"])
def test_a_practice_that_a_scheme_for_all_leaves_out_is_not_flagged_and_every_other_is(but: str) -> None:
    title = f"Winter scheme offered to every practice {but} Quillbrook Medical Centre"
    screening = run(["Partner at Quillbrook Medical Centre", "Partner at Osterleigh Surgery"], [title])
    assert found(screening) == [("2", "1", "class_wide", "F3")]
    assert "except" in screening.flags[0].path[-1]
    named = (
        f"Quillbrook Medical Centre: contract|Also: winter scheme for every practice {but} Quillbrook Medical Centre"
    )
    assert ("1", "1", "direct_financial", "F1") in found(run(["Partner at Quillbrook Medical Centre"], [named]))


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Governor of Wexcombe Hale University Hospitals NHS Foundation Trust", "governor of"),
        ("Close friend is chief executive of Wexcombe Hale University Hospitals NHS Foundation Trust", "chief executive of"),
    ],
)  # fmt: skip
def test_a_governor_and_a_chief_executive_are_called_so_and_weigh_as_related(text: str, step: str) -> None:
    """Rule: MTG-02; RULEBOOK §24 F4."""
    screening = run([text], ["Contract with Wexcombe Hale University Hospitals NHS Foundation Trust"])
    assert [(flag.level.value, flag.path[1].startswith(step)) for flag in screening.flags] == [("F4", True)]


def test_a_practice_that_nobody_knows_is_called_without_its_postcode() -> None:
    assert run(["Partner at Nowhere Surgery ZZ1 1AB"], []).interests[0].organisation_names == ("Nowhere Surgery",)


def test_the_class_that_an_item_concerns_is_said_above_its_flags() -> None:
    told = as_text(run(["Partner at Osterleigh Surgery"], ["Winter scheme offered to all practices"]), {})
    assert "  concerns: all practices in 99Z" in told


def test_no_flags_is_said_in_so_many_words() -> None:
    assert "No flags" in as_text(run(["Nil"], ["Minutes of the last meeting"]), {})


def test_a_membership_is_asked_on_the_day_of_the_item() -> None:
    moved = ORGANISATIONS[0].__class__("Z10099", "MOVED SURGERY", "practice", areas=(Dated(HERE),))
    edges = (Edge("Z10099", HERE, EdgeKind.COMMISSIONED_BY, None, date(2020, 3, 31)),)
    screening = screen(
        [row("Partner at Moved Surgery")], [item("Local enhanced service")],
        on=DAY, area=HERE, organisations=(moved,), edges=edges, finder=Matcher((moved,)),
    )  # fmt: skip
    assert screening.flags == ()


def test_a_borough_whose_commissioner_closed_stays_a_place() -> None:
    """Rule: MTG-02; its practices are the class, those that closed before the day are not."""
    gone = date(2020, 3, 31)
    held = (Dated("93Z", None, gone), Dated(HERE, date(2020, 4, 1)))
    inside = practice("Z30001", "WATERMILL SURGERY", "Ferry", areas=held)
    closed = practice("Z30002", "STILE SURGERY", "Ferry", areas=held, status="closed", closed_on=date(2021, 1, 1))
    outside = practice("Z30003", "PADDOCK SURGERY", "Ferry")
    borough = ReferenceOrganisation("93Z", "NHS LOWICK CCG", "commissioner", status="closed", closed_on=gone)
    known = (inside, closed, outside, borough)
    edges = [
        Edge(one.code, each.code, EdgeKind.COMMISSIONED_BY, each.valid_from, each.valid_to) for one in known for each in one.areas
    ]  # fmt: skip
    texts = ["Partner at Watermill Surgery", "Partner at Stile Surgery", "Partner at Paddock Surgery"]
    screening = screen(
        [row(text, number=number) for number, text in enumerate(texts, 1)],
        [item("Lowick wound care local improvement scheme")],
        on=DAY, area=HERE, organisations=known, edges=edges, finder=Matcher(known),
    )  # fmt: skip
    assert [flag.interest_key for flag in screening.flags] == ["1"]


def test_the_practices_of_two_places_are_no_practices_called_after_them() -> None:
    known = (
        practice("Z30001", "FERRY GROUP OF PRACTICES", "Ferry"),
        practice("Z30002", "LOWICK PRACTICE", "Lowick"),
        practice("Z30003", "STILE SURGERY", "Lowick"),
    )
    edges = [Edge(one.code, HERE, EdgeKind.COMMISSIONED_BY) for one in known]
    screening = screen(
        [row("Partner at Stile Surgery"), row("Partner at Lowick Practice", number=2)],
        [item("Out of hospital contract, all Ferry and Lowick practices")],
        on=DAY, area=HERE, organisations=known, edges=edges, finder=Matcher(known),
    )  # fmt: skip
    assert [(flag.interest_key, flag.relation.value) for flag in screening.flags] == [
        ("1", "class_wide"),
        ("2", "class_wide"),
    ]
    assert screening.items[0].affected == ()


def test_a_practice_under_the_same_roof_is_a_neighbour_of_one_whose_list_is_dispersed() -> None:
    """Rule: MTG-02; RULEBOOK §23 scenario 17."""
    known = (
        practice("Z30001", "FERRY SURGERY", "Ferry", postcode="ZZ2 2BB"),
        practice("Z30002", "STILE SURGERY", "Ferry", postcode="ZZ2 2BB"),
        practice("Z30003", "PADDOCK SURGERY", "Ferry", postcode="ZZ2 3CC"),
    )
    texts = ("Partner at Stile Surgery", "Partner at Paddock Surgery")
    screening = screen(
        [row(text, number=number) for number, text in enumerate(texts, 1)],
        [item("Dispersal of the list of Ferry Surgery"), item("Boundary change: Ferry Surgery", number=2)],
        on=DAY, area=HERE, organisations=known, edges=(), finder=Matcher(known),
    )  # fmt: skip
    assert found(screening) == [("1", "1", "indirect", "F4")]


@pytest.mark.parametrize(
    ("text", "title", "flagged"),
    [
        ("Partner at Hollin Lane Surgery", "Hollin Lane: extension of the building", True),
        ("Partner at Osterleigh Surgery", "URGENT AOB: rent, The Osterleigh Surgery", True),
        ("Partner at Quillbrook Medical Centre", "Penmarsh: estates plan", False),
        ("Nurse, Marlow and Tarnwick University NHS Foundation Trust", "Quality contract for GPs round Marlow", False),
        ("Partner at Osterleigh Surgery", "GP incentive scheme year 2: Marlow, whole footprint", True),
    ],
)
def test_a_title_may_lead_in_cut_short_or_go_round_a_place(text: str, title: str, flagged: bool) -> None:
    assert bool(run([text], [title]).flags) is flagged


def test_a_scheme_for_several_towns_concerns_the_practices_of_each() -> None:
    partners = [
        "Partner at Loxbridge Partnership",
        "Partner at Pentreglas & Upper Saintbury Surgery",
        "Partner at Osterleigh Surgery",
    ]
    found = run(partners, ["Winter scheme, all practices in Saintbury and Loxbridge"])
    assert {flag.interest_key for flag in found.flags} == {"1", "2"}


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Partner at Osterleigh Surgery, previously at Hollin Lane Surgery until 2015", {"2": "F1"}),
        ("Locum at Osterleigh Surgery and formerly partner at Hollin Lane Surgery until 2015", {"2": "F4"}),
        ("Formerly partner at Hollin Lane Surgery until 2015, now partner at Osterleigh Surgery", {"2": "F1"}),
        ("Partner at Osterleigh Surgery, having left Hollin Lane Surgery in 2015", {"2": "F1"}),
        ("Formerly partner at Osterleigh Surgery and Hollin Lane Surgery until 2015", {}),
        ("Partner at Osterleigh Surgery (formerly The Penmarsh Surgery)", {"2": "F1"}),
    ],
)
def test_the_end_of_what_somebody_was_ends_nothing_that_they_are(text: str, levels: dict[str, str]) -> None:
    """Rule: MTG-02. Where it is not clear which of several ended, each is left to the chair."""
    flags = run([text], ["Hollin Lane Surgery: rent", "Osterleigh Surgery: rent"]).flags
    assert {flag.item_key: flag.level.value for flag in flags} == levels
