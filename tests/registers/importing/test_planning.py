"""What an import will do with each row, and why."""

import io
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import BadInput
from coi.guidance.vocabulary import BodyType, Rulebook
from coi.people.vocabulary import PersonDetails
from coi.registers.importing.consenting import NO_REASON, refusal_in
from coi.registers.importing.correcting import Correction
from coi.registers.importing.footers import foot_of
from coi.registers.importing.form_consent import consent_in
from coi.registers.importing.names import read_name
from coi.registers.importing.planning import plan_of
from coi.registers.importing.sources import Source, read_source
from coi.registers.importing.vocabulary import (
    Action,
    Answers,
    Known,
    KnownInterest,
    KnownPerson,
    Plan,
    Proposal,
)
from coi.registers.interests.columns import MISSING
from coi.registers.interests.vocabulary import (
    Directness,
    InterestRole,
    InterestSubtype,
    InterestType,
    NamedOrganisation,
    Via,
)
from tests.registers.importing.registers_seen import (
    ALL,
    CATEGORY,
    LOCAL_FORM,
    ONE_FORM,
    PARLIAMENT,
    SYSTEM,
    TEMPLATE,
    TICKED_FORM,
    Rows,
    as_csv,
)

TODAY = date(2026, 11, 22)
RULES = Rulebook(BodyType.ICB)
ASHDOWN = KnownPerson("1", PersonDetails("Ama", "Ashdown", "Dr"), "Dr Ama Ashdown", ("GP member",))


def _read(rows: Rows) -> Source:
    return read_source(as_csv(rows), "register.csv", today=TODAY)


def _plan(rows: Rows, known: Known | None = None, answers: Answers | None = None) -> Plan:
    return plan_of(_read(rows).stated, known or Known(), answers or Answers(), RULES)


def _actions(plan: Plan) -> list[str]:
    return [each.action.value for each in plan.proposals]


def _row(name: str = "Dr Ama Ashdown", position: str = "GP member", text: str = "GP partner at Quillbrook Surgery",
         since: str = "11/2015", until: str = "Ongoing") -> list[str]:  # fmt: skip
    return [name, position, text, "Financial", since, until]


HEAD = ["Name", "Position", "Declared interest", "Type of interest", "From", "To"]


@pytest.mark.parametrize("rows", ALL.values(), ids=ALL)
def test_each_layout_seen_is_read_without_help(rows: Rows) -> None:
    plan = _plan(rows)
    assert plan.needs_you == 0, [each.reasons for each in plan.proposals]
    assert plan.proposals[0].holder.who.family_name == "Ashdown"


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "cp1252"), (",", "utf-16"), ("\t", "utf-8-sig"), (";", "utf-8")]
)
def test_a_file_is_read_in_every_encoding_that_excel_writes(delimiter: str, encoding: str) -> None:
    rows = [HEAD, _row("Dr Zoë Ashdown", since="1 Nov 2015")]
    name = "register.csv"
    (stated,) = read_source(as_csv(rows, delimiter=delimiter, encoding=encoding), name, today=TODAY).stated
    assert (stated.who.given_names, stated.arose_on) == ("Zoë", date(2015, 11, 1))


def test_the_national_template_says_all_that_it_says() -> None:
    source = _read(TEMPLATE)
    partner, spouse, nil, trustee = source.stated
    assert source.as_at == date(2026, 1, 31)
    assert (partner.line, partner.row, partner.type, partner.role) == (
        4,
        1,
        InterestType.FINANCIAL,
        InterestRole.PARTNER,
    )
    assert (partner.organisation, partner.nature, partner.mitigation) == (
        "Quillbrook Surgery",
        "GP partner",
        "Leaves the room",
    )
    assert (partner.arose_on, partner.ended_on) == (date(2015, 11, 1), None)
    assert (spouse.directness, spouse.via, spouse.ended_on) == (Directness.INDIRECT, Via.SPOUSE, date(2024, 3, 31))
    assert nil.is_nil and nil.who == PersonDetails("Bryony", "Wren", "Ms")
    assert trustee.type is InterestType.NON_FINANCIAL_PERSONAL


def test_a_workbook_with_some_headings_merged_downwards_and_others_across_is_read() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(TEMPLATE):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, 3, 1, 5, "Type of interest")
        sheet.merge_range(1, 8, 1, 9, "Date of interest")
        sheet.merge_range(1, 0, 2, 0, "Name")
        sheet.merge_range(3, 0, 4, 0, "Dr Ama Ashdown")
    assert read_source(made.getvalue(), "register.xlsx", today=TODAY).stated == _read(TEMPLATE).stated


def test_a_row_that_names_several_interests_gives_each_its_own() -> None:
    plan = _plan([HEAD, _row(text="GP partner at Quillbrook Surgery; My wife is a director of Tarn Care Ltd")])
    assert [each.stated.key for each in plan.proposals] == ["1", "1b"]
    assert [each.stated.directness for each in plan.proposals] == [Directness.DIRECT, Directness.INDIRECT]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (_row(since="01/02/2020", until="01/01/2019"), "before it starts"),
        (_row(since="31/02/2019"), "“31/02/2019” is not a date"),
        (_row(since="01/01/2031"), "in the future"),
        (_row(name=""), "names nobody"),
        (_row(text="x" * 100_000), "100,000 characters"),
    ],
    ids=["end before start", "no such day", "the future", "nobody", "a cell of 100 kB"],
)  # fmt: skip
def test_what_cannot_be_is_said_of_its_row_and_waits(row: list[str], said: str) -> None:
    (proposal,) = _plan([HEAD, row]).proposals
    assert proposal.action is Action.NEEDS_YOU and said in proposal.reasons[0]
    (left,) = _plan([HEAD, row], answers=Answers({}, frozenset({1}))).proposals
    assert left.action is Action.LEFT_OUT


