"""What the public may see of the register of interests on a day: rows by shape, redactions applied, the public months counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coi.database import db
from coi.people import commands as people
from coi.people import queries as known
from coi.permissions.vocabulary import Actor
from coi.registers.interests import commands, queries, review_commands
from coi.registers.interests.agreer_queries import group_of
from coi.registers.interests.columns import (
    SHAPE,
    WITHHOLDABLE,
    PublicFacts,
    PublicOrganisation,
    hidden_with,
    public_row,
)
from coi.registers.interests.people_queries import people_of_body
from coi.registers.interests.public_queries import public_rows
from coi.registers.interests.vocabulary import DeclaredOn, Declaring, InterestRole, InterestType, Making, Via
from coi.registers.interests.withheld_queries import withheld_fields
from tests.factories.committees import a_committee, a_member
from tests.factories.interests import AT, SYSTEM, a_nil_return, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment

TODAY = date(2026, 11, 10)
FACTS = PublicFacts(
    "I/2026/0001", "Dr Ama Boateng", "boateng ama", DeclaredOn(date(2026, 6, 1)), person_id="p1", positions=("GP partner member",),
    organisations=(PublicOrganisation("Larkfield Surgery", "GP practice", "Y00001"),), type=InterestType.FINANCIAL,
    via=Via.SPOUSE, role=InterestRole.PARTNER, nature="Partner in the practice", arose_on=date(2026, 5, 20),
)  # fmt: skip


def rows_on(body, on=TODAY, at=None):
    return list(public_rows(body.id, on=on, at=at or AT + timedelta(days=160)))


def somebody(body, name="Dr Ama Boateng", **post):
    person = a_person(name)
    an_appointment(person, body, **post)
    return person


def test_a_row_has_a_value_for_each_column_and_no_other():
    assert tuple(public_row(FACTS).values) == SHAPE.names
    assert len(set(SHAPE.names)) == len(SHAPE.names)


def test_an_indirect_interest_says_the_relation_and_ticks_its_columns():
    """Rule: DECL-05."""
    values = public_row(FACTS).values
    assert values["directness"] == "Indirect: husband, wife or partner"
    assert (values["financial"], values["indirect"], values["non_financial_personal"]) == (True, True, False)
    assert values["organisation"] == ("Larkfield Surgery (GP practice)",)
    assert (values["organisation_identifier"], values["identifier_scheme"]) == (("Y00001",), "GB-NHS")


@pytest.mark.parametrize("field", WITHHOLDABLE)
def test_a_withheld_field_is_empty_with_what_gives_it_away_and_nothing_else_is(field):
    whole, cut = public_row(FACTS).values, public_row(FACTS, frozenset({field})).values
    hidden = hidden_with(frozenset({field}))
    assert all(cut[name] is None for name in hidden)
    assert {name: cut[name] for name in cut if name not in hidden and name != "withheld"} == {
        name: whole[name] for name in whole if name not in hidden and name != "withheld"
    }
    assert cut["withheld"] == tuple(name for name in WITHHOLDABLE if name in hidden)


def test_a_withheld_organisation_takes_its_description_along_which_names_it():
    values = public_row(replace(FACTS, nature="Partner, Larkfield Surgery"), frozenset({"organisation"})).values
    assert "Larkfield" not in str(values)
    assert values["withheld"] == ("organisation", "nature")


def test_a_row_without_its_name_is_ordered_last_and_has_no_person():
    row = public_row(FACTS, frozenset({"name"}))
    assert row.sort_key > "zz" and row.values["person_id"] is None
    assert "Boateng" not in str(row)


def test_the_register_is_public_by_name_with_positions_committees_and_nil_returns(app):
    body = a_body()
    surgery = an_organisation("Larkfield Surgery")
    zoe, ama = somebody(body, "Dr Zoe Abbot"), somebody(body)
    a_member(a_committee(body, "Quality Committee", "QUAL"), ama)
    an_interest(ama, details_of(surgery))
    a_nil_return(zoe)
    nil, interest = rows_on(body)
    assert (nil.values["name"], nil.values["organisation"], nil.values["null_entry"]) == (
        "Dr Zoe Abbot",
        ("No interests declared",),
        True,
    )
    assert nil.values["nature"] == "Confirmed on 1 June 2026"
    assert (interest.values["positions"], interest.values["committees"]) == (
        ("GP partner member",),
        ("Quality Committee",),
    )
    assert interest.values["organisation"] == ("Larkfield Surgery (GP practice)",)


def test_an_interest_of_today_is_not_on_yesterdays_register_as_known_then(app):
    body = a_body()
    an_interest(somebody(body))
    assert rows_on(body, at=AT - timedelta(days=1)) == []


def test_an_ended_interest_leaves_the_public_register_after_six_months_to_the_day(app):
    body = a_body()
    interest = an_interest(somebody(body))
    commands.end_interest(interest, date(2026, 5, 31), version=1, actor=SYSTEM, at=AT + timedelta(days=1))
    (row,) = rows_on(body, on=date(2026, 11, 30))
    assert row.public_until == date(2026, 11, 30)
    assert row.values["status"] == "ended"
    assert rows_on(body, on=date(2026, 12, 1)) == []


def test_whoever_leaves_stays_for_the_public_months_and_whoever_has_not_started_is_not_there(app):
    body = a_body()
    person = a_person()
    post = an_appointment(person, body)
    an_interest(person)
    people.end_appointment(post, date(2026, 6, 30), actor=SYSTEM, at=AT + timedelta(days=40))
    assert [row.public_until for row in rows_on(body, on=date(2026, 12, 30))] == [date(2026, 12, 30)]
    assert rows_on(body, on=date(2026, 12, 31)) == []
    an_interest(somebody(body, "Dr Next Year", valid_from=date(2027, 4, 1)))
    assert [row.values["name"] for row in rows_on(body)] == ["Dr Ama Boateng"]


def test_of_whoever_left_nothing_is_published_that_they_declared_elsewhere_since(app):
    """Rules: REG-01, REG-02."""
    body, elsewhere = a_body(), a_body("NHS High Fen ICB", "high-fen")
    ama, nell = somebody(body, valid_to=date(2026, 6, 30)), somebody(body, "Ms Nell Nilly", valid_to=date(2026, 6, 30))
    for each in (ama, nell):
        an_appointment(each, elsewhere)
    kept, nil = an_interest(ama), a_nil_return(nell)
    changed = details_of(nature="Adviser to a bidder at High Fen")
    commands.change_interest(kept, changed, version=1, actor=SYSTEM, at=AT + timedelta(days=60))
    an_interest(ama, details_of(nature="Sold to High Fen"), at=AT + timedelta(days=61))
    an_interest(nell, details_of(nature="Since July"), at=AT + timedelta(days=62))
    assert [(row.key, row.values["nature"]) for row in rows_on(body)] == [
        (kept.reference, "Partner in the practice"), (nil.reference, "Confirmed on 1 June 2026")
    ]  # fmt: skip
    there = [row.values["nature"] for row in rows_on(elsewhere)]
    assert there == ["Partner. Adviser to a bidder at High Fen", "Partner. Sold to High Fen", "Partner. Since July"]


def test_what_whoever_left_declared_on_leaving_is_published(app):
    body = a_body()
    person = somebody(body, valid_to=date(2026, 5, 31))
    commands.declare_interests(person, [details_of()], actor=SYSTEM, at=AT, making=Making(is_leaving=True))
    assert [row.values["nature"] for row in rows_on(body)] == ["Partner in the practice"]


def test_a_request_not_to_publish_holds_back_until_the_guardian_refuses(app):
    body = a_body()
    interest = an_interest(somebody(body), details_of(keep_private_because="I was threatened"))
    assert rows_on(body) == []
    assert withheld_fields(body.id, at=AT) == {interest.reference: frozenset(SHAPE.names)}
    request = queries.redactions_of([interest.id])[interest.id]
    guardian = Actor("Guardian", person_id=a_person("Ms Gaia Guardian").id)
    review_commands.decide_redaction(request, granted=False, reason="No real risk of harm", actor=guardian, at=AT)
    assert [row.key for row in rows_on(body)] == [interest.reference]
    assert withheld_fields(body.id, at=AT) == {}


def test_whoever_sits_on_a_joint_committee_is_on_the_register_of_each_body_that_it_serves(app):
    """Rule: REG-07; declared once."""
    first, second = a_body(), a_body("NHS Far Fell ICB", "far-fell")
    member = somebody(first)
    interest = an_interest(member)
    assert (len(rows_on(first)), len(rows_on(second))) == (1, 0)
    a_member(a_committee(first, "Joint Committee", "JC", joint_with=(second,)), member)
    for body in (first, second):
        assert [(row.key, row.values["committees"]) for row in rows_on(body)] == [
            (interest.reference, ("Joint Committee",))
        ]
        assert list(db.session.scalars(people_of_body(body.id, TODAY))) == [member.id]
        assert known.people(body.id) == [member] and known.person(member.id, body.id) is member
        assert group_of(member.id, body.id, TODAY) is Declaring.MEMBERS


def test_another_bodys_people_are_not_on_the_register(app):
    an_interest(somebody(a_body("NHS Far Fell ICB", "far-fell")))
    assert rows_on(a_body()) == []


@pytest.mark.parametrize(
    ("role", "nature", "said"),
    [
        (InterestRole.SHAREHOLDER, "shareholder, Beech Ltd. Holding: 2%", "shareholder, Beech Ltd. Holding: 2%"),
        (InterestRole.TRUSTEE, "Trustee", "Trustee"),
        (InterestRole.PARTNER, "GP partner. 20% share.", "GP partner. 20% share."),
        (InterestRole.DIRECTOR, "Director’s fees", "Director. Director’s fees"),
        (InterestRole.OWNER, "Lets a room to the owner", "Owner. Lets a room to the owner"),
    ],
)
def test_a_nature_that_begins_with_the_role_has_no_role_before_it(role: InterestRole, nature: str, said: str) -> None:
    assert public_row(replace(FACTS, role=role, nature=nature)).values["nature"] == said


def test_a_nature_that_is_the_role_is_said_once() -> None:
    assert public_row(replace(FACTS, nature="Partner")).values["nature"] == "Partner"
