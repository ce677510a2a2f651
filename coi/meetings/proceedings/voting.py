"""Pure rules about votes: who may be counted, what a vote amounts to, and the arithmetic in words. No database here."""

from collections import Counter
from collections.abc import Sequence

from coi.meetings.proceedings.vocabulary import Ballot, Stop, StopCode, VoteFacts, VoteResult
from coi.meetings.vocabulary import Cast, CastingVote, Outcome

COUNT_WORDS = {Cast.FOR: "for", Cast.AGAINST: "against", Cast.ABSTAINED: "abstained"}


def vote_result(facts: VoteFacts, ballots: Sequence[Ballot], casting: CastingVote | None = None) -> VoteResult:
    """Returns what the ballots amount to. More votes for than against carry; abstentions count for neither side. Where the
    sides are even, whoever presides may break the tie if the terms give them a second or casting vote: `casting` says whether
    and how they did, as it was recorded and never as the outcome suggests. A tie that nobody broke is not carried.

    Rule: MIN-02; RULEBOOK §10.8, §23 scenario 43; USERS W19 (standing down is not abstaining)."""
    counts = Counter(ballot.cast for ballot in ballots)
    tie = bool(ballots) and counts[Cast.FOR] == counts[Cast.AGAINST]
    asked = casting_is_asked(facts, ballots)
    used = asked and casting in (CastingVote.FOR, CastingVote.AGAINST)
    carried = casting is CastingVote.FOR if used else counts[Cast.FOR] > counts[Cast.AGAINST]
    tally = [f"{counts[cast]} {COUNT_WORDS[cast]}" for cast in Cast if counts[cast]]
    words = arithmetic(facts, tally, casting if asked else None)
    return VoteResult(tuple((cast, counts[cast]) for cast in Cast), None if tie and not used else carried, used, words)


def casting_is_asked(facts: VoteFacts, ballots: Sequence[Ballot]) -> bool:
    """Whether the record has to say how the casting vote was used: both sides are even, and whoever presides has one."""
    counts = Counter(ballot.cast for ballot in ballots)
    return facts.casting is not None and counts[Cast.FOR] == counts[Cast.AGAINST] > 0


def casting_problem(facts: VoteFacts, ballots: Sequence[Ballot], casting: CastingVote | None) -> str:
    """Returns what is wrong with a casting vote that was cast, in a sentence; empty where it was in order or none was cast.
    Rule: MIN-02; RULEBOOK §10.8, §23 scenario 43."""
    if casting not in (CastingVote.FOR, CastingVote.AGAINST) or casting_is_asked(facts, ballots):
        return ""
    why = "nobody in the chair had one" if facts.casting is None else "the votes were not even"
    return f"A casting vote was cast {casting.value}, although {why}. It does not count."


def casting_said(words: str) -> CastingVote | None:
    """Returns how the casting vote was used, as the arithmetic of a recorded vote says it."""
    return next((each for each in CastingVote if words.endswith(f"; {_casting_words(each)}")), None)


def _casting_words(casting: CastingVote) -> str:
    return f"casting vote {casting.value}"


def arithmetic(facts: VoteFacts, tally: Sequence[str], casting: CastingVote | None = None) -> str:
    """Returns the sum that an auditor would do by hand: "7 members; 2 stood down; 5 entitled; quorum 4; 4 for, 1 abstained"."""
    parts = [_plural(facts.members, "member")]
    if facts.stood_down:
        parts.append(f"{facts.stood_down} stood down")
    if facts.away:
        parts.append(f"{facts.away} not there")
    parts += [f"{len(facts.entitled)} entitled", f"quorum {facts.quorum_needed}"]
    parts.append(", ".join(tally) if tally else "agreed without a vote")
    if casting is not None:
        parts.append(_casting_words(casting))
    return "; ".join(parts)


def problems_of(
    facts: VoteFacts,
    ballots: Sequence[Ballot],
    outcome: Outcome,
    result: VoteResult,
    casting: CastingVote | None = None,
) -> tuple[Stop, ...]:
    """Returns what is wrong with a vote: somebody voted who was not entitled to, a casting vote was cast without a tie, or the outcome
    does not follow from it.

    Rule: QUO-02, MIN-02; RULEBOOK §10.8, §23 scenarios 25, 33 and 43."""
    stops = [
        Stop(
            StopCode.VOTE_NOT_ENTITLED, f"{ballot.name} voted and was not entitled to.",
            (f"Leave out the vote of {ballot.name}", "Record it as it happened: it is marked irregular"), "QUO-02", ballot.person,
        )
        for ballot in ballots
        if ballot.person not in facts.entitled
    ]  # fmt: skip
    if wrong := casting_problem(facts, ballots, casting):
        options = ("Leave the casting vote empty", "Record it as it happened: it is marked irregular")
        stops.append(Stop(StopCode.CASTING_WITHOUT_TIE, wrong, options, "MIN-02"))
    wants = outcome in (Outcome.APPROVED, Outcome.AGREED)
    if ballots and result.carried is None and wants:
        why = "the casting vote was not used" if facts.casting else "nobody here has a casting vote"
        sentence = f"The vote is a tie, and {why}."
        stops.append(Stop(StopCode.VOTE_DOES_NOT_CARRY, sentence, ("Record the proposal as not approved",), "MIN-02"))
    elif ballots and result.carried is not None and result.carried != wants:
        sentence = f"The outcome does not follow from the vote: {result.arithmetic}."
        stops.append(Stop(StopCode.VOTE_DOES_NOT_CARRY, sentence, ("Correct the outcome, or the votes",), "MIN-02"))
    return tuple(stops)


def without_a_vote(facts: VoteFacts, ballots: Sequence[Ballot]) -> tuple[str, ...]:
    """Returns the entitled people whose vote is not recorded."""
    voted = {ballot.person for ballot in ballots}
    return tuple(person for person in facts.entitled if person not in voted)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