def test_an_end_that_lies_ahead_is_said_and_does_not_end_the_interest() -> None:
    (proposal,) = _plan([HEAD, _row(until="31/03/2027")]).proposals
    assert proposal.action is Action.NEW and proposal.stated.ended_on is None
    assert "to end on 31 March 2027" in proposal.reasons[0]


def test_a_day_that_the_file_does_not_give_is_said_to_be_taken() -> None:
    (proposal,) = _plan([HEAD, _row(since="2014", until="March 2024")]).proposals
    assert proposal.reasons == (
        "“2014” does not give the day. It is entered as from 1 January 2014, the first that it can be",
        "“March 2024” does not give the day. It is entered as to 31 March 2024, the last that it can be",
    )
    assert not _plan([HEAD, _row(since="01/04/2014", until="1 March 2024")]).proposals[0].reasons


@pytest.mark.parametrize(
    ("since", "until", "days", "said"),
    [
        ("2015/16", "", (date(2015, 4, 1), None), "the financial year 2015/16. It is entered as from 1 April 2015"),
        ("2015-16", "", (date(2015, 4, 1), None), "the financial year 2015/16"),
        ("Q3 2018", "", (date(2018, 7, 1), None), "the third quarter of 2018. It is entered as from 1 July 2018"),
        ("Q4 2018/19", "", (date(2019, 1, 1), None), "the fourth quarter of the financial year 2018/19"),
        ("2014", "2015/16", (date(2014, 1, 1), date(2016, 3, 31)), "entered as to 31 March 2016"),
        ("2014", "Q4 2018", (date(2014, 1, 1), date(2018, 12, 31)), "the fourth quarter of 2018"),
        ("Pre 2013", "", (None, None), "read as before 1 January 2013. No start is entered"),
        ("Prior to joining in 2019", "", (None, None), "read as on 31 December 2019 or before. No start is entered"),
        ("Before the merger in June 2019", "", (None, None), "read as on 30 June 2019 or before"),
        ("Before joining on 4 June 2019", "", (None, None), "read as before 4 June 2019"),
        ("FY15/16", "", (date(2015, 4, 1), None), "the financial year 2015/16"),
    ],
)  # fmt: skip
def test_a_year_or_quarter_of_the_nhs_and_a_time_before_are_read_as_such_and_said(
    since: str, until: str, days: tuple[date | None, date | None], said: str
) -> None:
    (proposal,) = _plan([HEAD, _row(since=since, until=until)]).proposals
    assert (proposal.stated.arose_on, proposal.stated.ended_on) == days
    assert said in " ".join(proposal.reasons) and "does not say when" not in " ".join(proposal.reasons)
    assert proposal.stated.nature.endswith(f"(from: {since})") is (days[0] is None)
    assert _read([HEAD, _row(since="2011-12")]).stated[0].arose_on == date(2011, 12, 1)


@pytest.mark.parametrize(
    ("mark", "is_tick"), [("þ", True), ("a", True), ("ü", True), ("NFP", False), ("n", False), ("0", False)]
)
def test_a_tick_of_a_font_of_symbols_is_read_and_what_is_no_tick_is_said(mark: str, is_tick: bool) -> None:
    head = ["Name", "Declared interest", "Financial", "Non-financial professional", "Non-financial personal", "From"]
    (proposal,) = _plan([head, ["Dr Ama Ashdown", "Trustee of Tarn Care Ltd", "", mark, "", "2015"]]).proposals
    assert proposal.stated.says_type is is_tick
    assert (
        "“NFP” in the column of ticks for non-financial professional is not understood" in " ".join(proposal.reasons)
    ) is (mark == "NFP")


def test_a_row_that_ticks_two_types_is_two_interests_each_met_by_its_own_when_the_file_comes_again() -> None:
    """Source: RULEBOOK §5.2. One relationship can be several interests."""
    head = ["Name", "Declared interest", "Nature", "Financial", "Non-financial professional", "From", "To"]
    row = ["Dr Ama Ashdown", "Quillbrook Surgery", "GP partner", "✓", "✓", "01/11/2015", ""]
    plan = _plan([head, row])
    both = [InterestType.FINANCIAL, InterestType.NON_FINANCIAL_PROFESSIONAL]
    assert [(each.action, each.stated.type) for each in plan.proposals] == [(Action.NEW, each) for each in both]
    assert "entered once for each" in plan.proposals[1].reasons[0]
    one = Correction(
        "Dr Ama Ashdown", "", organisation="Quillbrook Surgery", nature="GP partner", arose_on="01/11/2015"
    )
    read = read_source(as_csv([head, row]), "register.csv", today=TODAY, corrections={"1b": one.as_data()})
    assert _actions(plan_of(read.stated, Known(), Answers(), RULES)) == ["new", "already"]
    standing = tuple(
        KnownInterest(f"i{each}", "1", f"I/{each}", 1, ("Quillbrook Surgery",), "GP partner", each, Directness.DIRECT,
                      date(2015, 11, 1), role=InterestRole.PARTNER)
        for each in reversed(both)
    )  # fmt: skip
    known = Known((ASHDOWN,), {"1": standing})
    assert _actions(_plan([head, row], known)) == ["already", "already"]
    assert _actions(_plan([head, [*row[:6], "31/03/2026"]], known)) == ["changed", "changed"]
    assert _actions(_plan([head, row], Known((ASHDOWN,), {"1": standing[1:]}))) == ["already", "new"]


