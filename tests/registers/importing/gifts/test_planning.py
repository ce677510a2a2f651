"""Rules of the import of gifts and hospitality: what a sheet is, what a row says, what will happen with it. Pure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coi.guidance.vocabulary import BodyType, Rulebook
from coi.people.vocabulary import PersonDetails
from coi.registers.gifts.vocabulary import OfferKind, OfferSource, Response
from coi.registers.importing.gifts.entries import new_entry
from coi.registers.importing.gifts.planning import plan_of
from coi.registers.importing.gifts.telling import kind_in, response_in, source_in, worth_in
from coi.registers.importing.gifts.vocabulary import GiftProposal, KnownGift, StatedGift
from coi.registers.importing.sources import Source, read_source
from coi.registers.importing.vocabulary import Action, Answers, KnownPerson
from coi.registers.vocabulary import RegisterKind
from tests.registers.importing.gifts_seen import ANNEX_D, HEAD, LAYOUTS, LUNCH, SHORT, SPLIT, SWEETS, WINE, Rows
from tests.registers.importing.registers_seen import LOCAL_FORM, ONE_FORM, SYSTEM, TEMPLATE, TICKED_FORM, as_csv

RULES = Rulebook(BodyType.CCG)
TODAY, AS_AT = date(2026, 11, 10), date(2019, 3, 31)
ANN = KnownPerson("ann", PersonDetails("Ann", "Ash", "Dr"), "Dr Ann Ash", ("GP member",))
BO = KnownPerson("bo", PersonDetails("Bo", "Birch", "Mr"), "Mr Bo Birch", ("Lay member",))


def _read(rows: Rows, **how: Any) -> Source:
    return read_source(as_csv(rows), "gifts.csv", today=TODAY, **how)


def _stated(rows: Rows) -> list[StatedGift]:
    return [each for each in _read(rows).stated if isinstance(each, StatedGift)]


def _row(**changed: str) -> StatedGift:
    """The first row of the annex, with other cells, by the start of their headings."""
    cells = [
        next((text for name, text in changed.items() if head.lower().startswith(name)), cell)
        for head, cell in zip(HEAD, WINE, strict=True)
    ]
    (stated,) = _stated([HEAD, cells])
    return stated


def _proposed(
    rows: Rows, *known: KnownGift, answers: Answers | None = None, people: tuple[KnownPerson, ...] = (ANN, BO)
) -> list[GiftProposal]:
    source = _read(rows)
    as_at = source.as_at or AS_AT
    stated = [each for each in source.stated if isinstance(each, StatedGift)]
    asked = answers or Answers()
    found = plan_of(stated, people, known, asked, TODAY, as_at, rulebook=RULES, ours=("NHS Mid Marsh ICB",))
    return list(found.proposals)


def _known(stated: StatedGift, person: str = "ann", number: int = 1, **changed: Any) -> KnownGift:
    """A row as it stands on the register once it was taken over."""
    one = KnownGift(
        f"id{number}", f"G/2026/{number:04d}", new_entry(stated, AS_AT, is_for_body=not person), is_taken_over=True, changed_on=TODAY,
        person_id=person,
    )  # fmt: skip
    return replace(one, **changed)


def test_the_columns_say_that_a_sheet_is_a_register_of_gifts() -> None:
    for rows in LAYOUTS:
        source = _read(rows)
        assert source.register is RegisterKind.GIFTS and not source.missing and source.stated
    for rows in (TEMPLATE, LOCAL_FORM, TICKED_FORM, ONE_FORM, SYSTEM):
        assert _read(rows).register is RegisterKind.INTERESTS
    assert (
        "no column for the name of the recipient"
        in _read([["Item", "Worth"], ["Pen", "1"]], register=RegisterKind.GIFTS).missing
    )


def test_a_column_of_kinds_says_that_a_sheet_is_a_register_of_gifts() -> None:
    head = ["Declarant", "Type", "Details", "Provider", "Amount", "Action taken", "Date of event", "Date declared"]
    hotel = [
        "Dr Ann Ash",
        "Hospitality",
        "Overnight hotel",
        "Tarn Pharma plc",
        "125.50",
        "Accept",
        "2019-02-01",
        "2019-02-20",
    ]
    cash = ["Dr Ann Ash", "Cash", "Cash", "Patient", "20", "Returned", "05/01/2019", ""]
    nil = ["Mr Bo Birch", "Nil return", *["Nil"] * 6]
    hotel_row, cash_row, nil_row = _stated([head, hotel, cash, nil])
    assert (hotel_row.said["kind"], hotel_row.said["response"]) == (OfferKind.TRAVEL, Response.KEPT)
    assert cash_row.said["response"] is Response.DECLINED and nil_row.notes == ("It says that there was no offer",)
    others = [[each[0], kind, *each[2:]] for each, kind in ((hotel, "Financial"), (cash, "Gift"), (nil, "Financial"))]
    assert _read([head, *others]).register is RegisterKind.INTERESTS, "most rows are of another kind"


def test_what_may_be_a_register_of_gifts_is_refused_with_that_word() -> None:
    rows = [["Name", "Offered by", "Worth"], ["Dr Ann Ash", "Tarn Pharma plc", "£3"]]
    assert "It may be a register of gifts and hospitality" in _read(rows).missing
    assert "hospitality" not in _read([["Name", "Colour", "Worth"], ["Dr Ann Ash", "Red", "£3"]]).missing


TICKED = [
    ["Name", "Role", "Gift", "", "Hospitality", "", "From whom", "What", "Value", "When"],
    ["", "", "Accepted", "Declined", "Accepted", "Declined", "", "", "", ""],
]


def test_ticks_under_kinds_and_answers_are_read() -> None:
    pen = ["Dr Ann Ash", "GP", "✓", "", "", "", "Tarn Pharma plc", "Something small", "£3", "11/2018"]
    dinner = ["Mr Bo Birch", "", "", "", "", "x", "Tarn Pharma plc", "Evening", "£120", "2018-11-03"]
    both = ["Mr Bo Birch", "", "✓", "✓", "", "", "Tarn Pharma plc", "Vase", "£12", "2018-12-03"]
    source = _read([*TICKED, pen, dinner, both])
    first, second, third = (each for each in source.stated if isinstance(each, StatedGift))
    assert (first.said["kind"], first.said["response"]) == (OfferKind.GIFT, Response.KEPT)
    assert (first.line, first.said["offered_on"]) == (3, date(2018, 11, 30))
    assert (second.said["kind"], second.said["response"]) == (OfferKind.MEAL, Response.DECLINED)
    assert third.said["kind"] is OfferKind.GIFT and any("accepted or declined" in each for each in third.problems)
    unread = [each.text for each in source.headings if each.number not in source.columns.values()]
    assert not unread and not source.remarks, "every column is read, those of ticks as one"


def test_kinds_alone_may_be_ticked_and_words_under_a_heading_of_gifts_are_no_ticks() -> None:
    head = ["Name", "Gift", "Hospitality", "Description", "Offered by", "Date of offer", "Accepted or declined"]
    (ticked,) = _stated([head, ["Dr Ann Ash", "", "Y", "Evening", "Tarn Pharma plc", "03/11/2018", "Declined"]])
    assert (ticked.said["kind"], ticked.said["response"]) == (OfferKind.MEAL, Response.DECLINED)
    worded = ["Name", "Gift", "Hospitality", "Offered by", "Date of offer", "Accepted or declined"]
    (words,) = _stated([worded, ["Dr Ann Ash", "Vase", "", "Tarn Pharma plc", "03/11/2018", "Declined"]])
    assert words.said["description"] == "Vase"


def test_the_annex_is_read_with_what_was_taken_for_what() -> None:
    wine, lunch, sweets = _stated(ANNEX_D)
    assert (wine.said["response"], wine.said["value"], wine.said["is_estimate"]) == (
        Response.DECLINED,
        Decimal(30),
        True,
    )
    assert "“approx £20–30” is entered as about £30" in wine.notes and "source" not in wine.said
    assert (lunch.said["kind"], lunch.said["offered_on"], lunch.said["offered_on_or_before"]) == (
        OfferKind.MEAL,
        AS_AT,
        True,
    )
    assert (sweets.said["source"], sweets.organisation) == (OfferSource.PATIENT, "")
    assert "value" not in sweets.said, "not known is not nothing"
    assert (sweets.said["offered_on"], sweets.said["offered_on_or_before"]) == (date(2019, 1, 4), True), (
        "it was received then"
    )


def test_rows_under_a_name_are_of_that_person_and_a_column_of_yes_and_no_says_what_happened() -> None:
    dinner, voucher = _stated(SHORT)
    assert (dinner.name, voucher.name) == ("Ash, Ann (Dr)", "Ash, Ann (Dr)")
    assert (dinner.said["response"], voucher.said["response"]) == (Response.KEPT, Response.DECLINED)
    assert (dinner.said["kind"], voucher.said["kind"]) == (OfferKind.MEAL, OfferKind.CASH)
    assert dinner.said["source"] is OfferSource.SUPPLIER


def test_what_no_field_holds_stands_in_the_comments() -> None:
    travel, sponsored = _stated(SPLIT)
    assert (travel.name, travel.said["kind"], travel.said["response"]) == (
        "Ann Ash",
        OfferKind.TRAVEL,
        Response.PASSED_ON,
    )
    assert travel.said["comments"] == "Spoke there"
    assert sponsored.said["comments"] == "Value: 2 x £500" and "value" not in sponsored.said


@pytest.mark.parametrize(
    ("cell", "value", "is_estimate", "is_open"),
    [
        ("£25", "25", False, False), ("1,250.50", "1250.50", False, False), ("approx £20–30", "30", True, False),
        ("c. £20", "20", True, False),
        ("~£15", "15", True, False), ("under £25", "25", True, False), ("<£10", "10", True, False), ("£5 (approx)", "5", True, False),
        ("£25 per head", "25", False, False), ("nil", "0", False, False), ("not known", None, False, False), ("n/a", None, False, False),
        ("over £50", None, False, True), ("2 x £25", None, False, True), ("£25 each", None, False, True), ("$30", None, False, True),
        ("nominal", None, False, True),
    ],
)  # fmt: skip
def test_a_value_is_one_sum_in_pounds_or_none(cell: str, value: str | None, is_estimate: bool, is_open: bool) -> None:
    worth = worth_in(cell)
    assert (worth.value, worth.is_estimate, worth.is_open) == (Decimal(value) if value else None, is_estimate, is_open)


@pytest.mark.parametrize(
    ("cell", "heading", "said"),
    [
        ("Refused", "", Response.DECLINED), ("Not accepted", "", Response.DECLINED), ("Received", "", Response.KEPT),
        ("Accepted, donated to charity", "", Response.PASSED_ON), ("Yes", "Declined?", Response.DECLINED),
        ("No", "Declined?", Response.KEPT),
        ("Accepted/declined", "", None), ("", "", None), ("Gift returned", "", Response.DECLINED),
    ],
)  # fmt: skip
def test_what_became_of_an_offer_is_read_or_asked(cell: str, heading: str, said: Response | None) -> None:
    assert response_in(cell, heading) is said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Accepted as refusal would have caused offence", None), ("Accepted - declining would have been impolite", None),
        ("Kept, could not be refused", None), ("Accepted, thank you letter returned", None), ("Not declined", None),
        ("Could not be returned - raffled", None), ("Accepted on the basis that no refusal was possible", None),
        ("It was reluctantly accepted so as not to refuse", None), ("Refusal would have been rude", None),
        ("Couldn't be returned", None), ("It could not be turned down", None),
        ("Declined as it would not be in line with policy", Response.DECLINED), ("No, declined", Response.DECLINED),
        ("Not accepted and returned", Response.DECLINED), ("Decline", Response.DECLINED), ("Could not be accepted", Response.DECLINED),
        ("Not in line with the policy of the CCG, so it was refused", Response.DECLINED), ("Politely declined", Response.DECLINED),
        ("Return to sender", Response.DECLINED), ("Declined. Was not appropriate", Response.DECLINED),
        ("Refused as this was over the limit", Response.DECLINED),
    ],
)  # fmt: skip
def test_a_word_of_declining_beside_one_of_taking_is_asked_about(cell: str, said: Response | None) -> None:
    """Rules: GIFT-01, BRE-01. What was kept is neither published as declined nor left unjudged."""
    assert response_in(cell, "Declined/accepted?") is said


def test_a_reason_says_that_an_offer_was_declined_only_as_a_deed() -> None:
    for reason, said in (
        ("It would have been rude to refuse", None),
        ("We decline all gifts", None),
        ("Declined by email the same day", Response.DECLINED),
    ):
        row = _row(declined="", reason=reason)
        assert row.said.get("response") is said and bool(row.problems) is (said is None), reason


def test_what_was_passed_on_keeps_the_word_of_the_older_register() -> None:
    given = _row(declined="Donated to charity")
    assert given.said["response"] is Response.PASSED_ON
    assert "“Donated to charity” is entered as: accepted for the organisation. It stands in the comments" in given.notes
    assert given.said["comments"] == "Accepted or declined: Donated to charity"
    plain = _row(declined="Accepted on behalf of the organisation")
    assert plain.said["response"] is Response.PASSED_ON and "comments" not in plain.said


def test_nobody_who_may_be_a_patient_is_named() -> None:
    """Rule: GIFT-01. “Never a patient’s name” holds for old registers too."""
    assert source_in("", "Mrs Jones", "") is OfferSource.PATIENT
    for offeror in (
        "Elm Surgery patient",
        "A patient of Elm Surgery",
        "Family of a patient at Elm House Care Home",
        "Elm Trust patients",
    ):
        assert source_in("", offeror, "") is OfferSource.PATIENT
    assert source_in("", "Patients Association", "") is None
    assert source_in("", "Elm Surgery Patient Participation Group", "") is None
    assert source_in("", "Carers Trust", "") is None
    assert source_in("", "Patient Access Ltd", "") is None
    named = _row(supplier="Mrs Jones")
    assert named.said["offeror"] == "A patient or their family" and "Jones" not in str(named.said)
    assert any("named like a person" in each for each in named.notes)
    told = _row(details="Card from Mrs Jones")
    assert "may be a patient" in told.problems[0]


@pytest.mark.parametrize(
    ("said", "offeror", "business", "source", "is_asked"),
    [
        ("Supplier of patient transport", "Elm Medical Ltd", "", OfferSource.SUPPLIER, False),
        ("Contractor - family run firm", "Fenwick Builders Ltd", "", OfferSource.SUPPLIER, False),
        ("Supplier", "Carers UK", "", OfferSource.SUPPLIER, False), ("", "Patient Transport UK", "", None, False),
        ("", "Mrs Smith's Bakery Ltd", "", None, False), ("Supplier", "Mr J Smith, Tarn Pharma Ltd", "", OfferSource.SUPPLIER, False),
        ("", "Mrs Jones, Elm Trust", "", OfferSource.PATIENT, False), ("Patient", "Vera Jones", "", OfferSource.PATIENT, False),
        ("", "Patient's daughter", "", OfferSource.PATIENT, False), ("", "PATIENT FAMILY", "", OfferSource.PATIENT, False),
        ("", "Patients Know Best", "", None, True), ("", "Mr John Smith, sales", "pharmaceutical company", None, True),
        ("Supplier", "Mrs Jones", "", None, True), ("Patient or charity", "Elm Friends", "", None, True),
    ],
)  # fmt: skip
def test_a_supplier_that_speaks_of_patients_is_none(
    said: str, offeror: str, business: str, source: OfferSource | None, is_asked: bool
) -> None:
    """Rule: GIFT-01. Who may be either is asked about: the name of a patient is not kept, and that of a supplier is."""
    head = ["Name", "Details of gift", "Offered by", "Type of supplier", "Nature of business", "Accepted or declined"]
    (row,) = _stated(
        [[*head, "Date of offer"], ["Dr Ann Ash", "Vase", offeror, said, business, "Declined", "03/11/2018"]]
    )
    assert any("may be a patient or an organisation" in each for each in row.problems) is is_asked
    assert is_asked or row.said.get("source") is source


@pytest.mark.parametrize(
    "name", ["MRS JONES", "mrs jones", "Mr J Smith", "Mr. J. Smith", "MS JONES", "Ms Jones", "Miss V Jones"]
)
def test_a_name_behind_a_title_is_seen_in_whichever_letters(name: str) -> None:
    """Rule: GIFT-01."""
    assert source_in("", name, "") is OfferSource.PATIENT
    assert any("may be a patient" in each for each in _row(details=f"Card from {name}").problems)
    assert not _row(details="MR scan and MS Society dinner").problems


def test_the_name_of_a_patient_comes_in_by_no_other_cell() -> None:
    """Rule: GIFT-01. Not by the details, the reason, nor the note of what "as above" stands for."""
    for changed in ({"details": "Chocolates from Vera Jones"}, {"reason": "Thanks of JONES for the care"}):
        assert "may be a patient" in _row(supplier="Vera Jones (patient)", **changed).problems[0]
    assert not _row(supplier="Family of a patient", reason="Thanks of the family for care").problems
    assert not _row(supplier="Patient of Dr Ash", reason="Thanks to Dr Ash").problems
    rows = [HEAD, [*WINE[:7], "Vera Jones (patient)", ""], [*WINE[:5], "Vase", "£9", "as above", ""]]
    above = _stated(rows)[1]
    assert any("as above" in each and "Offered by" in each for each in above.notes) and "Jones" not in str(above.notes)


def test_a_mere_gift_is_read_more_closely_and_a_mere_name_is_a_gift() -> None:
    assert kind_in("Gift", "£20 voucher") is OfferKind.CASH and kind_in("Hospitality", "Hotel") is OfferKind.TRAVEL
    assert kind_in("", "Something nice") is None
    (found,) = _proposed([HEAD, [*WINE[:5], "Something nice", *WINE[6:]]])
    assert "entered as a gift" in found.reasons[0] and found.action is Action.NEW


def test_a_row_that_does_not_say_enough_needs_a_person() -> None:
    for row, asked in (
        (_row(declined=""), "whether it was accepted or declined"),
        (_row(details=""), "what was offered"),
        (_row(supplier=""), "who offered it"),
        (_row(name=""), "to whom it was offered"),
        (_row(date="soon"), "is not a date"),
        (_row(date="12/12/2030"), "is in the future"),
    ):
        assert any(asked in each for each in row.problems), asked


def test_headings_totals_and_nil_rows_are_no_offers() -> None:
    blank = [""] * 6
    rows = [
        HEAD,
        ["Governing Body", "", "", *blank],
        WINE,
        ["Dr Cy Crane", "GP", "", "", "", "None", "", "", ""],
        HEAD,
        ["Total", *blank, "£30", ""],
    ]
    found = _proposed(rows)
    assert [each.action for each in found] == [
        Action.LEFT_OUT,
        Action.NEW,
        Action.LEFT_OUT,
        Action.LEFT_OUT,
        Action.LEFT_OUT,
    ]
    assert found[2].reasons == ("It says that there was no offer",)


def test_the_same_rows_again_change_nothing() -> None:
    wine, lunch, sweets = _stated(ANNEX_D)
    known = (_known(wine), _known(lunch, number=2), _known(sweets, "bo", 3))
    assert [each.action for each in _proposed(ANNEX_D, *known)] == [Action.ALREADY] * 3
    exact = _known(lunch, number=2)
    exact = replace(exact, details={**exact.details, "offered_on": date(2019, 3, 14), "offered_on_or_before": False})
    (found,) = _proposed([HEAD, LUNCH], exact)
    assert found.action is Action.ALREADY, "the register knows the day, and the file no more than its month"


def test_a_row_that_says_more_is_a_change_and_what_was_entered_here_is_none() -> None:
    (wine,) = _stated([HEAD, WINE])
    later = [HEAD, [*WINE[:6], "£28", *WINE[7:]]]
    (found,) = _proposed(later, _known(wine))
    assert (
        found.action is Action.CHANGED and "Value: G/2026/0001 says “about £30”, the row “about £28”" in found.reasons
    )
    (found,) = _proposed(later, _known(wine, is_taken_over=False))
    assert found.action is Action.NEEDS_YOU and "was entered here" in found.reasons[-1]
    was = _known(wine)
    corrected = replace(was, details={**was.details, "value": Decimal(26)}, earlier=(was.details,))
    (found,) = _proposed([HEAD, WINE], corrected)
    assert found.action is Action.ALREADY and "corrected since" in found.reasons[0]


def test_what_looks_like_an_entry_is_asked_about_and_nothing_is_put_there_twice() -> None:
    (wine,) = _stated([HEAD, WINE])
    reworded = [HEAD, [*WINE[:5], "Twelve bottles of wine", *WINE[6:]]]
    (found,) = _proposed(reworded, _known(wine))
    assert found.action is Action.NEEDS_YOU and "It looks like G/2026/0001: Case of wine" in found.reasons[0]
    (found,) = _proposed(reworded, _known(wine), answers=Answers(same={"1": "id1"}))
    assert found.action is Action.CHANGED
    (found,) = _proposed(reworded, _known(wine), answers=Answers(same={"1": "new"}))
    assert found.action is Action.NEW
    assert [each.action for each in _proposed([HEAD, WINE, WINE])] == [Action.NEW, Action.ALREADY]


def test_an_offer_that_was_disposed_of_is_not_offered_as_new() -> None:
    """By what stays of it: to whom, on which day, of which kind, and what became of it. Rule: REG-04."""
    (wine,) = _stated([HEAD, WINE])
    details = {**_known(wine).details, "description": "Disposed of on 4 May 2026", "offeror": "Disposed of", "value": 0}
    gone = _known(wine, details=details, disposed_on=date(2026, 5, 4))
    (found,) = _proposed([HEAD, WINE], gone)
    told = "an offer to the same recipient, of this kind and on this day, which was disposed of on 4 May 2026"
    assert found.action is Action.NEEDS_YOU and f"It may be G/2026/0001, {told}. Leave the row out" in found.reasons[0]
    for said, action in (("id1", Action.ALREADY), ("new", Action.NEW)):
        (found,) = _proposed([HEAD, WINE], gone, answers=Answers(same={"1": said}))
        assert found.action is action and "G/2026/0001" in found.reasons[0]
    others = ([*WINE[:2], "13/12/2018", *WINE[3:]], [*WINE[:3], "Accepted", *WINE[4:]], ["Mr Bo Birch", *WINE[1:]])
    assert [each.action for row in others for each in _proposed([HEAD, row], gone)] == [Action.NEW] * 3
    standing = _known(wine, number=2, id="id2")
    assert _proposed([HEAD, WINE], gone, standing)[0].entry == standing, "what stands comes first"


def test_people_are_known_new_or_asked_about_and_the_body_is_nobody() -> None:
    known, new = _proposed([HEAD, WINE, ["Ms Di Dale", *SWEETS[1:]]])
    assert (known.holder and known.holder.person_id, new.holder and new.holder.is_new) == ("ann", True)
    (asked,) = _proposed([HEAD, ["A Ash", "", *WINE[2:]]])
    assert asked.action is Action.NEEDS_YOU and "may be somebody who is known" in asked.reasons[0]
    (ours,) = _proposed([HEAD, ["NHS Mid Marsh ICB", "", *WINE[2:]]])
    assert (ours.action, ours.holder) == (Action.NEW, None)
    (team,) = _proposed([HEAD, ["Medicines management team", *WINE[1:]]])
    assert team.action is Action.NEEDS_YOU and "nobody’s name" in team.reasons[0]


def test_sponsorship_goes_to_the_organisation_alone() -> None:
    """Rule: HOSP-02."""
    (found,) = _proposed([HEAD, [*WINE[:5], "Sponsored a training day", *WINE[6:]]])
    assert found.action is Action.NEEDS_YOU and "goes to the organisation" in found.reasons[0]
    _travel, sponsored = _proposed(SPLIT)
    assert (
        sponsored.action is Action.NEW
        and new_entry(sponsored.stated, AS_AT, is_for_body=True)["response"] is Response.PASSED_ON
    )


def test_a_form_that_does_not_consent_asks_the_guardian_once() -> None:
    """Rule: REG-06."""
    rows = [[*HEAD, "Consent to publish"], [*WINE, "No, I was threatened"]]
    (found,) = _proposed(rows)
    assert found.asks and found.action is Action.NEW and "The Guardian is asked" in found.reasons[-1]
    (wine,) = _stated(rows)
    (found,) = _proposed(rows, _known(wine))
    assert found.action is Action.ASKED
    (found,) = _proposed(rows, _known(wine, is_asked_about=True))
    assert found.action is Action.ALREADY


def test_whoever_imports_reads_what_goes_against_the_rules_of_its_day() -> None:
    """Rules: GIFT-01, HOSP-02, BRE-01."""
    kept = [*WINE[:3], "Accepted", "12/12/2018", *WINE[5:7], "Tarn Pharma plc, a supplier", ""]
    (found,) = _proposed([HEAD, kept])
    told = "It was accepted, and the rules say that it must be declined. A suspected breach is opened"
    assert found.action is Action.NEW and found.reasons[-1] == told
    (found,) = _proposed([HEAD, [*kept[:5], "Dinner", *kept[6:]]])
    assert found.reasons[-1] == "It was accepted, and no approval of a senior manager is recorded yet"
    (found,) = _proposed([HEAD, [*kept[:3], "Declined", *kept[4:]]])
    assert not any("rules" in each for each in found.reasons)


def test_a_gift_that_begins_like_a_total_is_no_total() -> None:
    cells = dict(zip(HEAD, WINE, strict=True))
    column = next(head for head in HEAD if head.lower().startswith("detail"))
    for told, is_heading in (
        ("Total body massage voucher", False),
        ("Total", True),
        ("Total value of gifts: £250", True),
    ):
        (stated,) = _stated([HEAD, list({**cells, column: told}.values())])
        assert stated.is_heading is is_heading, told


def test_a_value_that_says_total_is_no_total_of_the_table() -> None:
    row = _row(estimated="Total £320")
    assert not row.is_heading and row.said["description"] == "Case of wine"


def test_a_month_counts_by_the_day_of_the_register_and_not_by_that_of_the_import() -> None:
    """The same file says the same day whenever it comes."""
    rows = [[f"Register of gifts as at {AS_AT:%d %B %Y}".replace("31", "20")], HEAD, LUNCH]
    (found,) = _proposed(rows)
    assert found.stated.said["offered_on"] == date(2019, 3, 20)
    known = KnownGift(
        "id1", "G/2026/0001", new_entry(found.stated, date(2019, 3, 20)), is_taken_over=True, person_id="ann"
    )
    assert [each.action for each in _proposed(rows, known)] == [Action.ALREADY]
    assert [each.action for each in _proposed([HEAD, LUNCH], known)] == [Action.ALREADY], "a later file says no more"
    later = [rows[0], HEAD, [*LUNCH[:2], "April 2019", *LUNCH[3:]]]
    (found,) = _proposed(later)
    assert found.action is Action.NEEDS_YOU and "It was offered in April 2019, after 20 March 2019" in found.reasons[0]
