"""The ledger as people read it: entries in plain words, who may see which, what is never shown."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.accounts.models import Account
from coi.assurance import ledger_queries
from coi.assurance.events import Kind
from coi.assurance.record_words import row_story
from coi.audit import queries as audit
from coi.audit.queries import SectionView
from coi.audit.vocabulary import Event
from coi.database import Base, db
from coi.meetings.conflicts import flag_commands
from coi.meetings.conflicts.vocabulary import RaisedDetails
from coi.meetings.vocabulary import Part
from coi.organisations.commands import enter_relation
from coi.organisations.vocabulary import RelationDetails, RelationKind
from coi.people.commands import enter_person
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Actor, Grant, Role, system_actor
from tests.factories import accounts
from tests.factories.assurance import EMAILS, a_decided_item, a_flagged_item
from tests.factories.committees import a_committee
from tests.factories.meetings import PLANNED, a_declared_interest, a_meeting, a_scene, an_item, minutes, opened, ruled
from tests.factories.organisations import a_body, a_relation, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.support.client import PASSWORD, StrictClient

LEDGER = "/mid-marsh/ledger/"
LINES = "Ledger entries, the newest first"


def number_of(event: Event) -> int:
    """The number of the newest entry of an event."""
    return next(each.seq for each in audit.entries(500) if each.event == event)


def numbers(page: ledger_queries.LedgerPage) -> list[int]:
    return [line.entry.seq for line in page.lines]


def test_the_newest_entries_come_first_in_plain_words_with_who_and_when(app: Flask, client: StrictClient) -> None:
    a_decided_item()
    rows = client.as_(EMAILS["lay"]).get(LEDGER).table(LINES)
    assert rows[0]["What happened"].startswith("Minutes were composed as a draft: ")
    confirmed = next(row for row in rows if row["What happened"].startswith("A ruling that was dictated was confirmed"))
    assert confirmed["What happened"].endswith("Dr Fay Fenn, Variation of Larkfield’s contract")
    assert confirmed["When"] == "10 November 2026, 10:12am"


def test_a_relation_between_organisations_is_told_with_both_names(app: Flask, client: StrictClient) -> None:
    history = a_flagged_item()
    owner = an_organisation("Kestrow Trust")
    details = RelationDetails(RelationKind.OWNED_BY, None)
    chair = db.session.scalars(sa.select(Account.id).where(Account.email == EMAILS["chair"])).one()
    enter_relation(
        history.practice, owner, details, actor=replace(history.scene.secretary, account_id=chair), at=PLANNED
    )
    db.session.commit()
    (row, *_) = client.as_(EMAILS["lay"]).get(LEDGER).table(LINES)
    assert row["What happened"] == "A relation between organisations was entered: Larkfield Surgery, Kestrow Trust"


def test_a_relation_entered_on_the_command_line_is_told_with_names_where_there_is_no_other_body(
    app: Flask, client: StrictClient
) -> None:
    history = a_flagged_item()
    a_relation(history.practice, RelationKind.OWNED_BY, an_organisation("Kestrow Trust"))
    db.session.commit()
    (row, *_) = client.as_(EMAILS["lay"]).get(LEDGER).table(LINES)
    assert row["What happened"] == "A relation between organisations was entered: Larkfield Surgery, Kestrow Trust"
    a_body(name="NHS Far Fen ICB", slug="far-fen")
    db.session.commit()
    told = [row["What happened"] for row in client.get(LEDGER).table(LINES)]
    assert "A relation between organisations was entered" in told


def test_older_entries_follow_on_the_next_page_without_a_gap(
    app: Flask, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_queries, "PAGE", 10)
    history = a_decided_item()
    actor = history.scene.actor("lay", Role.LAY_MEMBER)
    first = ledger_queries.page_of(history.scene.body.id, actor=actor)
    second = ledger_queries.page_of(history.scene.body.id, actor=actor, before=first.older)
    seen = [*numbers(first), *numbers(second)]
    assert len(seen) == 20
    assert seen == sorted(seen, reverse=True)
    assert seen == list(range(seen[0], seen[0] - len(seen), -1))
    client.as_(EMAILS["lay"]).get(LEDGER)
    older = client.click("Older entries")
    assert older.links["Newest entries"] == LEDGER


def test_whoever_sees_few_entries_is_not_made_to_wait_for_all_of_them_to_be_looked_at(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = a_scene()
    for name, value in (("PAGE", 4), ("LARGEST", 6), ("LOOKED_AT", 11)):
        monkeypatch.setattr(ledger_queries, name, value)
    other = a_committee(scene.body, "Finance Committee", "FIN")
    reader = Actor("Somebody", None, None, (Grant(Role.LAY_MEMBER, scene.body.id, other.id),))
    seen, pages, before = [], 0, None
    while pages == 0 or before is not None:
        page = ledger_queries.page_of(scene.body.id, actor=reader, before=before)
        seen, pages, before = [*seen, *numbers(page)], pages + 1, page.older
    monkeypatch.undo()
    assert pages > 2
    assert seen == numbers(ledger_queries.page_of(scene.body.id, actor=reader))
    assert len(seen) == len(set(seen)) >= 2


def test_the_ledger_is_filtered_by_day_and_kind_in_the_address(app: Flask, client: StrictClient) -> None:
    a_decided_item()
    page = client.as_(EMAILS["lay"]).get(f"{LEDGER}?on-day=10&on-month=11&on-year=2026&kind=conflicts")
    said = [row["What happened"].split(":")[0] for row in page.table(LINES)]
    assert said == [
        "A ruling that was dictated was confirmed",
        "A ruling on a conflict was written down as dictated",
        "Somebody declared at a meeting",
    ]
    assert page.value_of("About") == "Conflicts and rulings"
    assert client.get(f"{LEDGER}?on-day=1&on-month=1&on-year=2001").text.endswith("No entries of this kind or day.")


def test_a_day_that_cannot_be_is_said_beside_the_field(app: Flask, client: StrictClient) -> None:
    a_decided_item()
    page = client.as_(EMAILS["lay"]).get(f"{LEDGER}?on-day=31&on-month=2&on-year=2026")
    assert page.status_code == 422
    assert page.error_for("Day") == "The day must be a real date"
    assert client.get(f"{LEDGER}?kind=nonsense").error_for("About") == "Select what the entries are about"


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_shows_its_own_events_alone(app: Flask, kind: Kind) -> None:
    history = a_decided_item()
    actor = history.scene.actor("lay", Role.LAY_MEMBER)
    lines = ledger_queries.page_of(history.scene.body.id, actor=actor, kind=kind).lines
    assert {line.entry.event for line in lines} <= set(ledger_queries.events_of(kind))


def test_an_entry_says_what_changed_from_what_to_what(app: Flask, client: StrictClient) -> None:
    a_decided_item()
    page = client.as_(EMAILS["lay"]).get(f"{LEDGER}{number_of(Event.DECISION_TAKEN)}")
    assert page.heading.endswith(": A decision was taken")
    assert page.summary()["Presiding"] == "Mrs Ann Ashby"
    assert page.summary()["State"] == "before: Open → after: Decided"
    assert page.summary()["Closed at"].startswith("before: Not recorded →")
    assert "Decision (new)" in page.text
    assert "Rule" in page.summary()


def test_an_entry_links_to_everything_about_the_same_thing(app: Flask, client: StrictClient) -> None:
    a_decided_item()
    client.as_(EMAILS["lay"]).get(f"{LEDGER}{number_of(Event.RULING_CONFIRMED)}")
    page = client.click("Every entry about this Ruling 1")
    said = [row["What happened"].split(":")[0] for row in page.table("Ledger entries about this, the oldest first")]
    assert said == ["A ruling on a conflict was written down as dictated", "A ruling that was dictated was confirmed"]


def test_passwords_and_addresses_are_never_shown(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    client.as_(EMAILS["lay"])
    for event in (Event.ACCOUNT_CREATED, Event.PERSON_ENTERED):
        page = client.get(f"{LEDGER}{number_of(event)}")
        assert page.status_code == 200
        assert "argon2" not in page.html
        assert "@" not in page.text
        assert PASSWORD not in page.html


def test_entries_of_another_body_are_not_shown(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    other = a_body("NHS Far Fen ICB", "far-fen")
    stranger = a_person("Ms Zoe Zane")
    an_appointment(stranger, other)
    committee = a_committee(other, prefix="FF")
    hidden = number_of(Event.TERMS_ADOPTED)
    a_declared_interest(stranger, "Zane Ltd")
    declared = number_of(Event.DECLARATION_SUBMITTED)
    accounts.account_with(stranger.id, "zoe@example.nhs.uk", [Role.LAY_MEMBER], other.id)
    enter_person(PersonDetails("Una", "Placed"), body_id=other.id, actor=system_actor("cli"), at=PLANNED)
    entered = number_of(Event.PERSON_ENTERED)
    db.session.commit()
    client.as_(EMAILS["lay"])
    assert client.get(f"{LEDGER}{entered}").status_code == 404
    assert client.get(f"{LEDGER}{hidden}").status_code == 404
    assert client.get(f"{LEDGER}{declared}").status_code == 404
    assert client.get(f"{LEDGER}about/committee/{committee.id}").status_code == 404
    assert "Zane" not in client.get(LEDGER).text
    client.as_("zoe@example.nhs.uk")
    assert client.get(f"/far-fen/ledger/{hidden}").status_code == 200
    assert client.get(f"/far-fen/ledger/{declared}").status_code == 200
    assert client.get(f"/far-fen/ledger/{entered}").status_code == 200


def test_a_declaration_is_shown_at_every_body_of_the_person(app: Flask) -> None:
    history = a_decided_item()
    other = a_body("NHS Far Fen ICB", "far-fen")
    an_appointment(history.scene.gp, other)
    scrutineer = Actor("Ms Zoe Zane", None, None, (Grant(Role.LAY_MEMBER, other.id),))
    lines = ledger_queries.page_of(other.id, actor=scrutineer, kind=Kind.DECLARATIONS).lines
    assert {line.about for line in lines} == {
        f"D/2026/000{number}, Dr Fay Fenn" for number in (6, 8)
    }  # the nil return, and the interest


def test_a_chair_of_one_committee_does_not_see_the_meetings_of_another(app: Flask) -> None:
    scene = a_scene()
    other = a_committee(scene.body, "Finance Committee", "FIN")
    meeting = a_meeting(other)
    an_item(meeting, "Budget")
    chair = Actor("Mrs Ann Ashby", None, scene.chair.id, (Grant(Role.CHAIR, scene.body.id, scene.committee.id),))
    lines = ledger_queries.page_of(scene.body.id, actor=chair).lines
    said = " ".join(line.about for line in lines)
    assert "Budget" not in said
    assert "Finance Committee" not in said
    assert scene.meeting is not None
    assert scene.meeting.reference in said


def test_entries_about_a_private_item_are_kept_from_whoever_its_papers_are_kept_from(app: Flask) -> None:
    history = a_flagged_item(part=Part.PRIVATE)
    opened(history.scene)
    ruled(history.scene, history.item, "gp", "A3", "A4", at=minutes(5))
    scene = history.scene
    reader = scene.actor("gp", Role.LAY_MEMBER)
    said = " ".join(line.about for line in ledger_queries.page_of(scene.body.id, actor=reader).lines)
    assert "Larkfield’s" not in said
    other = scene.actor("lay", Role.LAY_MEMBER)
    said = " ".join(line.about for line in ledger_queries.page_of(scene.body.id, actor=other).lines)
    assert "Larkfield’s" in said


@pytest.mark.parametrize(("reader", "named"), [("chair", True), ("lay", False)])
def test_who_told_the_chair_is_named_to_the_chair_alone(
    app: Flask, client: StrictClient, reader: str, named: bool
) -> None:
    history = a_flagged_item()
    teller = a_person("Mr Tom Teller")
    account = accounts.account_with(teller.id, "tom@example.nhs.uk", [Role.MEMBER], history.scene.body.id)
    told = Actor("Mr Tom Teller", account.id, teller.id, (Grant(Role.MEMBER, history.scene.body.id),))
    flag_commands.raise_flag(
        history.item, RaisedDetails(history.scene.gp.id, "Her brother bids"), actor=told, at=PLANNED
    )
    page = client.as_(EMAILS[reader]).get(f"{LEDGER}{number_of(Event.FLAG_RAISED)}")
    assert ("Mr Tom Teller" in page.text) is named
    assert str(account.id) not in page.html
    assert "Her brother bids" in page.text


def test_members_and_strangers_have_no_ledger(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    db.session.commit()
    assert client.signed_out().get(LEDGER).path.startswith("/sign-in")
    client.as_(EMAILS["gp"])
    assert client.get(LEDGER).status_code == 404
    assert client.get(f"{LEDGER}0").status_code == 404
    assert client.get(f"{LEDGER}check").status_code == 404


def test_an_entry_that_is_not_there_is_not_found(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    assert client.as_(EMAILS["lay"]).get(f"{LEDGER}999999").status_code == 404


def test_a_day_is_a_day_in_london(app: Flask) -> None:
    history = a_decided_item()
    actor = history.scene.actor("lay", Role.LAY_MEMBER)
    found = ledger_queries.page_of(history.scene.body.id, actor=actor, on=date(2026, 11, 10))
    assert {line.entry.at.date() for line in found.lines} == {date(2026, 11, 10)}


def test_no_stored_word_is_shown_as_it_is_stored() -> None:
    """Whatever the values of a field are, people read words: neither underscores nor codes nor the machine's notation."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            values = column.type.enums if isinstance(column.type, sa.Enum) else ()
            for value in values:
                row = {"id": "1", column.name: value}
                section = SectionView(1, table.name, "1", 1, row)
                for change in row_story(section, None, {}, guardian=True).changes:
                    assert "_" not in change.after, (table.name, column.name)
                    assert change.after[0].isupper() or change.after[0].isdigit(), (
                        table.name,
                        column.name,
                        change.after,
                    )


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("conflict_flag", {"relation": "direct_financial"}, "Direct financial interest"),
        ("conflict_flag", {"level": "F1"}, "Own contract"),
        ("conflict_flag", {"suggested": ["A4"]}, "Leaves for the discussion and the decision"),
        ("interest_version", {"role": "salaried_gp"}, "Salaried GP"),
        ("reference_release", {"counts": {"rows_added": 2}}, "Rows added: 2"),
        ("terms_of_reference", {"composition": [{"class": "nhs_england", "seats": 2, "voting": True}]},
         "Class: NHS England; Seats: 2; Voting: Yes"),
    ],
)  # fmt: skip
def test_a_value_is_said_in_the_words_of_the_field(table: str, row: dict[str, object], said: str) -> None:
    story = row_story(SectionView(1, table, "1", 1, row), None, {}, guardian=False)
    assert [change.after for change in story.changes] == [said]


def test_rule_codes_stay_out_of_an_entry(app: Flask) -> None:
    story = row_story(SectionView(1, "conflict_flag", "1", 1, {"rule_ids": ["MTG-06"]}), None, {}, guardian=False)
    assert story.changes == ()
