"""What a row of the register lacks, in words. It warns, and the row stands. Pure."""

from collections.abc import Iterator

from coi.registers.procurement.checklist import questions_for
from coi.registers.procurement.rules import BEFORE_PSR, OF_PSR, PSR, STANDSTILL, award_notice_due, standstill_ends
from coi.registers.procurement.vocabulary import Facts, Outcome


def gaps(facts: Facts) -> tuple[str, ...]:
    """Returns, in words, what the guidance expects of a row and it lacks. Rule: PROC-01 to PROC-04; RULEBOOK §16, §17.7, §17.8.
    One that was taken over from an older register is asked for the columns of a register, and for nothing that was done or not then."""
    if facts.is_taken_over:
        return tuple(_not_recorded(facts))
    return (
        *_unanswered(facts), *_of_the_row(facts), *_of_the_integrity(facts), *_of_the_declarations(facts), *_of_the_regime(facts),
        *_of_the_checklist(facts),
    )  # fmt: skip


def unanswered(facts: Facts) -> int:
    """Returns how many lines of the checklist are blank. Rule: PROC-02; RULEBOOK §17.7."""
    details = facts.details
    asked = questions_for(details.decided_on, details.route, is_gp_provider=bool(details.is_gp_provider))
    return sum(1 for question in asked if not facts.answers.get(question.code))


def _not_recorded(facts: Facts) -> Iterator[str]:
    details = facts.details
    if details.decided_on_or_before:
        yield "the day of the decision"
    if details.outcome is None:
        yield "what was decided: a new contract, an extension or a variation"
    yield from _of_the_row(facts)


def _unanswered(facts: Facts) -> Iterator[str]:
    details = facts.details
    if details.outcome is None:
        yield "what was decided"
    if details.service_kind is None:
        yield "what is bought, which says which rules apply"
    if details.is_gp_provider is None:
        yield "whether GP practices or their federations could provide it"
    if details.arrangement is None:
        yield "whose procurement it is"


def _of_the_row(facts: Facts) -> Iterator[str]:
    details = facts.details
    if not details.involved:
        yield "who was involved in the decision"
    if not details.conflicts:
        yield "a summary of conflicts, even if there were none"
    elif not details.mitigations and details.had_conflicts:
        yield "how the conflicts were managed"
    if details.names_supplier and details.supplier is None:
        yield "who gets the contract"
    if details.is_award and details.value_total is None:
        yield "the value of the contract"


def _of_the_integrity(facts: Facts) -> Iterator[str]:
    """Until 2023 no award might be made whose integrity a conflict affected. Rule: PROC-01; SI 2013/500 reg 6."""
    details = facts.details
    if facts.regime == BEFORE_PSR and details.is_award and details.had_conflicts and not details.justification:
        yield "why no conflict affects the integrity of the award, or appears to: the justification for the actions"


def _of_the_declarations(facts: Facts) -> Iterator[str]:
    if facts.undeclared:
        one = facts.undeclared == 1
        yield f"the declaration{'' if one else 's'} of {facts.undeclared} who {'was' if one else 'were'} asked"
    if facts.unmanaged:
        yield f"what is done about {facts.unmanaged} declared conflict{'' if facts.unmanaged == 1 else 's'}"


def _of_the_regime(facts: Facts) -> Iterator[str]:
    details = facts.details
    if facts.regime != PSR:
        return
    if not details.cpv:
        yield "the CPV code of the service, which the notices give"
    if details.route not in OF_PSR:
        yield "which process of the Provider Selection Regime was followed"
    if not details.route_reasons:
        yield "the reasons for the choice of process and provider"
    is_told_first = details.outcome in (Outcome.AWARDED, Outcome.INTENDED)
    if details.route in STANDSTILL and is_told_first and details.intended_on is None:
        yield "when the notice of the intention to award was published"
    ends, due = standstill_ends(facts), award_notice_due(facts)
    if ends is not None and details.starts_on is not None and details.starts_on <= ends:
        yield f"a start after the standstill, which lasts to {ends.day} {ends:%B %Y}"
    if ends is not None and details.award_noticed_on is not None and details.award_noticed_on <= ends:
        yield f"a notice of the award after the standstill, which lasts to {ends.day} {ends:%B %Y}"
    if due is not None and details.award_noticed_on is None:
        yield f"when {_notice(facts)} was published, which is due by {due.day} {due:%B %Y}"
    elif due is not None and details.award_noticed_on is not None and details.award_noticed_on > due:
        yield f"why {_notice(facts)} was published later than {due.day} {due:%B %Y}"


def _notice(facts: Facts) -> str:
    if facts.details.outcome is Outcome.ABANDONED:
        return "the notice of abandonment"
    return "the notice of the award" if facts.details.outcome is Outcome.AWARDED else "the notice of the modification"


def _of_the_checklist(facts: Facts) -> Iterator[str]:
    if not facts.details.is_gp_provider:
        return
    missing = unanswered(facts)
    if missing:
        yield f"{missing} answer{'' if missing == 1 else 's'} of the procurement checklist"
    elif not facts.is_checked:
        yield "that the procurement checklist is complete"
