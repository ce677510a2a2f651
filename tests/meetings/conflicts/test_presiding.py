"""Who presides over an item: the cascade of RULEBOOK §10.5, with scenarios 20 to 22."""

from hypothesis import given
from hypothesis import strategies as st

from coi.committees.vocabulary import MemberClass, Office, Seat
from coi.meetings.conflicts.presiding import who_presides
from coi.meetings.vocabulary import PresidingBasis

CHAIR = Seat("chair", "Ann Lay", MemberClass.LAY, offices=frozenset({Office.CHAIR}))
VICE = Seat("vice", "Bob Lay", MemberClass.LAY, offices=frozenset({Office.VICE_CHAIR}))
NURSE = Seat("nurse", "Cy Nurse", MemberClass.NURSE)
GP = Seat("gp", "Dr Dee", MemberClass.GP)
GUEST = Seat("guest", "Eve Guest", MemberClass.OTHER, voting=False)
SEATS = (CHAIR, VICE, NURSE, GP, GUEST)
EVERYBODY = frozenset(seat.person for seat in SEATS)


def test_the_chair_presides_without_a_conflict():
    found = who_presides(SEATS, conflicted=frozenset(), present=EVERYBODY)
    assert (found.person, found.basis) == ("chair", PresidingBasis.CHAIR)


def test_scenario_20_the_vice_chair_presides_over_the_item_that_conflicts_the_chair():
    found = who_presides(SEATS, conflicted={"chair"}, present=EVERYBODY)
    assert (found.person, found.basis) == ("vice", PresidingBasis.VICE_CHAIR)
    assert found.reason == "The chair, Ann Lay, has a conflict on this item. Bob Lay, the vice chair, presides."


def test_scenario_21_with_the_vice_chair_away_the_members_without_a_conflict_agree_who_presides():
    found = who_presides(SEATS, conflicted={"chair", "gp"}, present=EVERYBODY - {"vice"})
    assert found.person is None
    assert [each.person for each in found.candidates] == ["nurse"]
    assert found.options == ("Ask the remaining members whether Cy Nurse presides",)


def test_scenario_22_whoever_the_members_agree_on_presides_in_place_of_a_conflicted_chair_and_vice():
    found = who_presides(SEATS, conflicted={"chair", "vice", "gp"}, present=EVERYBODY, agreed="nurse")
    assert (found.person, found.basis) == ("nurse", PresidingBasis.AGREED_BY_MEMBERS)


def test_the_members_cannot_agree_on_somebody_with_a_conflict():
    assert not who_presides(SEATS, conflicted={"chair", "vice", "gp"}, present=EVERYBODY, agreed="gp")


def test_a_member_without_a_vote_cannot_preside():
    found = who_presides(SEATS, conflicted={"chair", "vice"}, present={"guest"})
    assert found.person is None
    assert found.candidates == ()
    assert found.options[0].startswith("Defer")


def test_a_vacant_chair_is_said_to_be_vacant():
    found = who_presides((VICE, NURSE), conflicted=frozenset(), present=EVERYBODY)
    assert found.person == "vice"
    assert "vacant" in found.reason


people = st.frozensets(st.sampled_from(sorted(EVERYBODY)))


@given(conflicted=people, present=people, agreed=st.none() | st.sampled_from(sorted(EVERYBODY)))
def test_nobody_with_a_conflict_or_away_ever_presides(conflicted, present, agreed):
    found = who_presides(SEATS, conflicted, present, agreed)
    possible = {found.person, *(each.person for each in found.candidates)} - {None}
    assert possible <= present - conflicted


@given(conflicted=people, present=people)
def test_either_somebody_may_preside_or_there_are_options(conflicted, present):
    found = who_presides(SEATS, conflicted, present)
    assert found.person is not None or found.options
