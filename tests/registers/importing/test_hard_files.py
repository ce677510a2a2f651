"""Registers as bodies really send them: what is read of each without help, and the word for each that cannot be read."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from coi.errors import BadInput
from coi.guidance.vocabulary import BodyType, Rulebook
from coi.registers.importing.correcting import Correction
from coi.registers.importing.names import names_two, read_name
from coi.registers.importing.planning import plan_of
from coi.registers.importing.sources import Source, read_source
from coi.registers.importing.vocabulary import Action, Answers, Known, Proposal
from coi.registers.interests.vocabulary import Directness, InterestRole, InterestType, Via
from tests.registers.importing.registers_seen import Rows, as_csv

TODAY = date(2026, 11, 22)
HEAD = ["Name", "Position", "Declared interest", "Type of interest", "From", "To"]
PARTNER = ["Dr Ama Ashdown", "GP member", "GP partner at Quillbrook Surgery", "Financial", "11/2015", "Ongoing"]
NIL = ["Ms Bryony Wren", "Lay member", "Nil", "", "", ""]
Sheets = Callable[[xlsxwriter.Workbook], None]


def _rows_of(source: Source) -> tuple[Proposal, ...]:
    return plan_of(source.stated, Known(), Answers(), Rulebook(BodyType.ICB)).proposals


def _said(rows: Rows, **how: str) -> list[str]:
    """Each row in a line: who, where, what, type, from, what happens."""
    source = read_source(as_csv(rows, **how), "register.csv", today=TODAY)
    assert not source.missing, source.missing
    return [
        " | ".join((one.name, one.organisation, one.nature, kind, str(one.arose_on), each.action.value))
        for each in _rows_of(source)
        for one in (each.stated,)
        for kind in (one.type.value if one.organisation else "",)
    ]


def _workbook(build: Sheets) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        build(workbook)
    return made.getvalue()


def _written(workbook: xlsxwriter.Workbook, rows: Rows, name: str | None = None) -> xlsxwriter.worksheet.Worksheet:
    sheet = workbook.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    return sheet


RELATIVES: dict[str, tuple[Rows, list[str]]] = {
    "template, other order, ticks": (
        [["Register of interests"], [],
         ["Action taken", "Name", "Current position(s) held", "Declared interest", "Type of interest", "", "", "Nature of interest",
          "Date of interest", ""],
         ["", "", "", "", "Financial interest", "Non-financial professional interest",
          "Non-financial personal interest", "", "From", "To"],
         ["Leaves", "Dr Ama Ashdown", "GP", "Quillbrook Surgery", "Y", "", "", "GP partner", "Nov-15", "Present"],
         ["", "", "", "Tarn Care Ltd", "", "✔", "", "Nurse there", "42309", "Ongoing"]],
        ["Dr Ama Ashdown | Quillbrook Surgery | GP partner | financial | 2015-11-01 | new",
         "Dr Ama Ashdown | Tarn Care Ltd | Nurse there | non_financial_professional | 2015-11-01 | new"],
    ),
    "one person's form": (
        [["Name:", "Dr Ama Ashdown"], ["Position within, or relationship with, the CCG:", "GP member"], [],
         ["Type of interest", "Description of interest", "Date interest relates", "", "Actions to be taken to mitigate risk"],
         ["", "", "From", "To", ""], ["Financial", "Partner at Quillbrook Surgery", "11/2015", "Ongoing", "Leaves"]],
        ["Dr Ama Ashdown | Partner at Quillbrook Surgery | Partner at Quillbrook Surgery | financial | 2015-11-01 | new"],
    ),
    "local form with statements": (
        [["Name", "Practice", "Committees", "Statement", "Type", "Personal or pecuniary", "Self or other", "Start date",
          "Details of interest"],
         ["Dr Ama Ashdown", "Quillbrook Surgery", "PCCC", "Own", "Partnership", "Non pecuniary", "Self", "11/2015", "GP partner"],
         ["Mr Cyril Dove", "Quillbrook Surgery", "PCCC", "Close associates", "", "Pecuniary", "Other", "2019",
          "Daughter works at Tarn Care Ltd"],
         ["Ms Bryony Wren", "", "PCCC", "I have no interests to declare", "", "", "", "", ""]],
        ["Dr Ama Ashdown | Quillbrook Surgery | GP partner | non_financial_personal | 2015-11-01 | new",
         "Mr Cyril Dove | Daughter works at Tarn Care Ltd | Daughter works at Tarn Care Ltd | financial | 2019-01-01 | new",
         "Ms Bryony Wren |  |  |  | None | nil"],
    ),
    "declaration system": (
        [["Employee", "Role", "Declaration type", "Declaration details", "Third party", "Start date", "Date submitted"],
         ["Ashdown, Ama", "GP", "Outside employment", "GP partner", "Quillbrook Surgery", "01/11/2015", "05/11/2015"],
         ["Wren, Bryony", "Lay", "Nil declaration", "", "", "", "02/05/2025"],
         ["Dove, Cyril", "Chair", "Gifts", "A book", "Tarn Care Ltd", "", "02/05/2025"]],
        ["Ashdown, Ama | Quillbrook Surgery | GP partner | financial | 2015-11-01 | new",
         "Wren, Bryony |  |  |  | None | nil", "Dove, Cyril | Tarn Care Ltd | A book | financial | None | needs_you"],
    ),
    "declaration system with organisation and description": (
        [["Employee", "Declaration type", "Financial year", "Organisation", "Description", "Start", "Status"],
         ["Ashdown, Ama", "Shareholdings", "2026/27", "Tarn Care Ltd", "100 ordinary shares", "01/11/2015", "Approved"]],
        ["Ashdown, Ama | Tarn Care Ltd | 100 ordinary shares | financial | 2015-11-01 | new"],
    ),
    "names in three columns, two of one heading": (
        [["Surname", "Forename", "Title", "Declaration of interest", "Nature", "From", "From"],
         ["Ashdown", "Ama", "Dr", "Quillbrook Surgery", "GP partner", "2015", "x"]],
        ["Dr Ama Ashdown | Quillbrook Surgery | GP partner | financial | 2015-01-01 | new"],
    ),
    "headings between the rows": (
        [HEAD, ["Governing Body members", *[""] * 5], PARTNER, HEAD, ["Staff"] * 6, NIL],
        ["Governing Body members |  |  |  | None | left_out",
         "Dr Ama Ashdown | GP partner at Quillbrook Surgery | GP partner at Quillbrook Surgery | financial | 2015-11-01 | new",
         "Name |  |  |  | None | left_out", "Staff |  |  |  | None | left_out", "Ms Bryony Wren |  |  |  | None | nil"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), RELATIVES.values(), ids=RELATIVES)
def test_near_relatives_of_the_layouts_seen_are_read_without_help(rows: Rows, said: list[str]) -> None:
    assert _said(rows) == said


def test_a_file_without_a_mark_of_its_encoding_is_read_too() -> None:
    for encoding in ("utf-16-le", "utf-16-be", "cp1252"):
        (said,) = _said([HEAD, ["Dr Zoë Ashdown", *PARTNER[1:]]], encoding=encoding, delimiter=";")
        assert said.startswith("Dr Zoë Ashdown")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["0", *PARTNER[1:]], "“0” is not a name"),
        ([*PARTNER[:2], "0", *PARTNER[3:]], "“0” is not an interest"),
        ([*PARTNER[:2], "No change", *PARTNER[3:]], "nothing changed"),
        ([*PARTNER[:4], "2015-2018", ""], "“2015-2018” is not a date"),
    ],
)
def test_what_is_no_name_no_interest_and_no_date_waits_for_somebody(row: list[str], said: str) -> None:
    (proposal,) = _rows_of(read_source(as_csv([HEAD, row]), "register.csv", today=TODAY))
    assert proposal.action is Action.NEEDS_YOU and any(said in reason for reason in proposal.reasons)


def test_a_formula_that_came_to_an_error_names_nobody_and_takes_no_name_from_above() -> None:
    def build(workbook: xlsxwriter.Workbook) -> None:
        sheet = _written(workbook, [HEAD, PARTNER, ["", *PARTNER[1:]], [*PARTNER[:4], "", ""]])
        sheet.write_formula(2, 0, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
        sheet.write_formula(3, 4, "=#REF!+1", None, "#REF!")

    first, *wrong = _rows_of(read_source(_workbook(build), "register.xlsx", today=TODAY))
    assert first.action is Action.NEW
    assert [(each.stated.line, each.action, each.reasons[0].partition(". ")[0]) for each in wrong] == [
        (3, Action.NEEDS_YOU, "A formula of the workbook came to #N/A"),
        (4, Action.NEEDS_YOU, "A formula of the workbook came to #REF!"),
    ]


def test_a_formula_that_was_never_worked_out_waits_and_a_text_that_came_out_empty_does_not() -> None:
    def build(workbook: xlsxwriter.Workbook) -> None:
        sheet = _written(
            workbook, [HEAD, [*PARTNER[:4], "", ""], [*PARTNER[:2], "Governor of Marsh School", "", "", ""]]
        )
        sheet.write_formula(1, 4, "=A1", None, "")
        sheet.write_formula(2, 3, '=""', None, "kept")

    def changed(text: str) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(_workbook(build))) as old, zipfile.ZipFile(made, "w") as new:
            for name in old.namelist():
                content = old.read(name).decode() if name.endswith("sheet1.xml") else old.read(name)
                if isinstance(content, str):
                    assert "<v></v>" in content and "<v>kept</v>" in content
                    content = content.replace("<v></v>", text).replace("<v>kept</v>", "<v></v>")
                new.writestr(name, content)
        return made.getvalue()

    for text in ("<v></v>", "<v/>", ""):
        first, second = _rows_of(read_source(changed(text), "register.xlsx", today=TODAY))
        assert first.action is Action.NEEDS_YOU and "has no result yet" in first.reasons[0]
        assert second.action is Action.NEW


def test_which_sheet_and_which_hidden_rows_are_read_is_said_and_can_be_chosen() -> None:
    def build(workbook: xlsxwriter.Workbook) -> None:
        _written(workbook, [["Register of interests"], ["Ask the secretary"]], "Cover")
        _written(workbook, [HEAD, PARTNER], "Old").hide()
        _written(workbook, [HEAD, PARTNER, NIL], "Board").set_row(2, None, None, {"hidden": True})
        _written(workbook, [HEAD, NIL], "PCCC")

    data = _workbook(build)
    source = read_source(data, "register.xlsx", today=TODAY)
    assert (source.sheet, source.sheets, len(source.stated)) == ("Board", ("Cover", "Board", "PCCC"), 2)
    assert source.remarks == (
        "Only the sheet “Board” is read. Not read: “Cover”, “Old” (hidden), “PCCC”",
        "Row 3 is hidden in the workbook, and read like the others",
    )
    assert [each.name for each in read_source(data, "register.xlsx", today=TODAY, sheet="PCCC").stated] == [NIL[0]]


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return made.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("r.csv", lambda: b"", "The file is empty"),
        ("r.csv", lambda: b" \r\n;;;\r\n", "no text in any cell"),
        ("r.csv", lambda: as_csv([HEAD]), "no rows under it"),
        ("r.csv", lambda: b"<html><table><tr><td>Name</td></tr></table></html>", "a web page, not a table"),
        ("r.csv", lambda: b"Name,Interest\r\n" + b"Dr A B,Partner\r\n" * 20_002, "At most 20,000"),
        ("r.xls", lambda: OLD, "an old Excel file"),
        ("r.xlsx", lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        ("r.xlsx", lambda: _workbook(lambda workbook: None)[:3000], "cut off or damaged"),
        ("r.xlsx", _bomb, "unpacks to far more than its size"),
        ("r.csv", lambda: _workbook(lambda workbook: None), "it is a workbook"),
    ],
    ids=["empty", "blank", "headings alone", "a web page", "too many", "xls", "a password", "cut off", "a bomb", "misnamed"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gets_a_clear_word(name: str, make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_source(make(), name, today=TODAY)


@pytest.mark.parametrize(
    "heading", ["Practice or organisation", "Practice", "Name of practice", "Organisation / business"]
)
def test_an_organisation_in_a_column_of_its_own_is_read_as_one(heading: str) -> None:
    rows = [
        ["Name", heading, "Nature of interest", "From"],
        ["Dr Ama Ashdown", "Hollowbeck Surgery", "Partner", "04/2014"],
    ]
    assert _said(rows) == ["Dr Ama Ashdown | Hollowbeck Surgery | Partner | financial | 2014-04-01 | new"]
    rows = [["Name", heading, "Interest"], ["Dr Ama Ashdown", "Hollowbeck Surgery", "Wife works at Tarn Care Ltd"]]
    source = read_source(as_csv(rows), "register.csv", today=TODAY)
    (proposal,) = _rows_of(source)
    assert source.columns["organisation"] == 1
    assert proposal.stated.organisation == "Wife works at Tarn Care Ltd"
    assert any("also names “Hollowbeck Surgery”" in reason for reason in proposal.reasons), (
        "the practice is not lost unsaid"
    )
    told = read_source(as_csv(rows), "register.csv", today=TODAY, columns={"person": 0, "organisation": 1})
    assert told.stated[0].organisation == "Hollowbeck Surgery", "it can be said to be the interest"


@pytest.mark.parametrize(
    ("interest", "taken", "why"),
    [
        ("Trustee of Marsh End Hospice", InterestType.NON_FINANCIAL_PERSONAL, "usually unpaid"),
        ("GP partner at Hollowbeck Surgery", InterestType.FINANCIAL, "usually brings money"),
        ("Hollowbeck Surgery", InterestType.FINANCIAL, "nothing in it says that no money"),
    ],
)
def test_personal_alone_is_no_type_and_what_was_taken_is_said(interest: str, taken: InterestType, why: str) -> None:
    for heading in ("Pecuniary/Personal", "Personal or pecuniary interest", "Type"):
        rows = [["Name", "Interest", heading], ["Dr Ama Ashdown", interest, "personal"]]
        (proposal,) = _rows_of(read_source(as_csv(rows), "register.csv", today=TODAY))
        assert (proposal.stated.type, proposal.stated.says_type) == (taken, False)
        assert "“personal” can mean their own money" in proposal.reasons[0] and why in proposal.reasons[0]


@pytest.mark.parametrize(
    ("kind", "whose", "nature", "via"),
    [
        ("Indirect – wife", "", "Nurse", Via.SPOUSE),
        ("Other (husband)", "", "Nurse", Via.SPOUSE),
        ("Indirect interest - brother in law", "", "Nurse", Via.OTHER_RELATIVE),
        ("Financial", "Indirect (business partner)", "Director", Via.BUSINESS_PARTNER),
        ("Financial", "Wife’s", "Nurse", Via.SPOUSE),
        ("Financial", "Other", "Employed by her daughter’s firm", Via.CHILD),
        ("Financial", "Indirect", "Employer of partner", Via.SPOUSE),
        ("Financial", "", "Partner’s employer", Via.SPOUSE),
        ("Financial", "Indirect", "Nurse", Via.OTHER_ASSOCIATE),
        ("Financial", "Direct", "Parent governor", None),
        ("Financial", "", "GP partner", None),
    ],
)
def test_a_relation_is_read_wherever_it_stands(kind: str, whose: str, nature: str, via: Via | None) -> None:
    rows = [["Name", "Declared interest", "Type of interest", "Direct or indirect", "Nature of interest"],
            ["Dr Ama Ashdown", "Hollowbeck Surgery", kind, whose, nature]]  # fmt: skip
    (proposal,) = _rows_of(read_source(as_csv(rows), "register.csv", today=TODAY))
    assert (proposal.stated.via, proposal.stated.directness is Directness.INDIRECT) == (via, via is not None)
    assert any("does not say how it is related" in each for each in proposal.reasons) == (via is Via.OTHER_ASSOCIATE)
    assert proposal.stated.role is not InterestRole.PARTNER or nature == "GP partner", (
        "the employer is no practice of theirs"
    )


def test_no_action_is_taken_for_one_that_was_agreed() -> None:
    for said in ("n/k", "TBC", "None", "not known"):
        rows = [["Name", "Interest", "Action taken"], ["Dr Ama Ashdown", "Partner at Hollowbeck Surgery", said]]
        (proposal,) = _rows_of(read_source(as_csv(rows), "register.csv", today=TODAY))
        assert proposal.stated.mitigation == "", said


def test_every_tick_of_a_row_counts_or_is_said() -> None:
    head = [
        "Name",
        "Interest",
        "Financial",
        "Non-financial professional",
        "Non-financial personal",
        "Direct",
        "Indirect",
    ]
    rows = [head, ["Dr Ama Ashdown", "Tarn Care Ltd, director", "x", "✓", "", "", "x"],
            ["Mr Cyril Dove", "Marsh End Hospice, trustee", "", "", "X", "X", "X"],
            ["Dr Bea Cole", "Wife is a trustee of Marsh End Hospice", "", "", "X", "X", ""]]  # fmt: skip
    first, again, both, own = _rows_of(read_source(as_csv(rows), "register.csv", today=TODAY))
    assert (first.stated.type, first.stated.directness) == (InterestType.FINANCIAL, Directness.INDIRECT)
    assert "ticks financial and non-financial professional. It is entered once for each" in first.reasons[0]
    assert again.stated.type is InterestType.NON_FINANCIAL_PROFESSIONAL
    assert both.stated.directness is Directness.INDIRECT and "ticks direct and indirect" in both.reasons[0]
    assert own.stated.directness is Directness.DIRECT, "as it is ticked"


def test_what_else_stands_in_a_column_of_personal_or_pecuniary_is_plain() -> None:
    cells = ("Pecuniary", "Non-pecuniary", "Non-personal pecuniary")
    rows = [
        ["Name", "Interest", "Pecuniary/Personal"],
        *(["Dr Ama Ashdown", f"{each} at Marsh", each] for each in cells),
    ]
    stated = read_source(as_csv([*rows, ["Ms Bryony Wren", "", "Nil"]]), "register.csv", today=TODAY).stated
    assert [each.type.value for each in stated[:3]] == ["financial", "non_financial_personal", "financial"]
    assert stated[3].is_nil and not any("does not say the type" in note for each in stated[:3] for note in each.notes)


@pytest.mark.parametrize(
    ("name", "email"), [("Dr Ann Ashe", "ann@ash.example"), ("Mr Ben Ash", ""), ("Mr Bob Birch", "")]
)
def test_an_address_goes_along_with_a_slip_of_a_name_and_never_to_somebody_else(name: str, email: str) -> None:
    data = as_csv([[*HEAD, "Email"], ["Dr Ann Ash", *PARTNER[1:], "ann@ash.example"]])
    (read,) = read_source(data, "register.csv", today=TODAY).stated
    said = Correction(name, organisation="Elm Surgery", nature="Partner").as_data()
    (row,) = read_source(data, "register.csv", today=TODAY, corrections={read.key: said}).stated
    assert (read.who.email, row.who.email) == ("ann@ash.example", email)


def test_what_stands_in_the_place_of_a_name_or_a_type_is_not_taken_for_one() -> None:
    rows = [["Name", "Position", "Interest", "Type"], ["Vacancy", "Practice nurse", "", ""],
            ["Prof Jane Birch & Dr John Birch", "", "Directors of Birch Health Ltd", "Financial"],
            ["Mr Tom Ashe (until June 2024)", "Director", "None", ""],
            ["Ms Bryony Wren", "Lay member", "1. Governor of Marsh School\n2) Member of Marsh College", "Loyalty interests"]]  # fmt: skip
    vacant, two, left, first, second = _rows_of(read_source(as_csv(rows), "register.csv", today=TODAY))
    assert (vacant.action, vacant.reasons) == (Action.LEFT_OUT, ("It names nobody: the post is vacant",))
    assert two.action is Action.NEEDS_YOU and "names two people" in two.reasons[0]
    assert left.action is Action.NIL and "The name says “until June 2024”" in left.reasons[0]
    assert [each.stated.organisation for each in (first, second)] == [
        "Governor of Marsh School",
        "Member of Marsh College",
    ]
    assert "“Loyalty interests” is its kind, and does not say which of the three types" in first.reasons[0]


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Ms Sara Ahmed / Lay member", "Sara", "Ahmed"),
        ("Non-executive director & Mr Bob Lee", "Bob", "Lee"),
        ("Prof and Dr Jane Birch", "Jane", "Birch"),
        ("Prof. & Dr. Jane Birch", "Jane", "Birch"),
    ],
)
def test_a_role_or_a_title_beside_a_name_is_nobody(text: str, given: str, family: str) -> None:
    assert not names_two(text)
    assert (read_name(text).given_names, read_name(text).family_name) == (given, family)


@pytest.mark.parametrize(
    "text", ["Dr and Mrs Birch", "Jane and John Birch", "Mr A. & Mrs B. Birch", "Dr Ann Ash / Tom Nurse"]
)
def test_two_names_are_two_people(text: str) -> None:
    assert names_two(text)