@pytest.mark.parametrize(
    ("kind", "money", "is_said"),
    [
        ("Employment", "Personal", True), ("Employment", "Non-pecuniary", True), ("Employment", "Pecuniary", False),
        ("Non-financial professional", "Pecuniary", True), ("Non-financial personal", "Personal", False), ("Employment", "", False),
    ],
)  # fmt: skip
def test_a_type_that_the_word_about_money_contradicts_is_said(kind: str, money: str, is_said: bool) -> None:
    head = ["Name", "Details", "Type of interest", "Personal or pecuniary", "From"]
    (proposal,) = _plan([head, ["Dr Ama Ashdown", "Works for Marsh Hospice", kind, money, "01/01/2018"]]).proposals
    assert (f"“{money}” may say otherwise" in " ".join(proposal.reasons)) is is_said


def test_somebody_of_whom_the_file_gives_only_the_practice_has_that_for_a_post() -> None:
    head = ["Name", "Practice", "Details", "From"]
    rows = [["Mr Cyril Dove", "Elm Surgery", "Wife works for Marsh Hospice", "2018"], ["Dr Bea Cole", "Oak Surgery", "Nil", ""],
            ["Dr Ama Ashdown", "Tarn Practice", "Partner", "2015"]]  # fmt: skip
    assert [each.position for each in _read([head, *rows]).stated] == ["At Elm Surgery", "At Oak Surgery", ""]


def test_a_declaration_is_judged_by_the_rules_of_its_own_day() -> None:
    rows = [[*HEAD, "Date declared"], [*_row(since="01/01/2020"), "01/06/2020"]]
    (proposal,) = _plan(rows).proposals
    assert any("later than" in reason for reason in proposal.reasons)


def test_somebody_who_is_known_is_found_and_nobody_else_is_taken_for_them() -> None:
    known = Known((ASHDOWN,))
    found = _plan([HEAD, _row()], known).proposals[0].holder
    assert (found.person_id, found.is_new) == ("1", False)
    assert _plan([HEAD, _row("Dr Ben Ashdown")], known).proposals[0].holder.is_new


@pytest.mark.parametrize("name", ["Mrs Ama Ashdown", "A Ashdown", "Dr A Ashdown"])
def test_a_name_that_may_be_somebody_known_asks_unless_the_post_tells(name: str) -> None:
    known = Known((ASHDOWN,))
    (asked,) = _plan([HEAD, _row(name, "Lay member")], known).proposals
    assert asked.action is Action.NEEDS_YOU and [value for value, _ in asked.holder.choices] == ["1", "new"]
    told = Answers({asked.holder.key: "1"})
    assert _plan([HEAD, _row(name, "Lay member")], known, told).proposals[0].holder.person_id == "1"


@pytest.mark.parametrize(
    ("written", "asks"),
    [
        ("Adaeze Okonkwo Hale (Chair)", True), ("Okonkwo-Hale Adaeze", True), ("Okonkwo-Hale A", True), ("A Okonkwo Hale", True),
        ("Mrs Adaeze Hale", True), ("Adaeze OkonkwoHale", True), ("Adaeze Brown", False), ("Ben Okonkwo", False), ("Adaeze", False),
    ],
)  # fmt: skip
def test_a_known_person_whose_name_is_written_otherwise_is_asked_about_and_never_doubled(
    written: str, asks: bool
) -> None:
    hale = KnownPerson("1", PersonDetails("Adaeze", "Okonkwo-Hale", "Mrs"), "Mrs Adaeze Okonkwo-Hale", ("Lay member",))
    (found,) = _plan([HEAD, _row(written)], Known((hale,))).proposals
    assert (found.action is Action.NEEDS_YOU, "1" in dict(found.holder.choices)) == (asks, asks)
    assert found.holder.is_new is not asks
    if asks:
        told = _plan([HEAD, _row(written)], Known((hale,)), Answers({found.holder.key: "1"})).proposals[0]
        assert told.holder.person_id == "1"


def test_the_post_tells_two_of_one_name_apart() -> None:
    other = replace(ASHDOWN, id="2", posts=("Practice manager",))
    known = Known((ASHDOWN, other))
    assert _plan([HEAD, _row(position="Practice manager")], known).proposals[0].holder.person_id == "2"
    assert _plan([HEAD, _row(position="Nurse")], known).proposals[0].action is Action.NEEDS_YOU


def test_somebody_of_another_body_alone_is_asked_about() -> None:
    elsewhere = replace(ASHDOWN, posts=(), is_here=False)
    assert _plan([HEAD, _row()], Known((elsewhere,))).proposals[0].action is Action.NEEDS_YOU


