"""Rules of the import of procurement decisions: what a sheet is, what a row says, what will happen with it. Pure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coi.errors import BadInput
from coi.registers.importing.procurement.details import new_details
from coi.registers.importing.procurement.planning import NEW_DECISION, plan_of
from coi.registers.importing.procurement.showing import words_of
from coi.registers.importing.procurement.vocabulary import DecisionProposal, KnownDecision, StatedDecision
from coi.registers.importing.sources import Source, read_source
from coi.registers.importing.vocabulary import Action, Answers
from coi.registers.procurement.vocabulary import Arrangement, Outcome, Route
from coi.registers.vocabulary import RegisterKind
from tests.registers.importing.decisions_seen import ANNEX_H, HEAD, HOURS, NOTICES, SHORT, SURGERY, Rows
from tests.registers.importing.registers_seen import LOCAL_FORM, ONE_FORM, SYSTEM, TEMPLATE, TICKED_FORM, as_csv

TODAY, AS_AT = date(2026, 11, 10), date(2019, 3, 31)


def _read(rows: Rows, **how: Any) -> Source:
    return read_source(as_csv(rows), "register.csv", today=TODAY, **how)


def _row(*cells: str, **changed: str) -> StatedDecision:
    """The first row of a table of the given headings, as (heading, cell) pairs."""
    head, row = list(changed), list(changed.values())
    (stated,) = _read([head, row], register=RegisterKind.PROCUREMENT).stated
    assert isinstance(stated, StatedDecision) and not cells
    return stated


def _proposed(rows: Rows, *known: KnownDecision, answers: Answers | None = None) -> list[DecisionProposal]:
    source = _read(rows)
    return list(plan_of(source.stated, known, answers or Answers(), TODAY, source.as_at or AS_AT).proposals)


def _known(stated: StatedDecision, number: int = 1, **changed: Any) -> KnownDecision:
    """A row as it stands on the register once it was taken over."""
    one = KnownDecision(
        f"id{number}", f"PD/2018-19/{number:03d}", new_details(stated, AS_AT, TODAY), is_taken_over=True,
        old_reference=stated.reference, changed_on=TODAY,
    )  # fmt: skip
    return replace(one, **changed)


def _stated(rows: Rows) -> list[StatedDecision]:
    return [each for each in _read(rows).stated if isinstance(each, StatedDecision)]


def test_the_columns_say_which_register_a_sheet_is() -> None:
    for rows in (ANNEX_H, NOTICES, SHORT):
        assert _read(rows).register is RegisterKind.PROCUREMENT
    for rows in (TEMPLATE, LOCAL_FORM, TICKED_FORM, ONE_FORM, SYSTEM):
        assert _read(rows).register is RegisterKind.INTERESTS and not _read(rows).missing
    assert _read(TEMPLATE, register=RegisterKind.PROCUREMENT).missing.startswith(
        "register.csv has no column for the title"
    )


@pytest.mark.parametrize(
    "head",
    [
        [
            "Name",
            "Position",
            "Date of offer",
            "Declined or accepted",
            "Date of receipt",
            "Details",
            "Estimated value",
            "Supplier / offeror",
        ],
        [
            "Name of recipient",
            "Role",
            "Date offered",
            "Date received",
            "Description",
            "Value",
            "Donor",
            "Accepted/Declined",
        ],
    ],
)
def test_a_register_of_gifts_is_not_taken_for_interests(head: list[str]) -> None:
    """A lunch became a financial interest. Whoever says what the columns hold is believed."""
    rows = [head, ["Dr Ann Ash", "GP", *["Lunch"] * 6]]
    assert _read(rows).register is RegisterKind.GIFTS
    source = _read(rows, register=RegisterKind.INTERESTS, columns={"person": 0, "text": 4})
    assert (source.register, len(source.stated)) == (RegisterKind.INTERESTS, 1)


def test_contract_registers_in_other_words_are_read() -> None:
    head = [
        "Procurement reference", "Project title", "Category", "Date approved", "Approved by", "Provider", "Contract start",
        "Contract end", "Annual value", "Total contract value", "Conflicts of interest declared", "Mitigation",
    ]  # fmt: skip
    found = {meaning: head[number] for meaning, number in _read([head, ["x"] * 12]).columns.items()}
    assert found["value_total"] == "Total contract value" and found["decided"] == "Date approved"
    assert (found["committee"], found["conflicts"], found["mitigations"]) == (
        "Approved by",
        "Conflicts of interest declared",
        "Mitigation",
    )
    assert set(head) - set(found.values()) == {"Category", "Annual value"}, "what a year costs is not the whole value"
    head = [
        "Date",
        "Service",
        "Decision",
        "Committee",
        "Conflicts",
        "Action",
        "Provider(s)",
        "Value £",
        "Extension options",
    ]
    found = {meaning: head[number] for meaning, number in _read([head, ["x"] * 9]).columns.items()}
    assert (found["title"], found["description"], found["committee"]) == ("Service", "Decision", "Committee")
    assert "existing" not in found, "an option to extend is no extension"


def test_every_column_of_the_annex_is_read() -> None:
    """Source: RULEBOOK §17.8."""
    source = _read(ANNEX_H)
    assert (source.as_at, len(source.columns)) == (AS_AT, len(HEAD))
    assert [HEAD[number] for number in source.columns.values()] != HEAD and set(source.columns.values()) == set(
        range(len(HEAD))
    )
    first, second = _stated(ANNEX_H)
    assert (first.said["outcome"], first.said["arrangement"], first.said["value_total"]) == (
        Outcome.AWARDED, Arrangement.OWN, Decimal("125000.00"),
    )  # fmt: skip
    assert first.supplier and (first.supplier.name, first.supplier.address) == (
        "Quillbrook Surgery",
        "1 High Street, Marshton",
    )
    assert first.said["decided_on"] == date(2019, 2, 12) and "12 February 2019, is read from" in first.notes[0]
    assert (second.said["outcome"], second.said["outcome_details"]) == (
        Outcome.EXTENDED,
        "Existing – 12 month extension",
    )
    assert (second.said["arrangement"], second.said["arrangement_details"]) == (
        Arrangement.COLLABORATIVE,
        "Collaborative with Mid CCG",
    )
    assert second.said["value_total"] == Decimal("1200000.00") and "value_body" not in second.said


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (
            NOTICES,
            [
                "existing",
                "title",
                "supplier",
                "value_total",
                "involved",
                "reasons",
                "conflicts",
                "mitigations",
                "decided",
            ],
        ),
        (SHORT, ["title", "involved", "conflicts"]),
    ],
)
def test_near_relatives_of_the_annex_are_read(rows: Rows, columns: list[str]) -> None:
    found = _read(rows).columns
    assert [next(each for each, number in found.items() if number == place) for place in range(len(columns))] == columns


def test_headings_of_two_rows_are_read_together() -> None:
    """In the annex the value stands above its two columns, the contract above supplier and address."""
    above = ["Title", "Contract period", "", "Contract awarded", "", "Contract value (£)", "", "Conflicts noted"]
    below = ["", "Start", "End", "Supplier", "Registered address", "Total", "To CCG", ""]
    row = ["Flu jabs", "1/4/2018", "31/3/2019", "Elm Surgery", "1 High Street", "2000", "1000", "None"]
    (stated,) = _stated([["Register as at 31 March 2019"], above, below, row])
    assert stated.line == 4 and stated.supplier and stated.supplier.address == "1 High Street"
    assert (stated.said["value_total"], stated.said["value_body"]) == (Decimal(2000), Decimal(1000))
    assert (stated.said["starts_on"], stated.said["ends_on"]) == (date(2018, 4, 1), date(2019, 3, 31))


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize("is_whole", [True, False])
def test_a_heading_is_read_with_the_group_above_it(is_merged: bool, is_whole: bool) -> None:
    """A workbook repeats a merged cell, a CSV file leaves the cells beside it empty. What has no group stands in either row."""
    merged = "Conflicts" if is_merged else ""
    alone = ["No", "Title", "Supplier"]
    above = ["", "Contract", "", "Conflicts", merged] if is_whole else [*alone, "Conflicts", merged]
    below = [*(alone if is_whole else ["", "", ""]), "Noted", "Managed"]
    title = ["Register as at 31 March 2019"] * (5 if is_merged else 1)
    source = _read([title, above, below, ["1", "Flu jabs", "Elm Surgery", "Dr Ash is a partner", "Left the room"]])
    (stated,) = source.stated
    assert isinstance(stated, StatedDecision) and stated.line == 4
    assert [each.text for each in source.headings][-2:] == ["Conflicts – Noted", "Conflicts – Managed"]
    assert (stated.said["conflicts"], stated.said["mitigations"]) == ("Dr Ash is a partner", "Left the room")


def test_what_stands_beside_a_title_is_no_group_and_a_row_of_the_table_no_heading() -> None:
    head = ["Title", "Supplier", "Committee", "Conflicts noted"]
    beside = _read(
        [["Register of procurement", "", "As at 31 March 2019", ""], head, ["Flu jabs", "Elm Surgery", "PCCC", "None"]]
    )
    assert [each.text for each in beside.headings] == head
    (stated,) = _stated([["Title", "Supplier", "", "Conflicts noted"], ["Flu jabs", "Elm Surgery", "Oak Surgery", ""]])
    assert stated.line == 2 and stated.title == "Flu jabs"


def test_a_notice_that_is_filled_in_below_itself_is_read_like_a_table() -> None:
    """A notice gives each field a line: its title, provider, value, decision-makers, reasons, conflicts and how they were managed."""
    notice = [
        ["Award notice"],
        ["Contract title and reference", "Community phlebotomy", "Spirometry"], ["Provider", "Tarn Care Ltd", "Elm Surgery"],
        ["Lifetime value", "250000", "TBC"], ["Details of the decision-makers", "The panel", ""], ["Reasons", "Best on access", ""],
        ["Declared conflicts or potential conflicts", "None", "None"], ["How any conflicts were managed", "", ""],
    ]  # fmt: skip
    source = _read(notice)
    assert any("each further column is read as a row" in each for each in source.remarks)
    first, second = _stated(notice)
    assert (first.title, first.said["value_total"], first.said["involved"]) == (
        "Community phlebotomy",
        Decimal(250000),
        "The panel",
    )
    assert (second.title, second.line, second.organisation) == ("Spirometry", 3, "Elm Surgery")
    for rows in (TEMPLATE, LOCAL_FORM, TICKED_FORM, ONE_FORM, SYSTEM, ANNEX_H, NOTICES, SHORT):
        assert not any("first column" in each for each in _read(rows).remarks)


def test_what_a_row_does_not_say_is_not_made_up() -> None:
    """An old register gives no day, and need not say what was decided: nothing is taken for it."""
    (stated,) = _stated(SHORT)
    made = new_details(stated, AS_AT, TODAY)
    assert (made.decided_on, made.decided_on_or_before) == (AS_AT, True)
    assert (
        made.outcome,
        made.arrangement,
        made.service_kind,
        made.is_gp_provider,
        made.supplier,
        made.value_total,
    ) == (None,) * 6
    assert (made.mitigations, made.justification, made.route) == ("Said with the conflicts noted", "", None)


def test_existing_alone_says_neither_extension_nor_variation() -> None:
    for told, outcome in (
        ("Existing", None), ("New / existing", None), ("Existing contract, varied", Outcome.VARIED), ("Renewal", Outcome.EXTENDED),
        ("New procurement", Outcome.AWARDED), ("Not awarded", Outcome.NOT_AWARDED), ("Procurement abandoned", Outcome.ABANDONED),
    ):  # fmt: skip
        said = _row(Title="Wound care", Supplier="Tarn Care Ltd", **{"New or existing": told}).said
        assert said.get("outcome") is outcome, told
    assert "outcome" not in _row(Title="Wound care", Supplier="TBC", **{"New or existing": "New"}).said, (
        "nobody was named"
    )


def test_a_value_that_is_no_single_sum_stands_in_the_comments() -> None:
    for told, value in (("£1.5m", 1_500_000), ("12,000.50", Decimal("12000.50")), ("40k", 40_000), ("250000", 250_000)):
        assert _row(Title="Wound care", Value=told).said["value_total"] == Decimal(value)
    for told in ("£12,000 per annum", "£3 per patient", "circa £20,000", "£10,000 - £12,000"):
        stated = _row(Title="Wound care", Value=told)
        assert "value_total" not in stated.said and stated.said["comments"] == f"Contract value, total: {told}"
        assert "is not one sum" in stated.notes[0]
    assert "comments" not in _row(Title="Wound care", Value="TBC").said


def test_a_route_is_taken_only_where_the_words_are_certain() -> None:
    for told, route in (
        ("Most Suitable Provider process", Route.MOST_SUITABLE), ("Direct Award Process C", Route.DIRECT_C), ("STW", Route.SINGLE_TENDER),
        ("Open tender", Route.COMPETITIVE), ("AQP", Route.ANY_QUALIFIED), ("Call-off from a framework", Route.FRAMEWORK),
    ):  # fmt: skip
        assert _row(Title="Wound care", **{"Procurement route": told}).said["route"] is route
    stated = _row(Title="Wound care", **{"Procurement route": "Direct award"})
    assert "route" not in stated.said and stated.said["process"] == "Procurement route: Direct award"


def test_no_conflict_stays_no_conflict_and_a_blank_is_not_one() -> None:
    for told, kept in (
        ("None", "None"),
        ("N/A", "None. The older register says “N/A”"),
        ("-", None),
        ("Not known", None),
    ):
        said = _row(Title="Wound care", Conflicts=told, Supplier="Tarn Care Ltd").said
        assert said.get("conflicts") == kept
        assert not new_details(_row(Title="Wound care", Conflicts=told), AS_AT, TODAY).had_conflicts


def test_a_month_counts_as_its_last_day_and_says_so() -> None:
    stated = _row(
        Title="Wound care", **{"Date of decision": "03/2018", "Start date": "April 2018", "End date": "March 2020"}
    )
    assert (stated.said["decided_on"], stated.said["decided_on_or_before"]) == (date(2018, 3, 31), True)
    assert (stated.said["starts_on"], stated.said["ends_on"]) == (date(2018, 4, 1), date(2020, 3, 31))
    assert len(stated.notes) == 3
    (wrong,) = _read([["Title", "Supplier", "Date of decision"], ["Wound care", "Tarn Care Ltd", "soon"]],
                     register=RegisterKind.PROCUREMENT).stated  # fmt: skip
    assert wrong.problems == ("“soon” is not a date. Enter dates such as 31/01/2024 or 01/2024",)


def test_a_month_that_was_not_over_is_the_same_whenever_its_file_is_imported() -> None:
    """It was decided by the day of the register. The same file again changes nothing, also once the month is over."""
    as_at, head = date(2026, 5, 15), ["Title", "Supplier", "Date of decision", "Conflicts"]
    rows = [head, ["Flu jabs", "Elm Surgery", "May 2026", "None"], ["Flu jabs", "Elm Surgery", "12/02/2019", "None"]]

    def planned(today: date, *known: KnownDecision) -> list[DecisionProposal]:
        return list(
            plan_of(
                read_source(as_csv(rows), "register.csv", today=today).stated, known, Answers(), today, as_at
            ).proposals
        )

    first = planned(date(2026, 5, 20))
    assert [each.action for each in first] == [Action.NEW, Action.NEW]
    assert (first[0].stated.said["decided_on"], first[0].stated.said["decided_on_or_before"]) == (as_at, True)
    known = [
        _known(each.stated, number, details=new_details(each.stated, as_at, as_at))
        for number, each in enumerate(first, 1)
    ]
    for today in (date(2026, 5, 31), date(2026, 9, 1)):
        assert [each.action for each in planned(today, *known)] == [Action.ALREADY, Action.ALREADY]
    by_import = replace(
        known[0], details=replace(known[0].details, decided_on=date(2026, 5, 20))
    )  # the day of an import, as it was kept once
    assert [each.action for each in planned(date(2026, 9, 1), by_import, known[1])] == [Action.ALREADY, Action.ALREADY]
    (later, _dated) = plan_of(_read(rows).stated, (), Answers(), TODAY, date(2026, 4, 30)).proposals
    assert later.action is Action.NEEDS_YOU and "It was decided in May 2026, after 30 April 2026" in later.reasons[0]


def test_a_row_is_left_out_only_where_it_can_be_no_decision() -> None:
    """A heading, a total, or that there was none; what begins like one is a decision, or a person says what it is."""
    head = ["Title", "Date of decision", "Existing or new", "Decision-making process", "Total value", "Conflicts"]
    for cells, action in (
        (["Total hip replacement pathway", "12/02/2019", "", "PCCC", "£250,000", ""], Action.NEW),
        (["Total parenteral nutrition service", "", "New", "", "", ""], Action.NEW),
        (["No contract notice service", "", "", "", "100", ""], Action.NEW),
        (["Phlebotomy", "", "", "", "", ""], Action.NEEDS_YOU), (["Flu jabs 2019", "", "", "", "", ""], Action.NEEDS_YOU),
        (["Total hip replacement", "", "", "", "£250,000", ""], Action.NEEDS_YOU),
        (["Total", "", "", "", "£250,000", ""], Action.LEFT_OUT), (["Grand total:", "", "", "", "£1.2m", ""], Action.LEFT_OUT),
        (["Total value for April 2018", "", "", "", "£250,000", ""], Action.LEFT_OUT), (["2018/19", "", "", "", "", ""], Action.LEFT_OUT),
        (["Quarter 2 (July to September)", "", "", "", "", ""], Action.LEFT_OUT),
        (["Community services:", "", "", "", "", ""], Action.LEFT_OUT),
        (["No contracts awarded in this quarter", "", "", "", "", ""], Action.LEFT_OUT),
        (["No decisions", "2018", "", "", "", ""], Action.LEFT_OUT),
        (["Community services"] * 6, Action.LEFT_OUT),
    ):  # fmt: skip
        (found,) = plan_of(
            _read([head, cells], register=RegisterKind.PROCUREMENT).stated, (), Answers(), TODAY, AS_AT
        ).proposals
        assert found.action is action, (cells, found.reasons)
        if action is Action.NEEDS_YOU:
            assert (
                found.reasons[-1]
                == "It may be a heading or a total. Correct the row if it is a decision, or leave it out"
            )


def test_suppliers_below_one_title_belong_to_its_decision() -> None:
    head = ["Title", "Contract awarded to", "Value", "Conflicts"]
    rows = [
        head,
        ["Flu jabs", "Elm Surgery", "1000", "None"],
        ["", "Oak Surgery", "2000", ""],
        ["2019/20", "", "", ""],
        ["Total", "", "3000", ""],
    ]
    first, second, year, total = _proposed(rows)
    assert first.stated.said["other_suppliers"] == ("Oak Surgery, £2,000.00",)
    assert [each.action for each in (first, second, year, total)] == [
        Action.NEW, Action.PERSON_ONLY, Action.LEFT_OUT, Action.LEFT_OUT,
    ]  # fmt: skip
    assert second.reasons == ("It gives no title, and adds a supplier to row 2",)
    assert _stated([head, ["Flu jabs", "1. Elm Surgery\n2. Oak Surgery", "", ""]])[0].said["other_suppliers"] == (
        "Oak Surgery",
    )


def test_the_same_rows_again_change_nothing() -> None:
    known = [_known(each, number) for number, each in enumerate(_stated(ANNEX_H))]
    assert [each.action for each in _proposed(ANNEX_H, *known)] == [Action.ALREADY] * 2
    assert [each.action for each in _proposed([*ANNEX_H, SURGERY], *known)] == [Action.ALREADY] * 3
    assert [each.action for each in _proposed([*ANNEX_H, SURGERY])] == [Action.NEW, Action.NEW, Action.ALREADY]


def test_a_row_that_says_more_is_a_change_and_tells_what() -> None:
    known = [_known(each, number) for number, each in enumerate(_stated(ANNEX_H))]
    later = [*HOURS[:7], "Governing Body, 5 March 2019", *HOURS[8:]]
    _first, second = _proposed([*ANNEX_H[:3], later], *known)
    assert second.action is Action.CHANGED
    assert "Decided on: PD/2018-19/001 says “31 March 2019”, the row “5 March 2019”" in second.reasons
    blank = [*HOURS[:8], "", "", *HOURS[10:]]
    assert _proposed([*ANNEX_H[:3], blank], *known)[1].action is Action.ALREADY, "what it leaves out stays"


def test_what_was_corrected_here_is_not_undone_by_the_older_file() -> None:
    (stated, _second) = _stated(ANNEX_H)
    stands = _known(stated)
    corrected = replace(
        stands, details=replace(stands.details, title="Minor surgery, lot 1"), earlier=(stands.details,)
    )
    (first, _other) = _proposed(ANNEX_H, corrected)
    assert (first.action, first.reasons) == (Action.ALREADY, ("It is PD/2018-19/001, which was corrected since",))


def test_what_was_entered_here_is_never_changed_by_a_file() -> None:
    (stated, _second) = _stated(ANNEX_H)
    here = _known(stated, is_taken_over=False, old_reference="")
    assert _proposed(ANNEX_H, here)[0].action is Action.ALREADY
    other = replace(here, details=replace(here.details, conflicts="Dr Ash owns a tenth of the provider"))
    found = _proposed(ANNEX_H, other)[0]
    assert found.action is Action.NEEDS_YOU and "was entered here, and is not changed by a file" in found.reasons[-1]


def test_the_same_title_with_another_supplier_asks_and_takes_the_answer() -> None:
    (stated, _second) = _stated(ANNEX_H)
    other = replace(_known(stated), old_reference="")
    changed = [*SURGERY[:11], "Tarn Care Ltd", *SURGERY[12:]]
    (asked,) = _proposed([*ANNEX_H[:2], changed], other)
    assert (
        asked.action is Action.NEEDS_YOU and asked.twin is not None and "Say whether it is the same" in asked.reasons[0]
    )
    for said, action in (("id1", Action.CHANGED), (NEW_DECISION, Action.NEW)):
        (found,) = _proposed([*ANNEX_H[:2], changed], other, answers=Answers(same={"1": said}))
        assert found.action is action


def test_a_row_that_was_said_to_be_new_is_met_again_once_it_stands_on_the_register() -> None:
    """The same file again changes nothing, also where what was answered comes with it: from a file of answers, or as it was kept."""
    (stated, _second) = _stated(ANNEX_H)
    other = replace(_known(stated), old_reference="")
    changed = [*ANNEX_H[:2], [*SURGERY[:11], "Tarn Care Ltd", *SURGERY[12:]]]
    as_new = Answers(same={"1": NEW_DECISION})
    entered = _known(_stated(changed)[0], 2)
    (again,) = _proposed(changed, other, entered, answers=as_new)
    assert (again.action, again.entry) == (Action.ALREADY, entered)
    corrected = replace(
        entered, details=replace(entered.details, conflicts="None, as the minutes say"), earlier=(entered.details,)
    )
    (again,) = _proposed(changed, other, corrected, answers=as_new)
    assert again.action is Action.ALREADY and "was corrected since" in again.reasons[-1]


def test_a_decision_that_was_disposed_of_is_not_offered_as_new() -> None:
    """By what stays of it: its day, term, kind and route. Rule: REG-04."""
    (stated, _second) = _stated(ANNEX_H)
    blank = replace(_known(stated).details, title="Disposed of on 4 May 2026", supplier=None, conflicts="", process="")
    gone = replace(_known(stated), details=blank, old_reference="", disposed_on=date(2026, 5, 4))
    found, other = _proposed(ANNEX_H, gone)
    told = "a decision of this day, kind and term, which was disposed of on 4 May 2026"
    assert found.action is Action.NEEDS_YOU and f"It may be PD/2018-19/001, {told}" in found.reasons[0]
    assert other.action is Action.NEW, "an extension is no new contract"
    for said, action in (("id1", Action.ALREADY), (NEW_DECISION, Action.NEW)):
        found = _proposed(ANNEX_H, gone, answers=Answers(same={"1": said}))[0]
        assert found.action is action and "PD/2018-19/001" in found.reasons[0]


def test_a_row_that_states_no_conflicts_says_what_that_means() -> None:
    """Not recorded is not none, whether no column is read or its cell is blank. Rule: PROC-03."""
    head, row = ["Ref", "Title", "Supplier", "Date of decision"], ["1", "Flu jabs", "Elm Surgery", "1/3/2019"]
    meaning = "The register says “Not recorded” of them, which is not “None”"
    (found,) = _proposed([head, row])
    assert found.reasons == (f"No column of conflicts is read. {meaning}",)
    for told, reasons in (("", (f"The row does not state conflicts. {meaning}",)), ("None", ())):
        (found,) = _proposed([[*head, "Conflicts noted"], [*row, told]])
        assert found.reasons == reasons
    stated = _stated([head, row])[0]
    assert _proposed([head, row], _known(stated))[0].reasons == ("It is PD/2018-19/001",), "what stands there says it"


def test_two_rows_with_one_reference_say_so_and_a_person_decides() -> None:
    head = ["Ref", "Title", "Supplier", "Date of decision", "Conflicts"]
    one, other = (
        ["7", "Flu jabs", "Elm Surgery", "1/3/2019", "None"],
        ["7", "Wound care", "Tarn Care Ltd", "1/3/2019", "None"],
    )
    first, second = _proposed([head, one, other])
    assert (first.action, first.reasons) == (Action.NEW, ("Its reference, “7”, is also that of row 3",))
    assert (
        second.action is Action.NEEDS_YOU and "is also that of row 2. Say whether it is the same" in second.reasons[0]
    )
    assert second.twin is not None and words_of(second.twin) == "Row 2: Elm Surgery, 1 March 2019"
    for said, action in ((second.twin.id, Action.ALREADY), (NEW_DECISION, Action.NEW)):
        assert _proposed([head, one, other], answers=Answers(same={"2": said}))[1].action is action
    assert _proposed([head, one, other], answers=Answers(left_out=frozenset({1})))[1].reasons == ()
    later = [*other[:3], "1/3/2018", "None"]
    assert [each.action for each in _proposed([head, one, later])] == [Action.NEW] * 2, (
        "another day is another decision"
    )
    entered = [_known(each, number) for number, each in enumerate(_stated([head, one, other]), 1)]
    assert [each.action for each in _proposed([head, one, other], *entered)] == [Action.ALREADY] * 2


def test_a_yearly_renewal_is_a_decision_of_its_own() -> None:
    """One title, one supplier, another day."""
    head = ["Title", "Supplier", "Date of decision", "Conflicts"]
    rows = [head, ["Flu jabs", "Elm Surgery", "1/3/2018", "None"], ["Flu jabs", "Elm Surgery", "1/3/2019", "None"]]
    first, second = _stated(rows)
    assert [each.action for each in _proposed(rows)] == [Action.NEW, Action.NEW]
    assert [each.action for each in _proposed(rows, _known(first))] == [Action.ALREADY, Action.NEW]
    assert [each.action for each in _proposed([head, rows[2], rows[1]], _known(first))] == [Action.NEW, Action.ALREADY]
    assert [each.action for each in _proposed(rows, _known(second), _known(first, 2))] == [
        Action.ALREADY,
        Action.ALREADY,
    ]


def test_a_row_that_contradicts_itself_or_the_day_needs_a_person() -> None:
    head = ["Title", "Supplier", "Date of decision", "Total value", "Value to the CCG", "Start date", "End date"]
    rows = [
        head,
        ["Later", "Elm Surgery", "01/04/2019", "", "", "", ""],
        ["More", "Elm Surgery", "", "10", "20", "", ""],
        ["Back", "Elm Surgery", "", "", "", "2019-02-01", "2019-01-01"],
        ["Ahead", "Elm Surgery", "01/01/2030", "", "", "", ""],
        ["", "", "", "10", "", "", "2019-01-01"],
    ]  # fmt: skip
    found = _proposed(rows)
    assert {each.action for each in found} == {Action.NEEDS_YOU}
    assert [each.reasons[0].split(":")[0].split(",")[0] for each in found] == [
        "It was decided on 1 April 2019", "Value to the body", "Contract ends", "Decided on",
        "The row gives no title of a contract or service",
    ]  # fmt: skip


def test_hard_files_get_a_clear_word() -> None:
    long = [*SURGERY[:8], "x" * 100_000, *SURGERY[9:]]
    (row,) = _proposed([*ANNEX_H[:2], long])
    assert row.action is Action.NEEDS_YOU and row.reasons[0].startswith("A cell has 100,000 characters")
    assert max(map(len, row.stated.cells.values())) <= 200
    for how in (
        {"encoding": "utf-16"},
        {"encoding": "windows-1252", "delimiter": ";"},
        {"encoding": "utf-8-sig", "delimiter": "\t"},
    ):
        stated = read_source(as_csv(ANNEX_H, **how), "register.csv", today=TODAY).stated
        assert [each.title for each in stated if isinstance(each, StatedDecision)] == ["Minor surgery", "Out of hours"]
    with pytest.raises(BadInput):
        read_source(b"PK\x03\x04 no workbook", "register.xlsx", today=TODAY)
    with pytest.raises(BadInput, match="At most 20,000"):
        _read([HEAD, *([f"{n}", f"Contract {n}", *SURGERY[2:]] for n in range(20_001))])
    with pytest.raises(BadInput, match="no rows under it"):
        _read([HEAD])


def test_as_above_is_read_and_told() -> None:
    rows = [*ANNEX_H[:3], [*HOURS[:7], "As above", *HOURS[8:]]]
    second = _stated(rows)[1]
    assert second.said["process"] == "PCCC, 12 February 2019" and "is read as what stands there" in second.notes[-1]


def test_a_decision_that_one_row_says_to_the_letter_is_not_taken_by_another() -> None:
    head = ["Title", "Supplier", "Date of decision", "Conflicts"]
    undated, dated = ["Flu jabs", "Elm Surgery", "", "None"], ["Flu jabs", "Elm Surgery", "1/3/2018", "None"]
    (stated,) = _stated([head, undated])
    assert [each.action for each in _proposed([head, dated, undated], _known(stated))] == [Action.NEW, Action.ALREADY]
    assert [each.action for each in _proposed([head, dated], _known(stated))] == [Action.CHANGED], (
        "the day is known now"
    )
