"""Working days, the regime of a day, the checklist, what a row lacks, and the notices. Pure."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.guidance.rulesets import in_force
from coi.registers.procurement import cpv, rules
from coi.registers.procurement.checklist import questions_for
from coi.registers.procurement.columns import SHAPE, public_row
from coi.registers.procurement.gaps import gaps
from coi.registers.procurement.notices import money, notices_of
from coi.registers.procurement.suppliers import supplier_of, value_in
from coi.registers.procurement.vocabulary import Outcome, Route, ServiceKind
from coi.registers.procurement.working_days import after_working_days, bank_holidays, is_working_day
from tests.factories.procurement import details, facts

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2021, ["2021-01-01", "2021-04-02", "2021-04-05", "2021-05-03", "2021-05-31", "2021-08-30", "2021-12-27", "2021-12-28"]),
        (2022, ["2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03", "2022-08-29", "2022-09-19",
                "2022-12-26", "2022-12-27"]),
        (2023, ["2023-01-02", "2023-04-07", "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29", "2023-08-28", "2023-12-25",
                "2023-12-26"]),
        (2026, ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28"]),
    ],
)  # fmt: skip
def test_the_bank_holidays_of_england(year: int, days: list[str]) -> None:
    assert sorted(bank_holidays(year)) == [date.fromisoformat(day) for day in days]


@given(st.dates(date(2013, 4, 1), date(2060, 12, 31)), st.integers(1, 40))
def test_so_many_working_days_lie_after_a_day_up_to_the_last(start: date, days: int) -> None:
    end = after_working_days(start, days)
    counted = sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
    assert counted == days
    assert is_working_day(end)


def test_a_standstill_ends_eight_working_days_after_the_day_on_which_it_begins() -> None:
    assert rules.standstill_ends(facts(intended_on=date(2026, 5, 21))) == date(2026, 6, 4)
    assert rules.standstill_ends(facts(intended_on=date(2026, 7, 1))) == date(2026, 7, 14)
    for without in (facts(route=Route.DIRECT_A), facts(intended_on=None), facts(regime="procurement_act_2023")):
        assert rules.standstill_ends(without) is None


@pytest.mark.parametrize(
    ("body", "on", "kind", "regime"),
    [
        ("ccg", date(2015, 1, 1), ServiceKind.HEALTH_CARE, "ppccr_2013"),
        ("icb", date(2023, 12, 31), ServiceKind.HEALTH_CARE, "ppccr_2013"),
        ("icb", date(2024, 1, 1), ServiceKind.HEALTH_CARE, "psr_2023"),
        ("icb", date(2025, 2, 23), ServiceKind.OTHER, "pcr_2015"),
        ("icb", date(2025, 2, 24), ServiceKind.OTHER, "procurement_act_2023"),
    ],
)
def test_the_rules_that_apply_are_those_of_the_day_and_of_what_is_bought(body, on, kind, regime) -> None:
    assert rules.regime_of(in_force(body, on), kind) == regime


def codes(on, route, gp):
    return {each.code for each in questions_for(on, route, is_gp_provider=gp)}


def test_the_checklist_asks_more_of_direct_awards_to_practices_and_of_lists() -> None:
    """Rule: PROC-02."""
    now = date(2026, 5, 1)
    assert "managed" not in codes(date(2015, 1, 1), None, False)
    assert "managed" in codes(date(2016, 6, 28), None, False)
    assert {"only", "beyond", "assured", "price"} <= codes(now, Route.SINGLE_TENDER, True)
    assert not {"only", "beyond", "assured"} & codes(now, Route.SINGLE_TENDER, False)
    assert {"choice", "price"} <= codes(now, Route.ANY_QUALIFIED, True)
    assert "choice" not in codes(now, Route.ANY_QUALIFIED, False)
    assert codes(now, Route.COMPETITIVE, True) == codes(now, None, False)


def test_a_complete_row_lacks_nothing() -> None:
    assert gaps(facts()) == ()


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"involved": ""}, "who was involved"),
        ({"conflicts": ""}, "a summary of conflicts"),
        ({"mitigations": ""}, "how the conflicts were managed"),
        ({"mitigations": "", "conflicts": "Norwood Surgery is a bidder’s"}, "how the conflicts were managed"),
        ({"mitigations": "", "conflicts": "None, except that Dr Ash is a partner"}, "how the conflicts were managed"),
        ({"value_total": None, "value_body": None}, "the value of the contract"),
        ({"route": None}, "which process of the Provider Selection Regime"),
        ({"route_reasons": ""}, "the reasons for the choice"),
        ({"intended_on": None, "award_noticed_on": None}, "when the notice of the intention"),
        ({"starts_on": date(2026, 6, 4)}, "a start after the standstill, which lasts to 4 June 2026"),
        ({"award_noticed_on": None}, "when the notice of the award was published, which is due by 4 July 2026"),
        ({"award_noticed_on": date(2026, 7, 5)}, "why the notice of the award was published later than 4 July 2026"),
        ({"outcome": None}, "what was decided"),
        ({"cpv": ""}, "the CPV code of the service"),
        ({"is_gp_provider": True}, "12 answers of the procurement checklist"),
    ],
)
def test_what_a_row_lacks_is_said_in_words(changes, gap) -> None:
    (found,) = gaps(facts(**changes))
    assert found.startswith(gap)


def test_until_2023_an_award_with_a_conflict_says_why_its_integrity_is_not_affected() -> None:
    """Rule: PROC-01."""
    (found,) = gaps(facts(regime="ppccr_2013", justification=""))
    assert found.startswith("why no conflict affects the integrity of the award, or appears to")
    for stated in ({"conflicts": "None declared"}, {"outcome": Outcome.INTENDED}, {"justification": "He left"}):
        assert gaps(facts(regime="ppccr_2013", **{"justification": "", **stated})) == ()
    assert gaps(facts(justification="")) == ()


def test_nothing_has_to_be_managed_where_there_was_no_conflict() -> None:
    assert gaps(facts(conflicts="None declared", mitigations="")) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decided_on": date(2026, 6, 2)}, "decided_on"),
        ({"ends_on": date(2026, 6, 30)}, "ends_on"),
        ({"supplier": None}, "supplier"),
        ({"cpv": "85121100-5"}, "cpv"),
        ({"cpv": "health"}, "cpv"),
        ({"value_body": Decimal(200000)}, "value_body"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused_beside_its_field(changes, field) -> None:
    with pytest.raises(RuleBroken) as broken:
        rules.check_details(details(**changes), "psr_2023", today=TODAY)
    assert broken.value.field == field


def test_a_process_of_the_regime_is_refused_where_the_regime_does_not_apply() -> None:
    with pytest.raises(RuleBroken, match="does not apply"):
        rules.check_details(details(route=Route.DIRECT_A), "procurement_act_2023", today=TODAY)
    rules.check_details(details(route=Route.COMPETITIVE), "procurement_act_2023", today=TODAY)


def test_each_notice_says_who_decided_which_conflicts_there_were_and_how_they_were_managed() -> None:
    """Rule: PROC-04."""
    notices = notices_of(facts(), "NHS Mid Marsh ICB")
    assert [each.title for each in notices] == [
        "Notice of the intention to award a contract", "Notice of the award of a contract", "Record of the decision",
    ]  # fmt: skip
    for notice in notices:
        for part in (
            "NHS Mid Marsh ICB",
            "The lay members",
            "A GP is a partner of a bidder",
            "The GP left",
            "£125,000",
        ):
            assert part in notice.text
    assert "Until midnight at the end of 4 June 2026" in notices[0].text


@pytest.mark.parametrize(
    ("conflicts", "said"),
    [
        ("A GP is a partner of a bidder", "Not recorded yet"),
        ("None declared", "Nothing had to be managed."),
        ("", "Not recorded yet"),
    ],
)
def test_a_notice_never_says_that_nothing_had_to_be_managed_of_a_conflict(conflicts: str, said: str) -> None:
    """Rule: PROC-04."""
    for each in notices_of(facts(conflicts=conflicts, mitigations=""), "NHS Mid Marsh ICB"):
        assert dict(each.lines)["How they were managed"] == said


def test_a_notice_names_the_service_by_its_title_where_nothing_else_describes_it_and_its_code() -> None:
    for each in notices_of(facts(description=""), "NHS Mid Marsh ICB"):
        assert dict(each.lines)["Service"] == "Minor surgery in the valley"
        assert dict(each.lines)["CPV code"] == "85121100-4"
    (earlier,) = notices_of(facts(regime="ppccr_2013", cpv=""), "NHS Mid Marsh ICB")
    assert "CPV code" not in dict(earlier.lines)


@given(st.lists(st.integers(0, 99_999_999), max_size=4))
def test_codes_of_services_are_kept_whole_and_once_and_any_digit_that_is_mistyped_is_seen(numbers) -> None:
    digits = list(dict.fromkeys(f"{each:08d}" for each in numbers))
    kept = cpv.written("; ".join([*digits, *digits]))
    assert cpv.fault(kept) == "" and cpv.written(kept) == kept and list(cpv.eight_digits(kept)) == digits
    for code in kept.split(", ") if kept else ():
        other = (code[:3] + str((int(code[3]) + 1) % 10)) + code[4:]
        assert cpv.fault(other)


def test_other_rules_make_a_record_of_their_own_and_no_notices_of_the_regime() -> None:
    """Rule: PROC-01."""
    (earlier,) = notices_of(facts(regime="ppccr_2013"), "NHS Mid Marsh ICB")
    assert earlier.title == "Record of the contract awarded"
    assert "A GP is a partner of a bidder" in earlier.text and "The GP left" in earlier.text
    assert notices_of(facts(outcome=None), "NHS Mid Marsh ICB") == ()
    titles = [each.title for each in notices_of(facts(outcome=Outcome.VARIED), "NHS Mid Marsh ICB")]
    assert titles == ["Notice of a contract modification", "Record of the decision"]
    assert notices_of(facts(outcome=Outcome.ABANDONED), "B")[0].title == "Notice that the process is abandoned"


def test_the_public_row_has_a_value_for_each_column() -> None:
    row = public_row(facts())
    assert set(row.values) == set(SHAPE.names)
    assert row.values["suppliers"] == ("Larkfield Federation, 1 High Street, Marshton",)
    earlier = public_row(facts(decided_on=date(2020, 1, 1)))
    assert row.sort_key < earlier.sort_key


@pytest.mark.parametrize(
    ("value", "words"), [(Decimal("125000.00"), "£125,000"), (Decimal("99.5"), "£99.50"), (None, "")]
)
def test_money_reads_as_people_write_it(value, words) -> None:
    assert money(value) == words


@pytest.mark.parametrize(
    ("route", "outcome", "titles", "when"),
    [
        (Route.DIRECT_A, Outcome.AWARDED, ["Notice of the award of a contract"], "Within 30 days: by 19 June 2026"),
        (Route.DIRECT_B, Outcome.AWARDED, ["Notice of the award of a contract"], "Within 30 days: by 19 June 2026"),
        (Route.DIRECT_C, Outcome.INTENDED, ["Notice of the intention to award a contract"], "Before the contract"),
        (Route.DIRECT_C, Outcome.AWARDED, ["Notice of the intention to award a contract", "Notice of the award of a contract"],
         "which can be made after 4 June 2026: by 4 July 2026"),
        (Route.MOST_SUITABLE, Outcome.GO_TO_PROCUREMENT, ["Notice of the intended approach"], "At least 14 days before"),
        (Route.COMPETITIVE, Outcome.GO_TO_PROCUREMENT, ["Notice of the competition, inviting offers"], "Before offers"),
        (Route.URGENT, Outcome.AWARDED, ["Notice of an urgent award"], "Within 30 days: by 19 June 2026"),
        (Route.URGENT, Outcome.VARIED, ["Notice of an urgent modification"], "Within 30 days: by 19 June 2026"),
        (Route.DIRECT_C, Outcome.EXTENDED, ["Notice of a contract modification"], "Within 30 days: by 19 June 2026"),
        (Route.COMPETITIVE, Outcome.ABANDONED, ["Notice that the process is abandoned"], "Within 30 days: by 19 June 2026"),
    ],
)  # fmt: skip
def test_each_process_asks_for_its_own_notices_by_its_own_day(route, outcome, titles, when) -> None:
    *notices, record = notices_of(facts(route=route, outcome=outcome), "NHS Mid Marsh ICB")
    assert [each.title for each in notices] == titles
    assert when in notices[-1].when
    assert record.title == "Record of the decision"


def test_a_notice_does_not_say_what_is_withheld_from_publication_and_the_record_that_is_kept_does() -> None:
    *published, record = notices_of(facts(), "NHS Mid Marsh ICB", withheld={"conflicts", "involved", "justification"})
    for notice in published:
        assert "A GP is a partner" not in notice.text and "The lay members" not in notice.text
        assert "Withheld from publication" in notice.text
    assert "A GP is a partner of a bidder" in record.text


@pytest.mark.parametrize(
    ("line", "name", "code", "address", "value"),
    [
        ("Elm Surgery", "Elm Surgery", "", "", None),
        ("Elm Surgery (F81022), 1 High Street, Marsh, £12,000.50", "Elm Surgery", "F81022", "1 High Street, Marsh", Decimal("12000.50")),
        (",", ",", "", "", None),
        ("College Care (Elm HC, Oak HC), 2 Low Road", "College Care (Elm HC, Oak HC)", "", "2 Low Road", None),
        ("Elm Surgery (formerly Oak): £5", "Elm Surgery (formerly Oak)", "", "", Decimal(5)),
    ],
)  # fmt: skip
def test_a_supplier_is_read_from_a_line_as_people_write_it(line, name, code, address, value) -> None:
    supplier, found = supplier_of(line)
    assert (supplier.name, supplier.code, supplier.address, found) == (name, code, address, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The award of £125,000 was approved", Decimal(125000)),
        ("£1.2 million over three years, that is £1.2m", Decimal(1200000)),
        ("£40,000 a year", None),
        ("£40,000 per annum", None),
        ("Either £10 or £20", None),
        ("No sum", None),
    ],
)
def test_a_value_is_taken_from_words_only_where_they_name_one_whole_sum(text, value) -> None:
    assert value_in(text) == value
