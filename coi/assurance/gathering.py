"""Turns what was recorded about an item into the facts of its story: over rows that were read already, no query of its own."""

from collections.abc import Iterable
from dataclasses import replace

from coi.assurance.facts import (
    ChairFact,
    ConcernedFact,
    DisputeTold,
    FlagFact,
    InterestFact,
    KeeperFact,
    RulingFact,
    SpokenFact,
    UrgentTold,
    ViewFact,
)
from coi.assurance.first_stood import ProofsByKey, stood_from
from coi.assurance.item_rows import ItemRows, key_of
from coi.assurance.outcome_facts import ActionFact, CorrectionTold, DecisionFact, MinutesFact, QuorumFact
from coi.guidance.actions import effects_of
from coi.guidance.vocabulary import Rulebook
from coi.meetings.conflicts.models import ConflictFlag, Ruling
from coi.meetings.conflicts.spoken import standing
from coi.meetings.conflicts.vocabulary import ItemFlag, level_words_of
from coi.meetings.conflicts.wording import action_words, suggestion_words
from coi.meetings.disputes.rules import dispute_words
from coi.meetings.minutes.gathering import clinical_view_facts
from coi.meetings.minutes.phrases import clinical_view
from coi.meetings.minutes.queries import Recorded
from coi.meetings.minutes.register_gathering import registered
from coi.meetings.models import ChairHandover, Decision
from coi.meetings.urgent.rules import urgent_sentences
from coi.meetings.vocabulary import (
    AffectedRelation,
    DeclaredPoint,
    FlagAnswer,
    FlagState,
    Method,
)
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.register_queries import late_by
from coi.registers.interests.vocabulary import ROLE_WORDS, DeclarationKind
from coi.wording import in_sentence

RELATIONS = {
    AffectedRelation.CONTRACT_HOLDER: "holds the contract",
    AffectedRelation.BIDDER: "bids for it",
    AffectedRelation.BENEFICIARY: "gains from it",
    AffectedRelation.COMPETITOR: "competes with it",
    AffectedRelation.PREMISES_OWNER: "owns the premises",
    AffectedRelation.FUNDER: "pays for it",
    AffectedRelation.SUBJECT: "is what it is about",
}
NEWS = (DeclarationKind.CHANGE, DeclarationKind.AT_MEETING)
"""Declarations of something new, which can be late. What a round of all interests repeats may have been declared elsewhere before."""

ANSWERS = {
    FlagAnswer.AGREE: "it is right",
    FlagAnswer.ENDED: "it has ended",
    FlagAnswer.LINK: "the link between the organisations is wrong or has ended",
    FlagAnswer.NOT_ME: "it is somebody else",
}


def interest_facts(rows: ItemRows, proofs: ProofsByKey, rulebook: Rulebook) -> tuple[InterestFact, ...]:
    """Returns the versions of the interests that matter, the first of each judged on when it was declared."""
    return tuple(_interest(row, proofs, rulebook) for row in rows.versions)


def _interest(row: InterestVersion, proofs: ProofsByKey, rulebook: Rulebook) -> InterestFact:
    declaration = row.declaration
    is_news = row.number == 1 and declaration is not None and declaration.kind in NEWS
    late = late_by(row.arose_on, row.aware_on, row.declared_on, rulebook=rulebook, or_before=bool(row.on_or_before))
    return InterestFact(
        name=row.interest.person.name, reference=row.interest.reference, nature=row.nature, role=in_sentence(ROLE_WORDS[row.role]),
        organisations=tuple(each.organisation.name if each.organisation else each.text for each in row.organisations),
        through=f"a {_words(row.via)}" if row.via else "", recorded_at=row.recorded_at, declared=row.declared.words,
        entered_by=declaration.entered_by_name if declaration else "", on_behalf=bool(declaration and declaration.on_behalf),
        late=late.sentence if is_news else "", mitigation=row.mitigation, proofs=proofs.get(key_of(row), ()),
    )  # fmt: skip


def concerned_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[ConcernedFact, ...]:
    return tuple(
        ConcernedFact(
            row.organisation.name if row.organisation else row.text, RELATIONS[row.relation], row.removed_at,
            proofs.get(key_of(row), ()),
        )
        for row in rows.affected
    )  # fmt: skip


