"""What came of an item, as facts with their proof: quorums, decisions and what was corrected of them, actions, minutes. Standard library,
and the words of lower rooms."""

from dataclasses import dataclass
from datetime import date, datetime

from coi.assurance.proof import Proofs
from coi.meetings.corrections.vocabulary import CorrectionFact
from coi.meetings.vocabulary import Cast


@dataclass(frozen=True)
class QuorumFact:
    """The quorum as it was taken at the decision."""

    quorate: bool
    taken_at: datetime
    rule: str
    counted: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    reasons: tuple[str, ...]
    committee: str = ""
    proofs: Proofs = ()


@dataclass(frozen=True)
class DecisionFact:
    """What was decided, or why nothing was. `votes` is (name, cast). `first`: what was recorded before the first correction."""

    outcome: str
    text: str
    by_vote: bool
    decided_at: datetime
    presiding: str
    arithmetic: str = ""
    votes: tuple[tuple[str, Cast], ...] = ()
    is_decision: bool = True
    irregular_because: tuple[str, ...] = ()
    is_irregular: bool = False
    explanation: str = ""
    referred_to: str = ""
    committee: str = ""
    first: tuple[str, ...] = ()
    proofs: Proofs = ()


@dataclass(frozen=True)
class CorrectionTold:
    """That a decision, or the time of a handover, was corrected. `before`: the ledger entry that has what was recorded before."""

    fact: CorrectionFact
    is_of_decision: bool
    proofs: Proofs = ()
    before: int | None = None


@dataclass(frozen=True)
class ActionFact:
    reference: str
    text: str
    owner: str
    due_on: date | None
    raised_at: datetime
    closed_on: date | None = None
    proofs: Proofs = ()


@dataclass(frozen=True)
class MinutesFact:
    """A version of the minutes. `confirmed_by` and `at_meeting` are empty on a draft."""

    number: int
    composed_at: datetime
    is_confirmed: bool
    confirmed_by: str = ""
    at_meeting: str = ""
    proofs: Proofs = ()
