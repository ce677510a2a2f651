"""Votes and their arithmetic: scenario 43, USERS W19."""

from hypothesis import given
from hypothesis import strategies as st

from coi.meetings.proceedings.vocabulary import Ballot, StopCode, VoteFacts
from coi.meetings.proceedings.voting import casting_is_asked, problems_of, vote_result, without_a_vote
from coi.meetings.vocabulary import Cast, CastingVote, Outcome

ENTITLED = ("a", "b", "c", "d", "e")
FACTS = VoteFacts(members=7, stood_down=2, away=0, entitled=ENTITLED, quorum_needed=4)
WITH_CASTING = VoteFacts(members=7, stood_down=3, away=0, entitled=ENTITLED[:4], quorum_needed=4, casting="a")


def ballots(**cast):
    return [Ballot(person, person.upper(), vote) for person, vote in cast.items()]


def test_the_arithmetic_explains_itself():
    cast = ballots(a=Cast.FOR, b=Cast.FOR, c=Cast.FOR, d=Cast.FOR, e=Cast.ABSTAINED)
    result = vote_result(FACTS, cast)
    assert result.arithmetic == "7 members; 2 stood down; 5 entitled; quorum 4; 4 for, 1 abstained"
    assert result.carried is True


def test_abstaining_is_not_standing_down():
    result = vote_result(
        FACTS, ballots(a=Cast.FOR, b=Cast.ABSTAINED, c=Cast.ABSTAINED, d=Cast.ABSTAINED, e=Cast.ABSTAINED)
    )
    assert result.carried is True
    assert "2 stood down" in result.arithmetic
    assert "4 abstained" in result.arithmetic


def test_a_decision_without_a_vote_has_its_arithmetic_too():
    assert vote_result(FACTS, []).arithmetic == "7 members; 2 stood down; 5 entitled; quorum 4; agreed without a vote"


def test_whoever_was_away_is_said():
    facts = VoteFacts(members=7, stood_down=1, away=1, entitled=ENTITLED, quorum_needed=4)
    assert vote_result(facts, []).arithmetic.startswith("7 members; 1 stood down; 1 not there; 5 entitled")


def test_scenario_43_whoever_presides_breaks_a_tie_where_the_terms_say_so():
    cast = ballots(a=Cast.FOR, b=Cast.FOR, c=Cast.AGAINST, d=Cast.AGAINST)
    result = vote_result(WITH_CASTING, cast, CastingVote.AGAINST)
    assert result.used_casting_vote
    assert result.carried is False
    assert result.arithmetic.endswith("2 for, 2 against; casting vote against")
    assert problems_of(WITH_CASTING, cast, Outcome.NOT_APPROVED, result) == ()


def test_a_tie_without_a_casting_vote_is_not_carried():
    cast = ballots(a=Cast.FOR, b=Cast.AGAINST)
    result = vote_result(FACTS, cast)
    assert result.carried is None
    assert [stop.code for stop in problems_of(FACTS, cast, Outcome.APPROVED, result)] == [StopCode.VOTE_DOES_NOT_CARRY]
    assert problems_of(FACTS, cast, Outcome.NOT_APPROVED, result) == ()


def test_the_outcome_follows_from_the_vote():
    cast = ballots(a=Cast.AGAINST, b=Cast.AGAINST, c=Cast.FOR)
    result = vote_result(FACTS, cast)
    assert problems_of(FACTS, cast, Outcome.APPROVED, result)[0].code is StopCode.VOTE_DOES_NOT_CARRY


def test_a_vote_of_somebody_who_stood_down_is_named():
    cast = ballots(a=Cast.FOR, z=Cast.FOR)
    (stop,) = problems_of(FACTS, cast, Outcome.APPROVED, vote_result(FACTS, cast))
    assert stop.sentence == "Z voted and was not entitled to."


def test_an_entitled_member_whose_vote_is_not_recorded_is_named():
    assert without_a_vote(FACTS, ballots(a=Cast.FOR, b=Cast.FOR)) == ("c", "d", "e")


@given(st.lists(st.sampled_from(list(Cast)), max_size=5))
def test_turning_an_abstention_into_a_vote_against_never_carries_what_was_not_carried(votes):
    cast = [Ballot(str(number), "X", vote) for number, vote in enumerate(votes)]
    harder = [Ballot(b.person, b.name, Cast.AGAINST if b.cast is Cast.ABSTAINED else b.cast) for b in cast]
    if not vote_result(FACTS, cast).carried:
        assert not vote_result(FACTS, harder).carried


def test_a_tie_is_broken_only_as_the_record_says_and_never_as_the_outcome_suggests():
    cast = ballots(a=Cast.AGAINST, b=Cast.FOR, c=Cast.FOR, d=Cast.AGAINST)
    assert casting_is_asked(WITH_CASTING, cast)
    assert vote_result(WITH_CASTING, cast).carried is None
    unused = vote_result(WITH_CASTING, cast, CastingVote.NOT_USED)
    assert unused.carried is None
    assert unused.arithmetic.endswith("2 for, 2 against; casting vote not used")
    assert [stop.sentence for stop in problems_of(WITH_CASTING, cast, Outcome.APPROVED, unused)] == [
        "The vote is a tie, and the casting vote was not used."
    ]
    assert problems_of(WITH_CASTING, cast, Outcome.NOT_APPROVED, unused) == ()
    assert not casting_is_asked(WITH_CASTING, cast[:3])
    assert not vote_result(WITH_CASTING, cast[:3], CastingVote.FOR).used_casting_vote