def test_two_of_one_name_in_the_file_are_never_merged_silently() -> None:
    plan = _plan([HEAD, _row(position="GP member"), _row(position="Lay member", text="Governor of Marsh School")])
    assert _actions(plan) == ["new", "needs_you"]
    key = plan.proposals[1].holder.key
    rows = [HEAD, _row(position="GP member"), _row(position="Lay member", text="Governor of Marsh School")]
    assert _plan(rows, answers=Answers({key: "new"})).new_people == 2
    same = plan.proposals[1].holder.choices[0][0]
    assert _plan(rows, answers=Answers({key: same})).new_people == 1


def test_an_answer_is_remembered_by_what_the_file_says_of_somebody_not_by_the_order_of_its_rows() -> None:
    head = [*HEAD, "Email"]
    rows = [[*_row(), "a@example.nhs.uk"], [*_row(text="Director of Tarn Care Ltd"), "b@example.nhs.uk"],
            [*_row(position="", text="Director of Marsh Ltd"), ""]]  # fmt: skip
    known, other = Known((replace(ASHDOWN, posts=("Lay member",)),)), replace(ASHDOWN, id="2", posts=("Locum",))
    known = replace(known, people=(*known.people, other))
    first, second, third = _plan([head, *rows], known).proposals
    assert first.holder.choices and second.holder.choices and third.holder is second.holder
    remembered = Answers(remembered={first.holder.key: "1", second.holder.key: "2"})
    for order in ([0, 1], [1, 0]):
        plan = _plan([head, *(rows[each] for each in order)], known, remembered)
        assert [each.holder.person_id for each in plan.proposals] == [str(each + 1) for each in order]
        assert plan.remembered == 2 and "as answered at an earlier import" in plan.proposals[0].person_words
        assert "new" in dict(plan.proposals[0].holder.offered), "the answer can be changed"
    changed = replace(remembered, people={first.holder.key: "new"})
    assert _plan([head, rows[0]], known, changed).proposals[0].holder.is_new
    moved = [*_row(position="Chair"), "a@example.nhs.uk"]
    assert _actions(_plan([head, moved], known, remembered)) == ["needs_you"], "it may be somebody else now"


STANDING = KnownInterest(
    "i1", "1", "I/2026/0001", 1, ("GP partner at Quillbrook Surgery",), "GP partner at Quillbrook Surgery",
    InterestType.FINANCIAL, Directness.DIRECT, date(2015, 11, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "standing", "action"),
    [
        (_row(), STANDING, Action.ALREADY),
        (_row(since=""), STANDING, Action.ALREADY),
        (_row(until="31/03/2026"), STANDING, Action.CHANGED),
        (_row(since="12/2015"), STANDING, Action.CHANGED),
        (_row(), replace(STANDING, ended_on=date(2024, 1, 1)), Action.NEEDS_YOU),
        (_row(text="Nil"), STANDING, Action.NEEDS_YOU),
        (_row(text="Shareholder in Tarn Care Ltd"), STANDING, Action.NEW),
    ],
    ids=["the same", "says less", "ended", "other start", "stands again", "nil beside an interest", "another"],
)
def test_a_row_meets_what_the_register_says(row: list[str], standing: KnownInterest, action: Action) -> None:
    known = Known((ASHDOWN,), {"1": (standing,)})
    (proposal,) = _plan([HEAD, row], known).proposals
    assert proposal.action is action, proposal.reasons
    assert action is Action.NEW or proposal.reasons


HOLLOWBECK = uuid.UUID(int=7)
TWIN = replace(
    STANDING, organisations=("Hollowbeck Surgery",), nature="GP partner", arose_on=date(2014, 4, 1), role=InterestRole.PARTNER,
    organisation_ids=frozenset({str(HOLLOWBECK)}),
)  # fmt: skip
MATCHED = {"1": (NamedOrganisation("Hollowbeck Surgry", HOLLOWBECK),)}


def _twin(twin: KnownInterest = TWIN, said: str = "", until: str = "", since: str = "2014") -> Proposal:
    head = ["Name", "Position", "Declared interest", "Nature", "Type of interest", "From", "To"]
    row = ["Dr Ama Ashdown", "GP member", "Hollowbeck Surgry", "Partner", "Financial", since, until]
    stated, known = _read([head, row]).stated, Known((ASHDOWN,), {"1": (twin,)})
    return plan_of(stated, known, Answers(same={"1": said}), RULES, None, MATCHED).proposals[0]


def test_a_row_that_looks_like_an_interest_that_stands_is_put_there_twice_only_if_somebody_says_so() -> None:
    asked = _twin()
    assert asked.action is Action.NEEDS_YOU and asked.twin == TWIN
    assert (
        "It looks like I/2026/0001, which is on the register already: Hollowbeck Surgery, partner" in asked.reasons[0]
    )
    assert _twin(said="new").action is Action.NEW
    assert _twin(said="i1").action is Action.ALREADY, "the register's words and its day stay"
    ended = _twin(said="i1", until="31/03/2024")
    assert (ended.action, ended.stated.organisation, ended.stated.arose_on) == (
        Action.CHANGED, "Hollowbeck Surgery", date(2014, 4, 1),
    )  # fmt: skip
    assert _twin(said="i1", since="01/02/2014").action is Action.CHANGED, "a day that the file gives is told"