def flag_facts(rows: ItemRows, proofs: ProofsByKey, computed: Iterable[ItemFlag] | None) -> tuple[FlagFact, ...]:
    """Returns the flags as they stand: of a settled item (`computed` None) the stored ones, else also those that nobody acted on, and
    stored ones that no longer stand."""
    if computed is None:
        return tuple(replace(_stored(row, proofs, level_words_of(row.level, row.path)), stood=stood_from(row, rows, proofs))
                     for row in rows.flags)  # fmt: skip
    stored = {row.id: row for row in rows.flags}
    found = [replace(_flag(flag, stored.pop(flag.flag_id, None), proofs), stood=stood_from(flag, rows, proofs))
             for flag in computed]  # fmt: skip
    return (*found, *(_stored(row, proofs, "An earlier flag that no longer stands", False) for row in stored.values()))


def _flag(flag: ItemFlag, row: ConflictFlag | None, proofs: ProofsByKey) -> FlagFact:
    return FlagFact(
        person=str(flag.person_id), name=flag.name, level=flag.level, level_words=flag.level_words, path=flag.path,
        suggested=flag.suggested_words, is_dismissed=not flag.is_live, reason=flag.reason,
        answer=_answer(flag.answer, flag.answer_text), recorded_at=row.recorded_at if row else None,
        proofs=proofs.get(key_of(row), ()) if row else (), is_no_conflict=not flag.is_live, dismissed_by=flag.dismissed_by,
        guardian_consulted=flag.guardian_consulted,
    )  # fmt: skip


def _stored(row: ConflictFlag, proofs: ProofsByKey, level_words: str, stands: bool = True) -> FlagFact:
    return FlagFact(
        person=str(row.person_id), name=row.person.name, level=row.level, level_words=level_words, path=tuple(row.path),
        suggested=suggestion_words(row.level, tuple(row.suggested)), is_dismissed=not (stands and is_live(row)), reason=row.reason,
        answer=_answer(row.answer, row.answer_text), recorded_at=row.recorded_at, proofs=proofs.get(key_of(row), ()),
        is_no_conflict=stands and not is_live(row), dismissed_by=row.dismissed_by_name, guardian_consulted=row.guardian_consulted,
    )  # fmt: skip


def _answer(answer: FlagAnswer | None, text: str) -> str:
    return f"{ANSWERS[answer]}. {text}".strip() if answer else ""


def spoken_facts(rows: ItemRows, recorded: Recorded, proofs: ProofsByKey) -> tuple[SpokenFact, ...]:
    """Returns what was declared, those entries too that later ones correct."""
    corrected = {row.corrects_id for row in rows.declarations if row.corrects_id}
    spoke = {
        row.person_id
        for row in standing(rows.declarations)
        if row.point is not DeclaredPoint.NOT_DECLARED and not row.has_nothing
    }
    return tuple(
        SpokenFact(
            person=str(row.person_id), name=row.person.name, text=row.text, point=row.point, at=row.declared_at,
            recorded_at=row.recorded_at, on_register=entered.had, registered=entered.later, is_nothing=row.has_nothing,
            due_on=row.due_on, is_corrected=row.id in corrected, spoke_too=row.person_id in spoke,
            proofs=proofs.get(key_of(row), ()),
        )
        for row in rows.declarations
        for entered in [registered(row, recorded, rows.item.opened_at)]
    )  # fmt: skip


def ruling_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[RulingFact, ...]:
    last = {(row.committee_id, row.person_id): row.number for row in rows.rulings}
    return tuple(
        _ruling(row, row.number != last[row.committee_id, row.person_id], rows, proofs) for row in rows.rulings
    )


def _ruling(row: Ruling, is_replaced: bool, rows: ItemRows, proofs: ProofsByKey) -> RulingFact:
    effects = effects_of(row.actions)
    return RulingFact(
        person=str(row.person_id), name=row.person.name, actions=action_words(row.actions), rationale=row.rationale,
        decided_by=row.decider.name, basis=row.basis, made_at=row.made_at, recorded_by=row.recorded_by_name,
        is_dictated=row.is_dictated, confirmed_at=row.confirmed_at, may_discuss=effects.discuss, may_stay=effects.room,
        may_decide=effects.vote, guardian_consulted=row.guardian_consulted, is_replaced=is_replaced,
        committee=rows.committee(row.committee_id), proofs=proofs.get(key_of(row), ()), magnitude=row.magnitude,
    )  # fmt: skip


def dispute_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[DisputeTold, ...]:
    """Returns what was said against rulings: what was struck out too."""
    return tuple(
        DisputeTold(
            row.person.name, dispute_words(row.fact), row.at or row.recorded_at, row.struck_at, row.struck_because,
            proofs.get(key_of(row), ()),
        )
        for row in rows.disputes
    )  # fmt: skip


