"""coi screen and coi organisations match, as a user types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from coi.cli.match import match_file
from coi.cli.screen import screen, spread

REGISTER = (
    "Name,Declared interest,From,To\nDr Ashdown,Partner at Mossgate Medical Centre,11/2015,Ongoing\nMs Wren,Nil,,\n"
)
AGENDA = "Item,Title,Purpose\n1,Minutes of the last meeting,\n2,Rent review: Mossgate Med Ctr,For decision\n"


def ods(code: str, name: str) -> str:
    fields = [
        code,
        name,
        "Y99",
        "QZZ",
        "1 HIGH STREET",
        "TARNWICK",
        "",
        "",
        "",
        "ZZ1 1AA",
        "19740401",
        "",
        "A",
        "B",
        "99Z",
        "20130401",
    ]
    return ",".join(f'"{field}"' for field in [*fields, *[""] * 9, "4", ""]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "agenda.csv").write_text(AGENDA, encoding="utf-8")
    (tmp_path / "epraccur_2020-01.csv").write_text(ods("Z10001", "DR TREMLETT'S PRACTICE"), encoding="utf-8")
    (tmp_path / "epraccur_2025-01.csv").write_text(ods("Z10001", "MOSSGATE MEDICAL CENTRE"), encoding="utf-8")
    return tmp_path


def run(folder: Path, *args: str) -> Result:
    named = [str(folder / arg) if "." in arg else arg for arg in args]
    return CliRunner().invoke(screen, named)


def test_flags_are_printed_and_are_no_failure(folder: Path) -> None:
    result = run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22")
    assert result.exit_code == 0
    assert "Dr Ashdown" in result.output
    assert "Item 2  Rent review" in result.output
    assert "Searched 1 interest × 2 items; 1 flag" in result.output


def test_json_has_the_agreed_shape(folder: Path) -> None:
    result = run(
        folder,
        "register.csv",
        "agenda.csv",
        "--json",
        "--area",
        "99Z",
        "--organisations",
        "epraccur_2020-01.csv",
        "epraccur_2025-01.csv",
    )
    found = json.loads(result.output)
    assert set(found) == {"searched", "flags", "unmatched"}
    assert found["flags"] == [
        {
            "interest": 1, "person": "Dr Ashdown", "item": 2, "relation": "direct_financial", "level": "F1",
            "path": ["Dr Ashdown", "partner at Mossgate Medical Centre", "named in item 2"],
            "suggested": ["A4", "A3"], "organisations": ["Z10001"], "since": "2015-11-01", "until": None,
            "rules": ["MTG-02", "MTG-06", "MTG-08"],
        }
    ]  # fmt: skip


def test_each_item_without_a_flag_says_what_was_searched_or_that_nothing_could_be(folder: Path) -> None:
    (folder / "agenda.csv").write_text(
        "Item,Title\n1,Rent review: Mossgate Med Ctr\n2,Rent review: Larchmere Surgery\n3,Finance report\n",
        encoding="utf-8",
    )
    told = run(folder, "register.csv", "agenda.csv").output
    assert "Item 2  Rent review: Larchmere Surgery" in told
    assert "  No flags. No declared interest leads to Larchmere Surgery.\n" in told
    assert (
        "  Not screened: it names no organisation that is known, and no class of practices. Read it yourself.\n" in told
    )
    listed = json.loads(run(folder, "register.csv", "agenda.csv", "--json").output)["searched"]["items_without_flags"]
    assert [(one["item"], one["screened"], one["searched_for"]) for one in listed] == [
        (2, True, ["Larchmere Surgery"]),
        (3, False, []),
    ]


def test_an_item_whose_words_may_mean_several_says_so_where_it_has_no_flag(folder: Path) -> None:
    (folder / "two.csv").write_text(ods("Z10001", "ELM SURGERY") + ods("Z10002", "ELM SURGERY"), encoding="utf-8")
    (folder / "agenda.csv").write_text("Item,Title\n1,Rent review: Elm Surgery\n", encoding="utf-8")
    told = run(folder, "register.csv", "agenda.csv", "--area", "99Z", "--organisations", "two.csv").output
    assert "may be ELM SURGERY (Z10001) and ELM SURGERY (Z10002)" in told


def test_a_flag_says_since_when_the_interest_runs_on_which_rules_it_rests_and_the_whole_of_what_was_declared(
    folder: Path,
) -> None:
    (folder / "register.csv").write_text(
        "Name,Declared interest,From,To\n"
        "Dr Ashdown,Owner of the premises; receives rent from Mossgate Medical Centre,2014-04-01,2026-01-10\n",
        encoding="utf-8",
    )
    told = run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22").output
    assert "declared: “Owner of the premises; receives rent from Mossgate Medical Centre” (line 2)" in told
    assert "runs: from 1 April 2014 until 10 January 2026" in told
    assert "rules: REG-03, MTG-02, MTG-06, MTG-08" in told


def test_a_flag_and_an_item_say_why_the_words_were_taken_to_mean_an_organisation(folder: Path) -> None:
    (folder / "register.csv").write_text(
        "Name,Declared interest\nDr Ashdown,Partner at Dr Tremlett's Practice; director of Fenwick Ltd\n",
        encoding="utf-8",
    )
    (folder / "agenda.csv").write_text("Item,Title\n1,Rent review: Z10001\n2,Fenwick Ltd: grant\n", encoding="utf-8")
    known = ("--area", "99Z", "--organisations", "epraccur_2020-01.csv", "epraccur_2025-01.csv")
    told = " ".join(run(folder, "register.csv", "agenda.csv", *known).output.split())
    assert "names: Mossgate Medical Centre (Z10001): same former name DR TREMLETT'S PRACTICE; in the area 99Z" in told
    assert "concerns: Mossgate Medical Centre (Z10001): ODS code Z10001 in the text" in told
    assert "names: Fenwick Ltd: named in the text; it has no ODS code" in told
    bare = run(folder, "register.csv", "agenda.csv").output
    assert "names:" not in bare, "without reference data there is no more to say than the words"


def test_a_workbook_in_windows_layout_is_read(folder: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Register of interests", None, None, None])
    sheet.append(["Name", "Declared interest", "Type of interest", None])
    sheet.append([None, None, "Financial", "Non-financial personal"])
    sheet.append(["Dr Ashdown", "Partner at Mossgate Medical Centre", "x", None])
    sheet.merge_cells("C2:D2")
    book.save(folder / "register.xlsx")
    assert "F1  Dr Ashdown" in run(folder, "register.xlsx", "agenda.csv").output


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_any_usual_encoding_and_semicolons_are_read(folder: Path, encoding: str) -> None:
    (folder / "register.csv").write_text(REGISTER.replace(",", ";").replace("Ashdown", "Ashdówn"), encoding=encoding)
    assert "Dr Ashdówn" in run(folder, "register.csv", "agenda.csv").output


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("register.csv", "Name,Job title\nDr A,GP\n", "register.csv has no column for the declared interest"),
        ("agenda.csv", "Lead,Time\nDr A,9\n", "agenda.csv has no column for the item’s title"),
        ("agenda.csv", "Date,Title\n31/02/2026,Rent\n", "Line 2"),
        ("register.csv", "", "register.csv: The file is empty"),
    ],
)
def test_bad_input_is_said_in_words(folder: Path, file: str, text: str, message: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    result = run(folder, "register.csv", "agenda.csv")
    assert result.exit_code == 2
    assert message in result.stderr


TEMPLATE = [
    ["Name", "Current position(s) held", "Declared Interest (Name of the organisation and nature of business)",
     "Financial interests", "Is the interest direct or indirect?", "Nature of interest", "From", "To", "Action"],
    ["Dr Ashdown", "GP", "Mossgate Medical Centre", "X", "Direct", "GP partner", "11/2015", "31/02/2020", "Leave"],
    ["Ms Wren", "Lay member", "Nil", "", "", "", "", "", ""],
    ["Dr Finch", "GP", "Tarn Care Ltd", "X", "Indirect", "Spouse is a director", "2015", "Ongoing", ""],
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("--organisations a b R A", "--organisations a --organisations b R A"),
        ("R A --organisations a b", "--organisations a --organisations b R A"),
        ("--organisations a b --on 2025-01-22 R A", "--organisations a --organisations b --on 2025-01-22 R A"),
        ("R --organisations a b A", "--organisations a --organisations b R A"),
        ("--json --organisations a R A", "--json --organisations a R A"),
        ("--organisations R A", "--organisations R A"),
    ],
)
def test_files_may_follow_the_option_wherever_it_stands(typed: str, read: str) -> None:
    assert spread(typed.split(), "--organisations", 2, {"--organisations", "--on"}) == read.split()


def write_without(path: Path, column: str, rows: list[list[str]]) -> None:
    left = [number for number, heading in enumerate(rows[0]) if not column or not heading.startswith(column)]
    path.write_text("\n".join(",".join(row[number] for number in left) for row in rows), encoding="utf-8")


@pytest.mark.parametrize(
    ("column", "wanted"),
    [("Declared Interest", "register.csv has no column for the declared interest"), ("Name", "register.csv has no column for the name")],
)  # fmt: skip
def test_a_register_whose_column_was_deleted_is_not_screened(folder: Path, column: str, wanted: str) -> None:
    write_without(folder / "register.csv", column, TEMPLATE)
    result = run(folder, "register.csv", "agenda.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert wanted in result.stderr
    assert "The columns found are “" in result.stderr
    assert "“Nature of interest”" in result.stderr
    assert "Nothing was screened" in result.stderr


def test_a_list_of_texts_whose_texts_were_deleted_is_told_that_it_lacks_them(folder: Path) -> None:
    (folder / "register.csv").write_text(
        "match_id,area,interest_type,note\nM1,06Q,financial,Partner\n", encoding="utf-8"
    )
    result = run(folder, "register.csv", "agenda.csv")
    assert result.exit_code == 2
    assert "the declared interest (such as" in result.stderr


def test_an_agenda_whose_titles_were_deleted_is_not_screened(folder: Path) -> None:
    (folder / "agenda.csv").write_text("Item,Purpose\n1,\n2,For decision\n", encoding="utf-8")
    result = run(folder, "register.csv", "agenda.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "agenda.csv has no column for the item’s title or description" in result.stderr
    assert "“Item”, “Purpose”. Nothing was screened" in result.stderr


def test_descriptions_stand_in_for_titles_that_are_not_there(folder: Path) -> None:
    (folder / "agenda.csv").write_text("Item,Description\n7,Rent review: Mossgate Med Ctr\n", encoding="utf-8")
    assert "Item 7  Rent review" in run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22").output


def test_a_nature_that_names_the_organisation_is_an_interest(folder: Path) -> None:
    (folder / "register.csv").write_text(
        "Name,Nature of interest\nDr Ashdown,Partner at Mossgate Medical Centre\nMs Wren,Nil\n", encoding="utf-8"
    )
    assert "F1  Dr Ashdown" in run(folder, "register.csv", "agenda.csv").output


def test_a_list_of_texts_and_the_form_of_one_person_need_no_column_of_names(folder: Path) -> None:
    (folder / "register.csv").write_text("declared_text\nPartner at Mossgate Medical Centre\n", encoding="utf-8")
    assert "F1  Line 2" in run(folder, "register.csv", "agenda.csv").output
    (folder / "register.csv").write_text(
        "Name:,Dr Ashdown\nDeclared interest,Role\nPartner at Mossgate Medical Centre,GP\n", encoding="utf-8"
    )
    assert "F1  Dr Ashdown" in run(folder, "register.csv", "agenda.csv").output


def test_the_number_of_an_item_may_stand_under_item(folder: Path) -> None:
    (folder / "agenda.csv").write_text("Item,Title\n3,Minutes\n5,Rent review: Mossgate Med Ctr\n", encoding="utf-8")
    result = run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22")
    assert "Item 5  Rent review" in result.output
    assert "named in item 5" in result.output


@pytest.mark.parametrize("heading", ["Organisation", "Practice", "Provider", "Supplier", "Contractor"])
def test_a_column_of_organisations_says_whom_an_item_affects(folder: Path, heading: str) -> None:
    (folder / "agenda.csv").write_text(
        f"Item,Title,{heading}\n4,Rent review,Mossgate Med Ctr\n5,Update,n/a\n", encoding="utf-8"
    )
    result = run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22")
    assert "Item 4  Rent review" in result.output
    assert "F1  Dr Ashdown" in result.output
    assert "Not screened" in result.output.partition("Item 5")[2]  # "n/a" names nobody
    assert "Not read" not in result.output


def test_an_area_that_the_reference_data_does_not_know_is_refused(folder: Path) -> None:
    args = ("register.csv", "agenda.csv", "--organisations", "epraccur_2025-01.csv", "--area")
    result = run(folder, *args, "ZZZ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--area: no organisation of the reference data belongs to “ZZZ”" in result.stderr
    assert run(folder, *args, "99z").exit_code == 0


def test_a_practice_that_the_reference_data_does_not_know_is_listed(folder: Path) -> None:
    (folder / "register.csv").write_text(
        "Name,Declared interest\nDr Wexham,GP partner at Wexfold Surgery\n",
        encoding="utf-8",
    )
    (folder / "agenda.csv").write_text("Item,Title\n1,Local enhanced service for all practices\n", encoding="utf-8")
    result = run(folder, "register.csv", "agenda.csv", "--organisations", "epraccur_2025-01.csv", "--area", "99Z")
    assert "“GP partner at Wexfold Surgery” (line 2, Dr Wexham)" in result.output
    assert "1 text not understood" in result.output


def test_a_date_that_is_none_is_noted_and_the_interest_screened_as_running(folder: Path) -> None:
    write_without(folder / "register.csv", "", TEMPLATE)
    result = run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22")
    assert "F1  Dr Ashdown" in result.output
    assert "“31/02/2020” (line 2, column “To”)" in result.output
    assert "Ongoing”" not in result.output
    found = json.loads(run(folder, "register.csv", "agenda.csv", "--json").output)
    assert found["searched"]["unread_dates"] == [{"interest": 1, "column": "To", "text": "31/02/2020"}]


def screened(
    folder: Path, dates: str, text: str = "GP partner at Mossgate Medical Centre", day: str = "2026-05-14"
) -> str:
    (folder / "register.csv").write_text(
        f"Name,Declared interest,From,To\nDr Wexham,{text},{dates}\n", encoding="utf-8"
    )
    (folder / "agenda.csv").write_text(
        "Item,Title\n1,Mossgate Medical Centre: rent review\n2,Contract award to Provide CIC\n", encoding="utf-8"
    )
    return run(folder, "register.csv", "agenda.csv", "--on", day).output


def test_dates_that_contradict_each_other_are_said_and_the_interest_is_screened(folder: Path) -> None:
    output = screened(folder, "01/05/2026,01/05/2016")
    assert "F1  Dr Wexham" in output
    assert "“01/05/2016, before it starts on 01/05/2026” (line 2, column “To”)" in output


@pytest.mark.parametrize(
    ("dates", "text", "level"),
    [
        ("03/09/2025,03/09/2025", "Provide CIC - hospitality (dinner) £60", "F5"),
        ("03/09/2025,", "Provide CIC - hospitality (dinner) £60", "F5"),
        ("03/04/2025,03/04/2025", "Provide CIC - hospitality (dinner) £60", ""),  # more than a year before
        ("01/07/2026,", "Director of Provide CIC", "F5"),
        ("01/07/2025,", "Director of Provide CIC", "F1"),
    ],
)
def test_a_gift_and_an_interest_that_is_to_begin_are_flagged_as_such(
    folder: Path, dates: str, text: str, level: str
) -> None:
    output = screened(folder, dates, text)
    assert f"{level}  Dr Wexham" in output if level else "No flags" in output


def test_the_day_above_an_agenda_s_headings_is_that_of_the_meeting_and_is_always_said(folder: Path) -> None:
    screened(folder, ",31/12/2025")
    agenda = (folder / "agenda.csv").read_text(encoding="utf-8")
    (folder / "agenda.csv").write_text(
        f"Papers due 1 May 2026,\nMeeting date: 14 May 2026,\n{agenda}", encoding="utf-8"
    )
    output = run(folder, "register.csv", "agenda.csv").output
    assert "F5  Dr Wexham" in output
    assert "Screened for 14 May 2026." in output
    assert json.loads(run(folder, "register.csv", "agenda.csv", "--json").output)["searched"]["days"] == ["2026-05-14"]


def test_columns_and_sheets_that_were_not_read_are_named(folder: Path) -> None:
    (folder / "agenda.csv").write_text("Item,Title,Lead,\n2,Rent review: Mossgate Med Ctr,Dr A,x\n", encoding="utf-8")
    book = Workbook()
    for row in TEMPLATE:
        book.active.append(row)
    book.active.title = "Register"
    book.create_sheet("Notes").append(["Kept by", "Ms Wren"])
    book.save(folder / "register.xlsx")
    told = " ".join(run(folder, "register.xlsx", "agenda.csv").output.split())
    assert (
        "Not read: “Current position(s) held” (register.xlsx, sheet “Register”), “Action” (register.xlsx, sheet “Register”), all of "
        "register.xlsx, sheet “Notes”, “Lead” (agenda.csv), “column 4, which has no heading” (agenda.csv)."
    ) in told


def test_a_malformed_reference_file_names_file_and_line(folder: Path) -> None:
    (folder / "epraccur_2025-01.csv").write_text(ods("Z10001", "X") + '"Z1"\n', encoding="utf-8")
    result = run(folder, "register.csv", "agenda.csv", "--organisations", "epraccur_2025-01.csv")
    assert result.exit_code == 2
    assert "epraccur_2025-01.csv: Line 2" in result.stderr


def test_a_day_that_is_none_is_refused(folder: Path) -> None:
    assert run(folder, "register.csv", "agenda.csv", "--on", "tomorrow").exit_code == 2


def test_match_prints_one_object_per_text(folder: Path) -> None:
    (folder / "texts.csv").write_text("text,area\nPartner at Dr Tremletts practice,99Z\nNil,99Z\n", encoding="utf-8")
    args = [
        str(folder / "texts.csv"),
        "--json",
        "--organisations",
        str(folder / "epraccur_2020-01.csv"),
        str(folder / "epraccur_2025-01.csv"),
    ]
    found = json.loads(CliRunner().invoke(match_file, args).output)
    assert [one["decision"] for one in found] == ["matched", "none"]
    assert found[0]["organisations"][0]["code"] == "Z10001"
    assert set(found[0]["organisations"][0]) == {"code", "name", "score", "why"}


def test_match_reads_for_people_too(folder: Path) -> None:
    (folder / "texts.csv").write_text("declared_text\nPartner at Mossgate Medical Centre\n", encoding="utf-8")
    result = CliRunner().invoke(
        match_file, [str(folder / "texts.csv"), "--organisations", str(folder / "epraccur_2025-01.csv")]
    )
    assert "matched" in result.output
    assert "same name" in result.output


def test_names_that_were_taught_are_asked_first(folder: Path) -> None:
    (folder / "texts.csv").write_text("text\nWorks for Moss Docs\nMossgate Medical Centre Friends\n", encoding="utf-8")
    (folder / "names.csv").write_text(
        "Name,Code\nmoss docs,z10001\nMossgate Medical Centre Friends,none\n", encoding="utf-8"
    )
    args = [str(folder / "texts.csv"), "--json", "--organisations", str(folder / "epraccur_2025-01.csv")]
    taught = [*args, "--aliases", str(folder / "names.csv")]
    found = json.loads(CliRunner().invoke(match_file, taught).output)
    assert [[one["code"] for one in each["organisations"]] for each in found] == [["Z10001"], []]
    assert found[0]["organisations"][0]["why"] == "taught in names.csv"
    (folder / "names.csv").write_text("text,code\nmoss docs,Z10009\n", encoding="utf-8")
    refused = CliRunner().invoke(match_file, taught)
    assert (refused.exit_code, refused.output) == (
        2,
        "Error: names.csv: no organisation has the code “Z10009” (for “moss docs”)\n",
    )


def test_the_two_files_in_the_wrong_order_are_noticed(folder: Path) -> None:
    result = run(folder, "agenda.csv", "register.csv")
    assert result.exit_code == 2
    assert "agenda.csv looks like an agenda and register.csv like a register of interests." in result.output
    assert "Give the register first: coi screen" in result.output


def test_an_agenda_with_a_description_is_no_register_although_it_could_be_read_as_one(folder: Path) -> None:
    (folder / "agenda.csv").write_text("No,Title,Description,Purpose\n1,Rent review,Mossgate,For decision\n")
    (folder / "register.csv").write_text(
        "Title,Name,Job title,Description of interest\nDr,Dr Ashdown,GP,Partner at Mossgate\n"
    )
    assert run(folder, "register.csv", "agenda.csv").exit_code == 0
    assert run(folder, "agenda.csv", "register.csv").exit_code == 2


def test_rows_that_say_the_same_are_printed_once_and_stay_apart_in_json(folder: Path) -> None:
    row = "Dr Ashdown,Partner at Mossgate Medical Centre,11/2015,Ongoing\n"
    (folder / "register.csv").write_text(REGISTER + row + row.replace("Partner at", "Partner  at"), encoding="utf-8")
    result = run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22")
    assert result.output.count("F1  Dr Ashdown") == 1
    assert "“Partner at Mossgate Medical Centre” (lines 2, 4 and 5)" in result.output
    flags = json.loads(run(folder, "register.csv", "agenda.csv", "--on", "2026-01-22", "--json").output)["flags"]
    assert [flag["interest"] for flag in flags] == [1, 3, 4]