@pytest.mark.parametrize(
    "other",
    [
        {"role": InterestRole.SHAREHOLDER},
        {"ended_on": date(2020, 1, 1)},
        {"organisation_ids": frozenset({"another"})},
        {"directness": Directness.INDIRECT, "via": Via.SPOUSE},
    ],
    ids=["another role", "one that ended", "another organisation", "somebody else's"],
)
def test_another_interest_is_new_unasked(other: dict[str, Any]) -> None:
    assert _twin(replace(TWIN, **other)).action is Action.NEW


def test_a_row_that_stands_twice_is_taken_once() -> None:
    assert _actions(_plan([HEAD, _row(), _row()])) == ["new", "already"]


def test_a_nil_return_beside_an_interest_in_the_same_file_is_asked_about() -> None:
    assert _actions(_plan([HEAD, _row(), _row(text="Nil")])) == ["new", "needs_you"]


def test_a_blank_interest_is_no_nil_return() -> None:
    assert _actions(_plan([HEAD, _row(text="", since="", until="")])) == ["person_only"]


def test_a_row_of_our_own_file_that_says_that_a_declaration_was_missing_states_no_interest() -> None:
    (proposal,) = _plan([HEAD, _row(text=MISSING, since="", until="")]).proposals
    assert proposal.action is Action.PERSON_ONLY and "a declaration was missing then" in proposal.reasons[0]


def test_columns_can_be_said_where_no_heading_tells() -> None:
    rows = [["Wer", "Was", "Wann"], ["Dr Ama Ashdown", "GP partner at Quillbrook Surgery", "11/2015"]]
    source = _read(rows)
    assert "no column for the declared interest" in source.missing and not source.stated
    assert [each.samples for each in source.headings][1] == ("GP partner at Quillbrook Surgery",)
    told = read_source(as_csv(rows), "r.csv", today=TODAY, columns={"person": 0, "text": 1, "from": 2})
    assert told.stated[0].arose_on == date(2015, 11, 1)


def test_too_many_rows_and_none_at_all_are_refused_in_words() -> None:
    with pytest.raises(BadInput, match="At most 20,000"):
        _read([HEAD, *([_row()] * 20_001)])
    with pytest.raises(BadInput, match="no rows under it"):
        _read([HEAD])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dr Siân Ŵyn-Jones", ("Dr", "Siân", "Ŵyn-Jones")),
        ("DE VRIES, Jan (Chair)", ("", "Jan", "DE VRIES")),
        ("Smith, Joan (Mrs)", ("Mrs", "Joan", "Smith")),
        ("Joan Smith (Dr.) (Chair)", ("Dr", "Joan", "Smith")),
        ("Prof. A B Crane, OBE", ("Prof", "A B", "Crane")),
        ("Dr Jan de Vries", ("Dr", "Jan", "de Vries")),
        ("Suharti", ("", "", "Suharti")),
        ("Wren, Dr B", ("Dr", "B", "Wren")),
    ],
)
def test_a_name_is_read_as_registers_write_it(text: str, parts: tuple[str, str, str]) -> None:
    read = read_name(text)
    assert (read.title, read.given_names, read.family_name) == parts


NAMES = st.sampled_from(["Dr Ama Ashdown", "Mr Ben Wren", "A Ashdown", "", "Ms Cy Dove"])
TEXTS = st.sampled_from(
    ["GP partner at Quillbrook Surgery", "Nil", "n/a", "", "Wife works at Tarn Care Ltd", "x; y", "No"]
)
DATES = st.sampled_from(["", "11/2015", "Ongoing", "n/a", "2019", "31/02/2019", "01/01/2031", "soon", "42005"])
ROWS = st.lists(st.tuples(NAMES, st.sampled_from(["", "GP", "Chair"]), TEXTS, st.just(""), DATES, DATES), max_size=8)


@given(ROWS)
def test_each_row_is_answered_for_and_nothing_is_doubled(rows: list[tuple[str, ...]]) -> None:
    """Every row that holds anything has a verdict; what needs somebody says why; leaving those rows out lets all others through; and
    once the new interests stand on the register, the same rows are new no more."""
    table = [HEAD, ["Dr Eve Teal", "Nurse", "Nurse at Marsh End Hospice", "", "2020", ""], *map(list, rows)]
    source = _read(table)
    first = plan_of(source.stated, Known(), Answers(), RULES)
    filled = {number for number, row in enumerate(table[1:], 1) if any(cell.strip() for cell in row)}
    assert {each.stated.row for each in first.proposals} == filled
    assert all(each.reasons for each in first.proposals if each.action is Action.NEEDS_YOU)
    out = Answers({}, frozenset(each.stated.row for each in first.proposals if each.action is Action.NEEDS_YOU))
    second = plan_of(source.stated, Known(), out, RULES)
    assert second.needs_you == 0
    third = plan_of(source.stated, _after(second), replace(out, people=_ids(second)), RULES)
    assert not third.changes_anything, _actions(third)


def _ids(plan: Plan) -> dict[str, str]:
    return {each.holder.key: each.holder.key for each in plan.proposals}