def urgent_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[UrgentTold, ...]:
    """Returns the urgent decisions that the item reports."""
    return tuple(
        UrgentTold(
            urgent_sentences(row.fact_of(rows.committee(row.committee_id))), row.decided_at, row.audit_reported_on,
            proofs.get(key_of(row), ()), row.struck_at, row.struck_because,
        )
        for row in rows.urgent
    )  # fmt: skip


def chair_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[ChairFact, ...]:
    return tuple(
        ChairFact(
            row.from_person.name if row.from_person else "the Chair", row.to_person.name, row.basis, row.reason,
            row.handed_over_at, row.returned_at if row.return_recorded_at else None,
            proofs.get(key_of(row), ()), rows.committee(row.committee_id), _first_said(row, rows),
        )
        for row in rows.handovers
    )  # fmt: skip


def keeper_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[KeeperFact, ...]:
    return tuple(
        KeeperFact(
            row.person.name, row.in_place_of.name, row.namer.name, row.named_at, proofs.get(key_of(row), ())
        )
        for row in rows.keepers
    )  # fmt: skip


def view_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[ViewFact, ...]:
    return tuple(
        ViewFact(
            row.person.name, clinical_view(clinical_view_facts(row)), row.recorded_at, row.struck_at, row.struck_because,
            proofs.get(key_of(row), ()),
        )
        for row in rows.views
    )  # fmt: skip


def quorum_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[QuorumFact, ...]:
    return tuple(
        QuorumFact(
            row.quorate, row.taken_at, row.rule_words, tuple((name, slot) for name, slot, _person in row.counted),
            tuple(row.missing), tuple(row.reasons), rows.committee(row.committee_id), proofs.get(key_of(row), ()),
        )
        for row in rows.snapshots
    )  # fmt: skip


def decision_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[DecisionFact, ...]:
    return tuple(
        DecisionFact(
            outcome=row.outcome.value, text=row.text, by_vote=row.method is Method.VOTE, decided_at=row.decided_at,
            presiding=row.presiding.name if row.presiding else "", arithmetic=row.arithmetic,
            votes=tuple((vote.person.name, vote.cast) for vote in sorted(row.votes, key=lambda vote: vote.person.sort_key)),
            is_decision=row.outcome.is_a_decision, irregular_because=tuple(row.irregular_because),
            is_irregular=row.is_irregular, explanation=row.explanation, referred_to=row.referred_to,
            committee=rows.committee(row.committee_id), first=_first_said(row, rows), proofs=proofs.get(key_of(row), ()),
        )
        for row in rows.decisions
    )  # fmt: skip


def correction_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[CorrectionTold, ...]:
    """Returns what was corrected of the decisions and handovers of the item, each with the entry that it corrected."""
    listed = {row.id: proofs.get(key_of(row), ()) for row in (*rows.decisions, *rows.handovers)}
    found = []
    for row in rows.corrections:
        own, of = proofs.get(key_of(row), ()), listed.get(row.decision_id or row.handover_id, ())
        before = [each.seq for each in of if own and each.seq < own[0].seq]
        found.append(CorrectionTold(row.fact, row.decision_id is not None, own, before[-1] if before else None))
    return tuple(found)


def _first_said(row: Decision | ChairHandover, rows: ItemRows) -> tuple[str, ...]:
    """What was recorded of it before its first correction; of one that was never corrected nothing."""
    theirs = [each for each in rows.corrections if row.id in (each.decision_id, each.handover_id)]
    return tuple(min(theirs, key=lambda each: each.number).was) if theirs else ()


def action_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[ActionFact, ...]:
    return tuple(
        ActionFact(
            row.reference, row.text, row.owner.name, row.due_on, row.raised_at, row.closed_on, proofs.get(key_of(row), ())
        )
        for row in rows.actions
    )  # fmt: skip


def minutes_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[MinutesFact, ...]:
    return tuple(
        MinutesFact(
            row.number, row.composed_at, row.confirmed_at is not None,
            rows.names.get(row.confirmed_by, "") if row.confirmed_by else "",
            rows.confirming.get(row.confirmed_at_meeting_id, "") if row.confirmed_at_meeting_id else "",
            proofs.get(key_of(row), ()),
        )
        for row in rows.minutes
    )  # fmt: skip


def is_live(row: ConflictFlag) -> bool:
    return row.state is not FlagState.DISMISSED


def _words(value: str) -> str:
    return value.replace("_", " ")
