"""coi registers import of gifts and hospitality, as somebody types it: all or nothing, and the same again changes nothing."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from coi import clock
from coi.database import db
from coi.jobs.models import Job
from coi.organisations.models import Body
from coi.people.models import Person
from coi.registers.gifts import commands
from coi.registers.gifts.breach_queries import accepted_gift
from coi.registers.gifts.models import Gift
from coi.registers.gifts.presenting import shown_gift
from coi.registers.gifts.public_queries import public_rows
from coi.registers.gifts.vocabulary import GiftStatus, OfferSource, Response
from coi.registers.importing.models import RegisterImport
from coi.registers.interests.vocabulary import RedactionState
from tests.factories.gifts import SYSTEM, gift_details
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.registers.importing.by_command import entries, imported
from tests.registers.importing.gifts_seen import ANNEX_D, HEAD, LUNCH, SHORT, SWEETS, WINE

NOW = datetime(2019, 4, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def body(app: Flask) -> Body:
    body = a_body()
    an_organisation("Quillbrook Surgery", code="Z99001")
    an_appointment(a_person("Dr Ann Ash"), body, "GP member")
    db.session.commit()
    return body


def _gifts() -> list[Gift]:
    return list(db.session.query(Gift).order_by(Gift.reference))


def test_a_register_of_gifts_comes_in_as_one_entry_of_the_ledger(body: Body, tmp_path: Path) -> None:
    before = entries()
    result = imported(tmp_path, ANNEX_D)
    assert result.exit_code == 0, result.output
    assert (
        "Register of gifts and hospitality, as at 2019-03-31. Undated offers and declarations count as made"
        in result.output
    )
    assert "3 rows: 3 new offer. New people: 1." in result.output
    assert entries() == before + 1
    wine, lunch, sweets = _gifts()
    assert [each.reference for each in (wine, lunch, sweets)] == ["G/2019/0001", "G/2019/0002", "G/2019/0003"]
    assert {each.is_taken_over for each in (wine, lunch, sweets)} == {True}
    one, two, three = (each.versions[-1] for each in (wine, lunch, sweets))
    assert (one.response, one.pence, one.is_estimate, one.source) == (Response.DECLINED, 3000, True, None)
    assert (one.declared_on, one.declared_on_or_before, one.status) == (date(2019, 3, 31), True, GiftStatus.RECORDED)
    assert two.organisation is not None and two.organisation.code == "Z99001"
    assert (three.pence, three.source, three.offeror) == (
        None,
        OfferSource.PATIENT,
        "A patient or their family, G/2019/0003",
    )
    assert sweets.person is not None and sweets.person.name == "Mr Bo Birch"
    assert "Taken over from register.csv, row 3" in one.change_note
    (done,) = db.session.query(RegisterImport)
    assert (done.register, done.counts["new"]) == ("gifts", 3)
    assert db.session.query(Person).count() == 2


def test_the_same_rows_again_change_nothing_in_whichever_file(body: Body, tmp_path: Path) -> None:
    imported(tmp_path, ANNEX_D)
    before = entries()
    for rows, name in ((ANNEX_D, "register.csv"), ([*ANNEX_D[:2], SWEETS, LUNCH, WINE], "again.csv")):
        result = imported(tmp_path, rows, name=name)
        assert result.exit_code == 0 and "Nothing changed" in result.output, result.output
    assert (entries(), len(_gifts())) == (before, 3)


def test_a_row_that_says_more_is_a_new_version_and_the_match_stays(body: Body, tmp_path: Path) -> None:
    imported(tmp_path, ANNEX_D)
    result = imported(tmp_path, [*ANNEX_D[:2], [*LUNCH[:6], "£28", *LUNCH[7:]]], name="later.csv")
    assert "1 changed offer" in result.output
    old, new = _gifts()[1].versions
    assert (old.pence, new.pence, new.offeror_id) == (2500, 2800, old.offeror_id)
    assert new.offered_on_or_before and new.offeror_id is not None


def test_nothing_comes_in_while_a_row_needs_a_person(body: Body, tmp_path: Path) -> None:
    before, wrong = entries(), [*WINE[:3], "", *WINE[4:]]
    result = imported(tmp_path, [*ANNEX_D[:2], wrong, LUNCH])
    assert result.exit_code == 1 and "whether it was accepted or declined" in result.output
    assert "--new-offers ROWS" in result.output and (entries(), _gifts()) == (before, [])
    assert imported(tmp_path, [*ANNEX_D[:2], wrong, LUNCH], "--leave-out", "1").exit_code == 0
    assert len(_gifts()) == 1


def test_a_name_that_is_not_certain_can_be_said_to_be_the_known_one(body: Body, tmp_path: Path) -> None:
    assert "--known-people ROWS" in imported(tmp_path, [ANNEX_D[0], HEAD, ["Ash", "", *WINE[2:]]]).output
    assert imported(tmp_path, [ANNEX_D[0], HEAD, ["Ash", "", *WINE[2:]]], "--known-people", "1").exit_code == 0
    (gift,) = _gifts()
    assert gift.person is not None and gift.person.given_names == "Ann" and db.session.query(Person).count() == 1
    an_appointment(a_person("Dr Amy Ash"), body, "Lay member")
    db.session.commit()
    result = imported(tmp_path, [*ANNEX_D[:2], ["Dr A Ash", "", *LUNCH[2:]]], "--known-people", "1")
    assert result.exit_code == 2 and "Amy" in result.output and len(_gifts()) == 1


def test_a_dry_run_says_everything_as_data_and_keeps_nothing(body: Body, tmp_path: Path) -> None:
    told = json.loads(imported(tmp_path, ANNEX_D, "--dry-run", "--json").output)
    assert (told["register"], told["imported"], _gifts()) == ("gifts", False, [])
    wine, lunch, sweets = told["rows"]
    assert (wine["recipient"], wine["is_new_person"], sweets["is_new_person"]) == ("Dr Ann Ash", False, True)
    assert lunch["matched"][0]["name"] == "Quillbrook Surgery" and wine["says"]["Value"] == "about £30"
    assert imported(tmp_path, SHORT).exit_code == 2, "it gives no day"
    bare = [["Name", "Present", "Giver", "Kept?"], ["Dr Ann Ash", "Pen", "Tarn Care Ltd", "yes"]]
    assert imported(tmp_path, bare, "--as-at", "2019-03-31", "--register", "gifts", "--dry-run").exit_code == 2, (
        "no column is known to hold it"
    )


def test_the_public_reads_nothing_that_the_old_register_leaves_open(body: Body, tmp_path: Path) -> None:
    """Rules: GIFT-01, REG-02. Who may be a patient is not named until somebody says that they are none."""
    imported(tmp_path, ANNEX_D)
    rows = {row.key: row.values for row in public_rows(body.id, on=NOW.date(), at=NOW)}
    wine, lunch, sweets = (rows[f"G/2019/000{number}"] for number in (1, 2, 3))
    assert (wine["offeror"], wine["offered_on"], wine["declared_on"]) == (
        ("Not confirmed yet",),
        date(2018, 12, 12),
        None,
    )
    assert wine["dates"] == "Declared on or before 31 March 2019"
    assert (lunch["offeror"], lunch["offeror_identifier"], lunch["offered_on"]) == (
        ("Quillbrook Surgery",),
        ("Z99001",),
        None,
    )
    assert (sweets["offeror"], sweets["value"]) == (("A patient, or a patient’s family",), None)
    gift = _gifts()[0]
    details = gift_details(
        source=OfferSource.SUPPLIER, offeror="Wexmoor Supplies Ltd", description="Case of wine", value=None, is_estimate=False,
        offered_on=date(2018, 12, 12), received_on=None, response=Response.DECLINED, reason="",
    )  # fmt: skip
    commands.correct_gift(gift, details, version=1, note="A firm", actor=SYSTEM, at=NOW)
    db.session.commit()
    (row,) = [row for row in public_rows(body.id, on=NOW.date(), at=NOW) if row.key == gift.reference]
    assert row.values["offeror"] == ("Wexmoor Supplies Ltd",)


def test_what_an_old_register_leaves_open_goes_against_no_rule(body: Body, tmp_path: Path) -> None:
    """Rules: GIFT-01, BRE-01. Nobody is blamed for a row that does not say who offered it, what it was worth, or when."""
    undated = [*LUNCH[:5], "Hamper", "£60", "Tarn Pharma plc, a supplier", ""]
    imported(tmp_path, [*ANNEX_D, undated])
    assert _gifts()[3].versions[-1].source is OfferSource.SUPPLIER
    for gift in _gifts():
        shown = shown_gift(gift, NOW)
        assert shown.verdict is None and not shown.row.against and not shown.row.late
    assert [each.kind for each in db.session.query(Job) if each.kind == "breaches.open"] == []
    assert shown_gift(_gifts()[2], NOW).row.value == "Not recorded"
    assert shown_gift(_gifts()[1], NOW).lines["Date received"] == "Not recorded"


def test_what_was_kept_against_the_rules_of_its_day_opens_a_suspected_breach(body: Body, tmp_path: Path) -> None:
    """Rules: GIFT-01, BRE-01. As when it is declared."""
    kept = [
        "Dr Ann Ash",
        "GP member",
        "12/12/2018",
        "Accepted",
        "12/12/2018",
        "Case of wine",
        "£30",
        "Tarn Pharma plc, a supplier",
        "",
    ]
    imported(tmp_path, [*ANNEX_D[:2], kept])
    (gift,) = _gifts()
    assert shown_gift(gift, NOW).row.against.is_possible_breach
    (job,) = [each for each in db.session.query(Job) if each.kind == "breaches.open"]
    assert str(gift.id) in str(job.payload)
    assert "suspected" not in gift.versions[-1].change_note, "the recipient reads it"
    told = accepted_gift(gift.id, [])
    assert told is not None and told[0].what.endswith("Reason given: none")


def test_an_offer_that_was_withdrawn_does_not_come_back_with_its_file(body: Body, tmp_path: Path) -> None:
    rows = [ANNEX_D[0], [*HEAD, "Consent to publish"], [*WINE, "No, I was threatened"]]
    imported(tmp_path, [*rows[:2], [*WINE, "Yes"]])
    commands.withdraw_gift(_gifts()[0], "Entered by mistake", version=1, actor=SYSTEM, at=NOW)
    db.session.commit()
    again = imported(tmp_path, rows)
    assert again.exit_code == 0 and "Nothing changed" in again.output, again.output
    reworded = [*rows[:2], [*WINE[:6], "£28", *WINE[7:], "Yes"]]
    assert "Nothing changed" in imported(tmp_path, reworded, name="later.csv").output
    (gift,) = _gifts()
    assert gift.versions[-1].status is GiftStatus.WITHDRAWN


def test_two_patients_without_a_name_are_not_added_up(body: Body, tmp_path: Path) -> None:
    """Rules: GIFT-02, BRE-01. Whichever lines of their files they stand in."""
    for number, on in enumerate(("12/01/2019", "12/03/2019")):
        row = ["Dr Ann Ash", "GP member", on, "Accepted", on, "Chocolates", "£30", "Patient", "Thanks"]
        assert imported(tmp_path, [ANNEX_D[0], HEAD, row], name=f"quarter{number}.csv").exit_code == 0
    first, second = (each.versions[-1] for each in _gifts())
    assert first.source is second.source is OfferSource.PATIENT and first.offeror_key != second.offeror_key
    assert [each.kind for each in db.session.query(Job) if each.kind == "breaches.open"] == []


def test_an_approval_that_a_row_states_stands_as_the_older_register_says_it(body: Body, tmp_path: Path) -> None:
    """Rules: HOSP-01, HOSP-02, REG-02. It is not asked for again, and nobody here is said to have given it."""
    dinner = [*WINE[:3], "Accepted", "12/12/2018", "Dinner", "£30", "Tarn Pharma plc, a supplier", ""]
    head = [*HEAD, "Approved by line manager (Y/N)"]
    rows = [ANNEX_D[0], head, [*dinner, "Yes, B Birch"], [*dinner[:2], "11/12/2018", *dinner[3:], "N"]]
    assert imported(tmp_path, rows).exit_code == 0
    approved, refused = (shown_gift(each, NOW) for each in _gifts())
    assert approved.decision == "Approved. As the older register says: “Yes, B Birch”"
    assert approved.row.status is GiftStatus.APPROVED and not approved.row.against
    assert approved.verdict is not None
    assert approved.verdict.reason.startswith("It was approved, as the older register says.")
    assert (
        refused.decision == "Not approved. As the older register says: “N”" and refused.row.against.is_possible_breach
    )
    (job,) = [each for each in db.session.query(Job) if each.kind == "breaches.open"]
    assert str(_gifts()[1].id) in str(job.payload)
    public = {row.key: row.values["approval"] for row in public_rows(body.id, on=NOW.date(), at=NOW)}
    assert public == {
        approved.row.reference: "Approved, as the older register says", refused.row.reference: "Not approved, as the older register says"
    }  # fmt: skip
    assert "Nothing changed" in imported(tmp_path, rows, name="again.csv").output
    said = [*head[:-1], "Approved by"]
    imported(tmp_path, [ANNEX_D[0], said, [*dinner, "B Birch, 11/12/2018"]], name="later.csv")
    later = shown_gift(_gifts()[0], NOW)
    assert later.decision == "Approved on 11 December 2018. As the older register says: “B Birch, 11/12/2018”"
    assert later.history[0].what == "Corrected"


def test_whoever_does_not_consent_waits_for_the_guardian(body: Body, tmp_path: Path) -> None:
    """Rule: REG-06."""
    rows = [ANNEX_D[0], [*HEAD, "Consent to publish"], [*WINE, "No, I was threatened"]]
    assert imported(tmp_path, rows).exit_code == 0
    (gift,) = _gifts()
    assert [(each.state, each.reason) for each in gift.redactions] == [(RedactionState.REQUESTED, "I was threatened")]
    assert list(public_rows(body.id, on=NOW.date(), at=NOW)) == []
    assert "Nothing changed" in imported(tmp_path, rows, name="again.csv").output


def test_a_correction_need_not_know_more_than_the_old_register(body: Body, tmp_path: Path) -> None:
    imported(tmp_path, ANNEX_D)
    gift = _gifts()[1]
    version = gift.versions[-1]
    details = gift_details(
        kind=version.kind, source=None, offeror="Quillbrook Surgery", offeror_id=version.offeror_id, description="Lunch",
        value=None, is_estimate=False, offered_on=version.offered_on, received_on=None, response=Response.KEPT, reason="",
    )  # fmt: skip
    new = commands.correct_gift(gift, details, version=1, note="As the minutes say", actor=SYSTEM, at=NOW)
    assert (new.offered_on_or_before, new.declared_on_or_before) == (True, True), (
        "the day is still the latest that it can be"
    )
    moved = replace(details, offered_on=date(2019, 3, 14))
    later = commands.correct_gift(gift, moved, version=2, note="The day is known", actor=SYSTEM, at=NOW)
    assert not later.offered_on_or_before
    db.session.commit()