def _after(plan: Plan) -> Known:
    """The register after an import."""
    people = tuple({each.holder.key: KnownPerson(each.holder.key, each.holder.who, each.stated.name) for each in plan.proposals
                    if each.action is not Action.LEFT_OUT}.values())  # fmt: skip
    interests: dict[str, tuple[KnownInterest, ...]] = {}
    nils = {each.holder.key: TODAY for each in plan.proposals if each.action is Action.NIL}
    for number, each in enumerate(plan.proposals):
        if each.action is Action.NEW:
            said = each.stated
            made = KnownInterest(
                str(number), each.holder.key, f"I/{number}", 1, (said.organisation,), said.nature, said.type, said.directness,
                said.arose_on, said.ended_on,
            )  # fmt: skip
            interests[each.holder.key] = (*interests.get(each.holder.key, ()), made)
    return Known(people, interests, nils)


def test_unused_layouts_have_their_headings() -> None:
    assert _read(PARLIAMENT).stated[0].declared_on == date(2024, 3, 3)
    assert _read(LOCAL_FORM).stated[0].type is InterestType.FINANCIAL


FOOTERS = ["Last updated: January 2017", "Total: 3 declarations", "Page 1 of 2", "Reviewed every month"]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_is_nobody_until_somebody_says_so(footer: str) -> None:
    rows = [HEAD, _row(), [footer, "", "", "", "", ""], ["", "", "GP partner at Tarn Practice", "", "2015", ""]]
    first, *below = _plan(rows).proposals
    assert first.action is Action.NEW
    assert [each.action for each in below] == [Action.NEEDS_YOU, Action.NEEDS_YOU]
    assert "does not look like a name" in below[0].reasons[0]


@pytest.mark.parametrize(
    ("said", "heading", "reason"),
    [
        ("Yes", "Consent to publish", ""), ("Y", "Consent to publish", ""), ("✓", "Consent to publish", ""), ("", "Consent to publish", ""),
        ("I consent", "Consent to publish", ""), ("N/A", "Consent to publish", ""), ("x", "I do not consent", NO_REASON),
        ("No", "Consent to publish", NO_REASON), ("N", "Consent", NO_REASON), ("No - my wife asked not", "Consent", "my wife asked not"),
        ("I do not consent because of threats", "Consent", "of threats"), ("Yes, but not my home", "Consent", "Yes, but not my home"),
        ("See my letter", "Consent to publish", "See my letter"), ("Consent refused", "Consent", "Consent refused"),
        ("Consent given: no", "Consent", "Consent given: no"), ("Yes, name withheld", "Consent", "Yes, name withheld"),
        ("Yes, no objection", "Consent", ""), ("✓", "Consent withheld", NO_REASON), ("Yes", "Consent? If not, say why", ""),
        ("Yes", "Consent (yes/no)", ""), ("✗", "Consent", NO_REASON), ("[x]", "I do not consent", NO_REASON),
        ("☐", "Consent", ""), ("[x]", "Consent", ""),
    ],
)  # fmt: skip
def test_what_a_form_says_of_consent_is_a_reason_or_none(said: str, heading: str, reason: str) -> None:
    assert refusal_in({"consent": said}, {"consent": heading}, date(2026, 11, 10)) == reason


def test_a_form_that_does_not_consent_asks_the_guardian_once_and_its_foot_is_no_interest() -> None:
    source = _read(ONE_FORM)
    assert source.remarks == ("Rows 7 (“Signed:”), 8 (“Date:”) are the foot of the form, and no interest",)
    plan = plan_of(source.stated, Known(), Answers(), RULES)
    assert [(each.action, each.asks) for each in plan.proposals] == [(Action.NEW, False), (Action.NEW, True)]
    asked = plan.proposals[1]
    assert asked.stated.keep_private_because == "my wife asked not"
    assert any("The Guardian is asked" in each for each in asked.reasons) and "wife" not in " ".join(asked.reasons)
    standing = KnownInterest("9", "1", "I/2026/0009", 1, (asked.stated.organisation,), asked.stated.nature, InterestType.FINANCIAL,
                             Directness.DIRECT, asked.stated.arose_on, role=InterestRole.DIRECTOR)  # fmt: skip
    for is_asked, action in ((False, Action.ASKED), (True, Action.ALREADY)):
        known = Known((ASHDOWN,), {"1": (replace(standing, is_asked_about=is_asked),)})
        found = plan_of(source.stated, known, Answers(), RULES).proposals[1]
        assert (found.action, found.asks) == (action, not is_asked)


def test_a_ticked_statement_is_a_nil_return_and_committees_are_no_position() -> None:
    source = _read(TICKED_FORM)
    assert source.columns["statement"] == 3 and "position" not in source.columns
    plan = plan_of(
        source.stated, Known((replace(ASHDOWN, posts=("GP member", "Audit Committee", "Audit")),)), Answers(), RULES
    )
    partner, nil = plan.proposals
    assert (partner.action, nil.action) == (Action.NEW, Action.NIL)
    assert (partner.holder.position, nil.holder.position) == ("", "")
    assert "The file says that they sit on PCCC. Seats are entered on the page of each committee" in partner.reasons
    both = [*TICKED_FORM[:1], [*TICKED_FORM[1][:3], "X", *TICKED_FORM[1][4:]]]
    assert "declares something" in _plan(both).proposals[0].reasons[0]
    assert _actions(_plan([*TICKED_FORM[:1], [*TICKED_FORM[2][:3], "No", *TICKED_FORM[2][4:]]])) == ["person_only"]


