"""Columns that say outright whom a row is about: codes, and whom a scheme is offered to."""

from dataclasses import replace

import pytest

from coi.screening.columned import Said, codes_in, names_in
from coi.screening.flags import Flag
from coi.screening.headings import find_register
from coi.screening.layouts import AgendaRow, read_agenda, register_lines
from coi.screening.report import as_data, as_text
from coi.screening.screen import Screening, screen
from tests.screening.invented import HERE, ORGANISATIONS
from tests.screening.test_screen import DAY, EDGES, MATCHER, row


def run(text: str, agenda: tuple[AgendaRow, ...], code: Said | None = None, *, reference: bool = True) -> Screening:
    declared = row(text) if code is None else replace(row(text), codes=code)
    known = ORGANISATIONS if reference else ()
    return screen(
        [declared], agenda, on=DAY, area=HERE, organisations=known, edges=EDGES, finder=MATCHER if reference else None
    )  # fmt: skip


def sheet(title: str, **cells: str) -> tuple[AgendaRow, ...]:
    names = [name.replace("_", " ") for name in cells]
    return read_agenda([["Title", *names], [title, *cells.values()]], "agenda")


def relations(screening: Screening) -> list[tuple[str, str]]:
    return [(flag.relation.value, flag.path[-1]) for flag in screening.flags]


@pytest.mark.parametrize("heading", ["org_codes", "ODS code(s)", "Organisation code", "Practice codes", "ODS codes"])
def test_a_column_of_codes_says_whom_an_item_concerns(heading: str) -> None:
    agenda = read_agenda([["Title", heading], ["Lease of a site", "Z10002|Z10001"]], "agenda")
    assert relations(run("Partner at Osterleigh Surgery", agenda)) == [
        ("direct_financial", f"named in item 1, column “{heading}”")
    ]


def test_the_wording_adds_others_and_none_of_the_same_name() -> None:
    agenda = sheet("Lease: Barnfield Surgery, Tarnwick, and Quillbrook Medical Centre", ODS_code="Z10006")
    item = run("Partner at Osterleigh Surgery", agenda).items[0]
    assert [one.key for one in item.affected] == ["Z10006", "Z10001"]


def test_an_unknown_code_is_said_with_its_line() -> None:
    found = run("Partner at Osterleigh Surgery", sheet("Lease", ODS_code="Q99999; Z10002"))
    assert [one.interest_key for one in found.flags] == ["1"]
    assert as_data(found)["searched"]["unknown_codes"] == [
        {"file": "agenda", "line": 2, "column": "ODS code", "text": "Q99999"}
    ]
    assert "“Q99999” (agenda, line 2, column “ODS code”)" in as_text(found, {})


@pytest.mark.parametrize(
    "told", ["ALL_GP:99Z", "99Z", "All practices in Marlow", "Tarnwick", "all practices", "PCN:Z90001", "Z90001"]
)
def test_a_column_says_whom_a_scheme_is_offered_to(told: str) -> None:
    found = run("Partner at Osterleigh Surgery", sheet("Diabetes money", Offered_to=told))
    assert len(found.flags) == 1, found.items


@pytest.mark.parametrize(
    "told", ["ALL_GP:98Z", "Penmarsh", "PCN:Z90002", "All practices in Costerby", "n/a", "to be agreed"]
)
def test_a_scheme_offered_elsewhere_concerns_nobody_here(told: str) -> None:
    assert not run("Partner at Osterleigh Surgery", sheet("Diabetes money", Offered_to=told)).flags


def test_the_class_of_the_column_goes_before_that_of_the_words() -> None:
    agenda = sheet("Local enhanced service, all practices", class_scope="PCN:Z90002")
    assert not run("Partner at Osterleigh Surgery", agenda).flags


def test_a_code_beside_a_declared_text_says_whom_it_means() -> None:
    agenda = sheet("Lease", ODS_code="Z10007")
    flags: tuple[Flag, ...] = run("Partner at Barnfield Surgery", agenda, Said("Z10007", "ODS code")).flags
    assert [flag.relation.value for flag in flags] == ["direct_financial"]
    assert not run("Partner at Barnfield Surgery", agenda, Said("Z10006", "ODS code")).flags


def test_a_practices_code_beside_another_name_is_where_the_person_works() -> None:
    agenda = sheet("Lease", ODS_code="Z10007")
    assert not run("Partner at Osterleigh Surgery", agenda, Said("Z10007", "Practice code")).flags


def test_codes_meet_without_reference_data() -> None:
    agenda = sheet("Lease", ODS_code="X12345")
    assert run("Partner", agenda, Said("X12345", "ODS code"), reference=False).flags


def test_a_register_keeps_its_codes_and_never_what_is_expected() -> None:
    rows = [["Name", "Declared interest", "expected_code", "ODS code"], ["Dr A", "Partner", "Z10001", "Z10002"]]
    (line,) = register_lines(rows, find_register(rows, "register"))
    assert line.row.codes == Said("Z10002", "ODS code")


def test_cells_hold_several_codes_and_names() -> None:
    said = Said("z10001 (Quillbrook), Z10002\nORG:Harbour Hospice; n/a | ALL_GP:99Z", "ODS code")
    assert (codes_in(said), names_in(said)) == (("Z10001", "Z10002"), ("Harbour Hospice",))


def test_a_shortened_word_ends_no_sentence() -> None:
    agenda = sheet("Grant to St Edwin's Hospice")
    assert run("Trustee of St. Edwin's Hospice", agenda).flags


@pytest.mark.parametrize("cell", ["All practices except Osterleigh Surgery", "All other than Osterleigh Surgery"])
@pytest.mark.parametrize("column", ["Offered_to", "Organisations"])
def test_a_column_that_names_all_but_one_does_not_mean_that_one(cell: str, column: str) -> None:
    agenda = sheet("Winter scheme", **{column: cell})
    assert not run("Partner at Osterleigh Surgery", agenda).flags
    assert [flag.level.value for flag in run("Partner at Quillbrook Medical Centre", agenda).flags] == ["F3"]
