"""Reading the register: as known at any instant, whose, by whom, a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest

from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.errors import NotFound
from coi.organisations.policy_commands import set_policy
from coi.organisations.vocabulary import PolicyDetails
from coi.permissions.vocabulary import Actor, Grant, Permission, Role
from coi.registers.interests import commands, queries, redaction_queries, review_commands
from coi.registers.interests.leaver_queries import versions_here
from coi.registers.interests.register_queries import Asked, late_by, register_page
from coi.registers.interests.register_vocabulary import Showing
from coi.registers.interests.vocabulary import DeclaredOn, Making
from tests.factories.committees import a_committee, a_member
from tests.factories.interests import AT, SYSTEM, a_nil_return, an_interest, details_of
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment
from tests.support.counted import counted

READ = Permission.REGISTERS_INTEREST_READ
NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def somebody(body, name: str = "Dr Ama Boateng", **post):
    person = a_person(name)
    an_appointment(person, body, **post)
    return person


def a_reader(body, role: Role = Role.SECRETARY, committee_id=None) -> Actor:
    return Actor("Sam Scribe", grants=(Grant(role, body.id, committee_id),))


def rows(body, **asked):
    defaults = {"actor": a_reader(body), "instant": NOW}
    return register_page(Asked(body.id, **{**defaults, **asked})).rows


def test_the_register_shows_each_interest_as_it_was_known_at_any_instant(body):
    person = somebody(body)
    interest = an_interest(person)
    commands.change_interest(
        interest, details_of(nature="Salaried GP"), version=1, actor=SYSTEM, at=AT + timedelta(days=10)
    )
    commands.end_interest(interest, date(2026, 6, 20), version=2, actor=SYSTEM, at=AT + timedelta(days=20))

    def known(days: float) -> list[tuple[str, object]]:
        return [(row.nature, row.ended_on) for row in rows(body, instant=AT + timedelta(days=days))]

    assert known(-1) == [("", None)]  # no declaration on file yet
    assert known(0) == known(9.9) == [("Partner in the practice", None)]
    assert known(10) == known(19) == [("Salaried GP", None)]
    assert known(20) == known(100) == [("Salaried GP", date(2026, 6, 20))]


def test_interests_known_at_an_instant_and_the_register_agree(body):
    person = somebody(body)
    for days in range(3):
        an_interest(person, details_of(nature=f"Interest {days}"), at=AT + timedelta(days=days))
    for days in range(-1, 4):
        instant = AT + timedelta(days=days)
        known = [each.nature for each in queries.interests_known_at([person.id], instant)]
        assert known == [row.nature for row in rows(body, instant=instant) if row.interest_id]


def test_the_register_is_by_surname_with_positions_and_nil_returns_as_rows(body):
    zoe, ann, bob = (somebody(body, name) for name in ("Dr Zoë Ábel", "Ann Young", "Bob Cole"))
    an_interest(zoe)
    a_nil_return(ann)
    assert [(row.name, row.positions, row.nil_on, bool(row.interest_id)) for row in rows(body)] == [
        ("Dr Zoë Ábel", "GP partner member", None, True),
        ("Bob Cole", "GP partner member", None, False),
        ("Ann Young", "GP partner member", DeclaredOn(date(2026, 6, 1)), False),
    ]
    assert bob.id in {row.person_id for row in rows(body, showing=Showing.NOTHING_ON_FILE)}
    assert len(rows(body, showing=Showing.NOTHING_ON_FILE)) == 1


def test_a_later_declaration_takes_the_nil_return_off_the_register(body):
    person = somebody(body)
    a_nil_return(person, at=AT)
    assert rows(body, instant=AT)[0].nil_on == DeclaredOn(date(2026, 6, 1))
    an_interest(person, at=AT + timedelta(days=1))
    assert [row.nil_on for row in rows(body)] == [None]


def test_nil_after_all_interests_ended_shows_both(body):
    person = somebody(body)
    an_interest(person, details_of(ended_on=date(2026, 5, 30)))
    a_nil_return(person, at=AT + timedelta(days=1))
    assert [(bool(row.interest_id), row.nil_on) for row in rows(body)] == [
        (False, DeclaredOn(date(2026, 6, 2))),
        (True, None),
    ]


def test_people_of_another_body_are_not_on_the_register(body):
    other = a_body("NHS High Fen ICB", "high-fen")
    person = somebody(other)
    interest = an_interest(person)
    assert rows(body) == []
    assert [row.name for row in rows(other, actor=a_reader(other))] == [person.name]
    with pytest.raises(NotFound):
        queries.visible_interest(interest.id, a_reader(body), READ, body.id, NOW)
    assert queries.visible_interest(interest.id, a_reader(other), READ, other.id, NOW) == interest


def test_what_somebody_declared_who_left_stays_while_it_has_not_ended_and_says_so(body):
    person = somebody(body, valid_to=date(2026, 8, 31))
    stands = an_interest(person)
    ended = an_interest(person, details_of(nature="Locum", ended_on=date(2026, 5, 30)))
    somebody(body, "Dr Still Here")
    row, here = sorted(rows(body), key=lambda row: row.left_on is None)
    assert (row.reference, row.positions, row.left_on) == (stands.reference, "GP partner member", date(2026, 8, 31))
    assert (here.name, here.left_on) == ("Dr Still Here", None)
    assert [row.reference for row in rows(body, find="boateng")] == [stands.reference]
    left = rows(body, showing=Showing.LEFT)
    assert [row.reference for row in left] == [stands.reference, ended.reference]
    assert [row.left_on for row in rows(body, instant=AT)] == [None, None, None]
    for interest in (stands, ended):
        assert queries.visible_interest(interest.id, a_reader(body), READ, body.id, NOW) == interest


def test_what_somebody_declares_elsewhere_after_they_left_is_not_on_the_register_that_they_left(body):
    person = somebody(body, valid_to=date(2026, 5, 31))
    an_appointment(person, a_body("NHS High Fen ICB", "high-fen"))
    later = an_interest(person)
    assert (rows(body), rows(body, showing=Showing.LEFT)) == ([], [])
    with pytest.raises(NotFound):
        queries.visible_interest(later.id, a_reader(body), READ, body.id, NOW)
    last = commands.declare_interests(person, [details_of()], actor=SYSTEM, at=AT, making=Making(is_leaving=True))
    assert [row.interest_id for row in rows(body)] == [queries.declaration_of(last.id)[1][0].interest_id]


def test_what_somebody_changes_elsewhere_after_they_left_is_not_read_where_they_left(body):
    person = somebody(body, valid_to=date(2026, 6, 30))
    an_appointment(person, a_body("NHS High Fen ICB", "high-fen"))
    interest = an_interest(person)
    elsewhere = details_of(nature="Adviser to a bidder at High Fen")
    commands.change_interest(interest, elsewhere, version=1, actor=SYSTEM, at=AT + timedelta(days=60))
    assert [row.nature for row in rows(body)] == ["Partner in the practice"]
    assert [row.nature for row in rows(body, showing=Showing.LEFT)] == ["Partner in the practice"]
    assert [each.number for each in versions_here(interest, body.id, NOW.date(), instant=NOW)] == [1]
    there = queries.visible_interest(interest.id, a_reader(body), READ, body.id, NOW)
    assert [each.number for each in there.versions] == [1, 2], "the other body reads all of it"
    before_they_left = AT + timedelta(days=10)
    assert len(versions_here(interest, body.id, before_they_left.date(), instant=NOW)) == 2


def test_the_chair_of_one_committee_sees_of_those_who_left_only_who_sat_on_it(body):
    committee = a_committee(body)
    for name, sat in (("Mrs Lena Marsh", True), ("Dr Ama Boateng", False)):
        person = somebody(body, name, valid_to=date(2026, 8, 31))
        if sat:
            a_member(committee, person, MemberClass.LAY, valid_to=date(2026, 7, 31))
        an_interest(person)
    chair = a_reader(body, Role.CHAIR, committee.id)
    assert [row.name for row in rows(body, actor=chair)] == ["Mrs Lena Marsh"]


def test_a_nil_return_of_somebody_who_left_is_found_among_those_who_left(body):
    a_nil_return(somebody(body, valid_to=date(2026, 8, 31)))
    assert rows(body) == []
    assert [(row.nil_on, row.left_on) for row in rows(body, showing=Showing.LEFT)] == [
        (DeclaredOn(date(2026, 6, 1)), date(2026, 8, 31))
    ]


def test_a_post_that_was_entered_later_does_not_change_what_was_known_before(body):
    person = somebody(body)
    an_interest(person)
    before_the_post_was_entered = datetime(2026, 3, 1, tzinfo=UTC)
    assert rows(body, instant=before_the_post_was_entered) == []


def test_a_member_of_a_committee_is_on_the_register_without_a_post_and_with_the_seat(body):
    """Rule: REG-01."""
    committee = a_committee(body)
    lay = a_person("Mrs Lena Marsh")
    a_member(committee, lay, MemberClass.LAY)
    assert [(row.name, row.positions) for row in rows(body)] == [("Mrs Lena Marsh", f"Member of {committee.name}")]


def test_a_chair_of_one_committee_sees_its_members_alone(body):
    committee = a_committee(body)
    lay = a_person("Mrs Lena Marsh")
    a_member(committee, lay, MemberClass.LAY)
    elsewhere = somebody(body)
    interest = an_interest(elsewhere)
    chair = a_reader(body, Role.CHAIR, committee.id)
    assert [row.name for row in rows(body, actor=chair)] == ["Mrs Lena Marsh"]
    with pytest.raises(NotFound):
        queries.visible_interest(interest.id, chair, READ, body.id, NOW)


@pytest.mark.parametrize("find", ["boateng", "LARKFIELD", "practice larkfield", "abel", "I/2026/0001"])
def test_words_are_found_in_name_organisation_and_nature(body, find):
    person = somebody(body, "Dr Zoë Ábel Boateng")
    an_interest(person)
    somebody(body, "Ann Young")
    assert [row.name for row in rows(body, find=find)] == [person.name]


@pytest.mark.parametrize("find", ["100%", "_", "\\"])
def test_characters_with_a_meaning_in_sql_are_found_as_themselves(body, find):
    person = somebody(body)
    an_interest(person, details_of(nature="Own 100% of_it \\"))
    an_interest(person, details_of(nature="Something else"))
    assert len(rows(body, find=find)) == 1


def test_the_rows_that_wait_can_be_asked_for_alone(body):
    person = somebody(body)
    matched = an_interest(person, details_of(an_organisation()))
    unmatched = an_interest(person, details_of("my words"))
    review_commands.agree_mitigation(unmatched, "Leaves", version=1, actor=SYSTEM, at=AT + timedelta(hours=1))
    assert [row.interest_id for row in rows(body, showing=Showing.WAITING)] == [matched.id]
    assert [row.interest_id for row in rows(body, showing=Showing.UNMATCHED)] == [unmatched.id]
    assert [row.organisations[0].is_unmatched for row in rows(body)] == [False, True]


def test_lateness_counts_from_the_first_declaration_not_from_a_later_change(body):
    """Rule: DECL-02."""
    person = somebody(body)
    interest = an_interest(person)  # in time
    commands.change_interest(interest, details_of(nature="Landlord"), version=1, actor=SYSTEM, at=NOW)
    assert rows(body)[0].late == ""
    an_interest(person, details_of(arose_on=date(2026, 1, 1), nature="Adviser"), at=AT)
    assert [row.late for row in rows(body) if row.nature == "Adviser"] == ["123 days late by the guidance"]


def test_before_there_were_rules_nothing_is_late():
    assert not late_by(date(2010, 1, 1), None, date(2013, 3, 31))
    assert late_by(date(2010, 1, 1), None, date(2013, 4, 1))
    assert not late_by(date(2010, 1, 1), None, date(2013, 4, 1), or_before=True)


def test_a_request_not_to_publish_marks_the_row_until_it_is_refused(body):
    person = somebody(body)
    interest = an_interest(person, details_of(keep_private_because="Risk of harm"))
    assert rows(body)[0].is_restricted
    request = queries.redactions_of([interest.id])[interest.id]
    review_commands.decide_redaction(request, granted=False, reason="No risk", actor=SYSTEM, at=NOW)
    assert not rows(body)[0].is_restricted


def test_the_register_comes_in_pages_of_a_hundred_with_every_row_once(body):
    person = somebody(body)
    commands.declare_interests(
        person, [details_of(nature=f"Interest {number}") for number in range(103)], actor=SYSTEM, at=AT
    )
    pages = [register_page(Asked(body.id, a_reader(body), NOW, number=number)) for number in (1, 2)]
    assert [(len(page.rows), page.count, page.pages) for page in pages] == [(100, 103, 2), (3, 103, 2)]
    assert len({row.reference for page in pages for row in page.rows}) == 103
    assert register_page(Asked(body.id, a_reader(body), NOW, number=99)).number == 2


def test_the_number_of_queries_does_not_grow_with_the_rows(body):
    person = somebody(body)
    an_interest(person)
    db.session.commit()

    def statements() -> int:
        with counted() as seen:
            rows(body)
        return len(seen)

    few = statements()
    commands.declare_interests(person, [details_of(nature=f"Interest {n}") for n in range(30)], actor=SYSTEM, at=AT)
    db.session.commit()
    assert statements() == few
    assert few <= 8


def test_own_interests_are_seen_wherever_they_were_declared_and_nobody_elses(body):
    person, other = somebody(body), a_person("Ann Young")
    interest = an_interest(person)
    mine = Actor(person.name, person_id=person.id)
    assert queries.own_interest(interest.id, mine) == interest
    with pytest.raises(NotFound):
        queries.own_interest(interest.id, Actor(other.name, person_id=other.id))
    with pytest.raises(NotFound):
        queries.own_interest(interest.id, Actor("Nobody"))


def test_the_guardian_sees_the_requests_of_the_body_with_those_that_wait_first(body):
    person = somebody(body)
    decided, waiting = (
        an_interest(person, details_of(keep_private_because=f"Reason {n}"), at=AT + timedelta(days=n)) for n in range(2)
    )
    request = queries.redactions_of([decided.id])[decided.id]
    review_commands.decide_redaction(request, granted=True, reason="Yes", actor=SYSTEM, at=NOW)
    guardian = a_reader(body, Role.GUARDIAN)
    found = redaction_queries.redaction_requests(guardian, body.id, NOW.date())
    assert [each.interest_id for each in found] == [waiting.id, decided.id]
    other = a_body("NHS High Fen ICB", "high-fen")
    assert redaction_queries.redaction_requests(a_reader(other, Role.GUARDIAN), other.id, NOW.date()) == []
    with pytest.raises(NotFound):
        redaction_queries.visible_redaction(request.id, a_reader(other, Role.GUARDIAN), other.id, NOW.date())


def test_who_waits_for_mitigation_and_which_words_are_unmatched(body):
    person = somebody(body)
    interest = an_interest(person, details_of("my words"))
    assert [each.interest_id for each in queries.waiting_for_mitigation(body.id, NOW, NOW.date())] == [interest.id]
    assert [each.text for each in queries.unmatched(body.id, NOW, NOW.date())] == ["my words"]


def test_a_stricter_policy_counts_for_what_is_declared_after_it_and_for_this_body_alone(body):
    person = somebody(body)
    other = a_body("NHS Far Fell ICB", "far-fell")
    an_appointment(person, other, "Adviser", valid_from=date(2020, 1, 1))
    dates = {"arose_on": date(2026, 4, 1), "aware_on": date(2026, 4, 1)}
    an_interest(person, details_of(nature="Before", **dates), at=datetime(2026, 4, 21, 9, 0, tzinfo=UTC))
    for name in ("declare_days", "declare_days_from_arising"):
        details = PolicyDetails(name, 14, date(2026, 5, 1), "Conduct policy 3")
        set_policy(body, details, version=0, actor=SYSTEM, at=datetime(2026, 5, 1, 9, 0, tzinfo=UTC))
    dates = {"arose_on": date(2026, 5, 2), "aware_on": date(2026, 5, 2)}
    an_interest(person, details_of(nature="After", **dates), at=datetime(2026, 5, 22, 9, 0, tzinfo=UTC))
    assert {row.nature: row.late for row in rows(body)} == {"Before": "", "After": "6 days late by law"}
    assert {row.late for row in rows(other)} == {""}