def test_a_column_that_somebody_says_to_state_nil_does_so_by_its_ticks() -> None:
    rows = [["Name", "Position", "Interest", "Box A"], ["Ms Bryony Wren", "Lay member", "", "X"]]
    columns = {"person": 0, "position": 1, "text": 2, "statement": 3}
    (nil,) = read_source(as_csv(rows), "register.csv", today=TODAY, columns=columns).stated
    assert nil.is_nil


def test_the_kinds_of_a_system_for_declarations_are_kept() -> None:
    _, holding, research, event, loyalty, decides = _read(SYSTEM).stated
    assert (holding.organisation, holding.nature, dict(holding.particulars)) == (
        "Tarn Care Ltd",
        "Holding: 5%",
        {"share": "5%"},
    )
    assert [(each.subtype, each.type, each.role) for each in (holding, research, event, loyalty)] == [
        (InterestSubtype.SHAREHOLDING, InterestType.FINANCIAL, InterestRole.SHAREHOLDER),
        (InterestSubtype.RESEARCH, InterestType.FINANCIAL, InterestRole.RECIPIENT),
        (InterestSubtype.SPONSORED_EVENT, event.type, InterestRole.RECIPIENT),
        (InterestSubtype.LOYALTY, InterestType.NON_FINANCIAL_PERSONAL, InterestRole.TRUSTEE),
    ]
    assert not any(each.problems for each in (holding, research, event, loyalty))
    assert decides.is_empty and not holding.notes


def test_an_entry_of_a_published_list_says_to_which_it_belongs_and_what_its_category_adds() -> None:
    source = _read(CATEGORY)
    assert {"id", "parent", "organisation", "declared"} <= source.columns.keys()
    adviser, march, may = source.stated
    assert [each.organisation for each in source.stated] == ["Tarn Care Ltd", "Tarn Care Ltd", "Marsh Care Ltd"]
    assert "The file also says: JobTitle: Adviser" in adviser.notes and "Road" not in " ".join(adviser.notes)
    assert any(each.startswith("It belongs to 11: row 2, ") for each in march.notes)
    assert "The file also says: Value: 500" in march.notes
    assert "It belongs to 99, which is not in the file" in may.notes


def test_a_payment_is_an_interest_in_whoever_pays_for_the_entry_to_which_it_belongs() -> None:
    head, who = (
        ["ID", "Summary", "Parent Interest ID", "Registered", "Category", "Member", "Payer name"],
        "Dr Ama Ashdown",
    )
    rows = [
        head,
        ["1", "Adviser", "", "10/01/2026", "Employment", who, "Tarn Care Ltd"],
        ["2", "Payment received on 15 Jan 2026 - £500", "1", "18/01/2026", "Ad hoc payments", who, ""],
        ["3", "Correction of it", "2", "19/01/2026", "Ad hoc payments", who, ""],
        ["4", "Fee", "5", "19/01/2026", "Ad hoc payments", who, ""],
        ["5", "Fee", "4", "19/01/2026", "Ad hoc payments", who, ""],
    ]
    stated = _read(rows).stated
    assert [each.organisation for each in stated] == ["Tarn Care Ltd"] * 3 + ["Fee"] * 2
    assert stated[1].nature == "Payment received on 15 Jan 2026 - £500"


def test_no_change_confirms_what_stood_then_once() -> None:
    (row,) = [each for each in _read(SYSTEM).stated if each.name == "Dr Ama Ashdown"]
    said = date(2026, 2, 1)
    old = KnownInterest("9", "1", "I/2026/0009", 1, ("Tarn Care Ltd",), "Director", InterestType.FINANCIAL, Directness.DIRECT,
                        declared_on=date(2025, 1, 1))  # fmt: skip
    later, ended = (replace(old, id=key, reference=f"I/2026/000{key}", **what) for key, what in (
        ("7", {"declared_on": date(2026, 3, 1)}), ("8", {"ended_on": date(2025, 6, 1)})))  # fmt: skip
    known = Known((ASHDOWN,), {"1": (old, later, ended)})
    (found,) = plan_of([row], known, Answers(), RULES).proposals
    assert (found.action, found.confirms, found.reasons) == (Action.CONFIRMED, (old,), ("Still right: I/2026/0009",))
    (again,) = plan_of([row], replace(known, confirmed={"1": said}), Answers(), RULES).proposals
    assert again.action is Action.ALREADY
    (vain,) = plan_of([row], Known((ASHDOWN,)), Answers(), RULES).proposals
    assert vain.action is Action.NEEDS_YOU and "nothing changed" in vain.reasons[0]


def test_what_the_foot_of_a_form_says_of_consent_counts_for_every_row() -> None:
    rows = [[*row[:5], ""] for row in ONE_FORM]
    rows[3][5] = ""
    source = _read([*rows, ["Consent to publish:", "No", "they would find my home", "", "", ""]])
    assert [each.keep_private_because for each in source.stated] == ["they would find my home"] * 2
    assert _read(rows[:6]).remarks == ()


@pytest.mark.parametrize(("why", "reason"), [("Threats", "Threats"), ("None", ""), ("n/a", ""), ("Yes", ""), ("", "")])
def test_a_reason_not_to_publish_counts_beside_a_yes_too(why: str, reason: str) -> None:
    """A bare yes in the column of reasons is none beside a consent; alone it is a refusal."""
    for said in ("Yes", "✓", "I consent", *([""] if why != "Yes" else [])):
        assert refusal_in({"consent": said, "withheld": why}, {"consent": "Consent"}, date(2026, 11, 10)) == reason


