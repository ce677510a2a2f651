"""Decision-makers who did not declare, on the public site: as a person confirmed it, as published, and no longer than it is true."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from coi import clock
from coi.committees.models import Committee
from coi.database import db
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers import absence_commands, non_declarers_publicity
from coi.registers.interests.commands import make_nil_return
from coi.registers.interests.vocabulary import NilDetails
from coi.registers.non_declarers_commands import confirm_list
from tests.factories.committees import a_committee, a_member
from tests.factories.interests import a_nil_return
from tests.factories.people import a_person
from tests.factories.publication import an_edition
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
LATER = AT + timedelta(days=2)
PLACE = "/mid-marsh/public/not-declared"
REGISTER = "/mid-marsh/public/interests"


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def committee(body: Body) -> Committee:
    return a_committee(body, "Primary Care Committee")


def somebody(committee: Committee, name: str) -> Person:
    person = a_person(name)
    a_member(committee, person)
    return person


def confirm(body: Body, *people: Person, at: datetime = AT) -> None:
    actor = Actor("Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))
    confirm_list(body, [each.id for each in people], "A note for us alone", actor=actor, at=at)


def everywhere(client: StrictClient) -> str:
    """All that anybody may read of it: page, register, its past editions, files, comparison, feed, the front page."""
    paths = [PLACE, REGISTER, f"{REGISTER}/editions/1", f"{REGISTER}/changes?from=0&to=1", f"{REGISTER}?find=gwyther"]
    paths += [f"{REGISTER}/register.csv", f"{REGISTER}/register.json", f"{REGISTER}/register.csv?edition=1"]
    return "\n".join(
        client.get(path).data.decode() for path in [*paths, "/mid-marsh/public/changes.atom", "/mid-marsh/public/"]
    )


def test_whoever_did_not_declare_is_named_on_the_page_the_register_and_its_files(
    client: StrictClient, body: Body, committee: Committee
) -> None:
    person = somebody(committee, "Dr Missing Gwyther")
    confirm(body, person)
    an_edition(body, at=AT + timedelta(hours=1))
    db.session.commit()
    page = client.get(PLACE)
    assert "As at 10 November 2026, published with edition 1" in page.text
    assert [cell.get_text(strip=True) for cell in page.soup.select("tbody td")][:1] == ["Dr Missing Gwyther"]
    assert "A declaration was due by" in page.text
    assert "A note for us" not in everywhere(client)
    row = next(csv.DictReader(io.StringIO(client.get(f"{REGISTER}/register.csv").data.decode(), newline="")))
    assert (row["name"], row["organisation"], row["status"]) == (
        "Dr Missing Gwyther",
        "Has not declared",
        "not declared",
    )
    assert (row["committees"], row["null_entry"], row["date_recorded"]) == (
        "Primary Care Committee",
        "false",
        "2026-11-10",
    )
    assert "Dr Missing Gwyther" in client.get(f"{REGISTER}?status=not+declared").text
    assert "1 named, as at 10 November 2026" in client.get("/mid-marsh/public/").text


def test_whoever_declares_is_named_nowhere_from_that_day_on(
    client: StrictClient, body: Body, committee: Committee
) -> None:
    person, other = somebody(committee, "Dr Missing Gwyther"), somebody(committee, "Dr Missing Oakes")
    confirm(body, person, other)
    an_edition(body, at=AT + timedelta(hours=1))
    db.session.commit()
    assert everywhere(client).count("Gwyther") >= 9
    key = rows_of(client)[0]["interest_id"]
    a_nil_return(person, at=LATER)
    db.session.commit()
    seen = everywhere(client)
    assert "Gwyther" not in seen
    assert key not in seen
    assert "Oakes" in seen
    an_edition(body, at=LATER)
    assert "Has not declared" not in [row["organisation"] for row in rows_of(client) if "Gwyther" in row["name"]]
    assert key not in everywhere(client)


def rows_of(client: StrictClient) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"{REGISTER}/register.csv").data.decode(), newline="")))


def test_whoever_goes_away_for_long_or_is_on_no_newer_list_is_not_named_any_more(
    client: StrictClient, body: Body, committee: Committee
) -> None:
    away, dropped, kept = (somebody(committee, f"Dr {name}") for name in ("Away Gwyther", "Dropped Oakes", "Kept Penn"))
    confirm(body, away, dropped, kept)
    an_edition(body, at=AT + timedelta(hours=1))
    before = rows_of(client)
    lead = Actor("Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))
    absence_commands.enter_absence([away], body.id, date(2026, 11, 11), None, actor=lead, at=LATER)
    confirm(body, kept, at=LATER)
    db.session.commit()
    after = rows_of(client)
    assert [row["name"] for row in after] == ["Dr Kept Penn"]
    assert after == [row for row in before if "Penn" in row["name"]]  # the same row under the same reference


def test_a_list_is_published_with_the_next_edition_and_one_that_names_nobody_says_so(
    client: StrictClient, body: Body, committee: Committee
) -> None:
    assert "Nothing of this register has been published yet" in client.get(PLACE).text
    an_edition(body, at=AT)
    db.session.commit()
    assert "without a list of those who did not declare" in client.get(PLACE).text
    confirm(body, at=AT + timedelta(hours=1))
    db.session.commit()
    assert "without a list of those who did not declare" in client.get(PLACE).text
    an_edition(body, at=AT + timedelta(hours=2), again=True)
    db.session.commit()
    page = client.get(PLACE)
    assert "Nobody is named" in page.text
    assert "Nobody is named, as at 10 November 2026" in client.get("/mid-marsh/public/").text


def test_whoever_is_named_again_after_declaring_has_another_reference(body: Body, committee: Committee) -> None:
    person = somebody(committee, "Dr Missing Gwyther")
    confirm(body, person)
    first = [row.key for row in non_declarers_publicity.public_rows(body.id, on=AT.date(), at=AT)]
    said, actor = NilDetails("I have nothing to declare"), Actor("Sec", grants=(Grant(Role.SECRETARY, body.id),))
    make_nil_return(
        person, said, actor=actor, at=AT + timedelta(hours=1), declared_on=date(2024, 1, 1), body_id=body.id
    )
    confirm(body, person, at=LATER)
    rows = list(non_declarers_publicity.public_rows(body.id, on=LATER.date(), at=LATER))
    named = [row.key for row in rows if row.key.startswith("ND/")]
    assert len(named) == len(first) == 1
    assert named != first
    assert list(non_declarers_publicity.withheld_fields(body.id, at=LATER)) == first