@pytest.mark.parametrize(
    ("boxes", "refuses"),
    [
        ((["I consent to publication: ☐"], ["I do not consent to publication: ☒"]), True),
        ((["I consent to publication", ""], ["I do not consent to publication", "x"]), True),
        ((["I do not consent to publication", ""], ["I consent to publication", "✓"]), False),
        ((["I consent to publication"], ["I do not consent to publication"]), False),
        ((["I do not consent to publication"],), True),
    ],
)
def test_of_two_boxes_of_consent_the_ticked_one_counts(boxes: tuple[list[str], ...], refuses: bool) -> None:
    found = consent_in(boxes)
    told = {"consent": found.said, "withheld": found.why}
    assert bool(refusal_in(told, {"consent": found.label}, date(2026, 11, 10))) is refuses


@pytest.mark.parametrize(
    "first", ["Signature Care Ltd", "Received hospitality from a firm", "Line manager at Elm Surgery"]
)
def test_an_interest_that_begins_like_the_foot_of_a_form_is_no_foot(first: str) -> None:
    table = [["Organisation", "Role"], ["Elm Surgery", "Partner"], [first, "Director"]]
    assert foot_of(table, 0) == {}
    assert foot_of([*table, ["Signature of declarant", "A B"], ["Received by:", "C"]], 0).keys() == {3, 4}


def test_a_row_that_only_begins_like_a_foot_stays_a_row() -> None:
    rows = [HEAD, _row(), ["Signed:", "", "", "", "", ""], _row(name="Ms Bryony Wren")]
    assert len(_read(rows).stated) == 3


@pytest.mark.parametrize("name", ["Mrs Elaine Page", "Dr Ann Key (left 2016)", "Ms Bryony Wren"])
def test_a_name_alone_stays_a_person(name: str) -> None:
    (proposal,) = _plan([HEAD, [name, "", "", "", "", ""]]).proposals
    assert proposal.action is Action.PERSON_ONLY


@pytest.mark.parametrize(
    ("title", "as_at"),
    [
        ("NHS Wexmoor CCG - Register of Interests January 2017", date(2017, 1, 31)),
        ("Register of interests 31/01/2017", date(2017, 1, 31)),
        ("Register of interests 2016/17", date(2017, 3, 31)),
        ("Register of interests Q3 2016/17", date(2016, 12, 31)),
        ("Register of interests 2016-17 Q1", date(2016, 6, 30)),
        ("January 2017", date(2017, 1, 31)),
        ("Register of interests April 2016 to March 2017", None),
        ("Register of interests 2017", None),
        ("Register of interests, policy for review June 2018", None),
        ("Register of interests 2026/27", None),
        ("Register of interests", None),
    ],
)
def test_the_day_of_a_register_is_that_of_its_title_or_not_known(title: str, as_at: date | None) -> None:
    assert _read([[title], HEAD, _row()]).as_at == as_at


def test_an_interest_that_starts_after_the_day_of_the_register_waits() -> None:
    stated = _read([HEAD, _row(since="1 April 2018"), _row(name="Ms Bryony Wren", since="2016")]).stated
    later, before = plan_of(stated, Known(), Answers(), RULES, date(2017, 1, 31)).proposals
    assert later.action is Action.NEEDS_YOU and "1 April 2018, after 31 January 2017" in later.reasons[0]
    assert before.action is Action.NEW


def test_as_above_is_read_as_the_cell_above_and_said() -> None:
    head = [*HEAD, "Action taken to mitigate risk"]
    rows = [head, [*_row(), "Leaves the room"], [*_row(text="Director of Tarn Care Ltd"), "As above"]]
    _, second = _plan(rows).proposals
    assert (second.action, second.stated.mitigation) == (Action.NEW, "Leaves the room")
    assert any("which is read as what stands there: Leaves the room" in each for each in second.reasons)
    (alone,) = _plan([head, [*_row(), "ditto"]]).proposals
    assert (alone.action, alone.stated.mitigation) == (Action.NEEDS_YOU, "")


def test_two_of_one_name_and_different_titles_are_said_to_be_perhaps_one() -> None:
    rows = [HEAD, _row("Mr John Smith"), _row("Dr John Smith", text="Director of Tarn Care Ltd"), _row("Ms Jo Smith")]
    first, second, other = _plan(rows).proposals
    assert any("may be the same person as in row 3" in each for each in first.reasons)
    assert any("may be the same person as in row 2" in each for each in second.reasons)
    assert not any("same person" in each for each in other.reasons)


@pytest.mark.parametrize(
    ("position", "text", "role"),
    [
        ("Practice nurse lead", "Salaried, Quillbrook Surgery", InterestRole.EMPLOYEE),
        ("GP member", "Salaried, Quillbrook Surgery", InterestRole.SALARIED_GP),
        ("Board member", "Salaried GP, Quillbrook Surgery", InterestRole.SALARIED_GP),
    ],
)
def test_salaried_alone_makes_a_gp_of_nobody(position: str, text: str, role: InterestRole) -> None:
    (found,) = _plan([HEAD, _row(position=position, text=text)]).proposals
    assert found.stated.role is role
