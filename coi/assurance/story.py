"""Pure: the story of an item, from declaration to minute, in order, for somebody who was not in the room. No database here."""

from collections.abc import Iterator

from coi.assurance import sentences
from coi.assurance.answers import NOT_MENDED, answers
from coi.assurance.facts import ChairFact, FlagFact, StoryFacts
from coi.assurance.losing import losses
from coi.assurance.ordering import AFTER, AT, BEFORE, Told, chapter_of, first_of, in_order, last_of
from coi.assurance.ordering import told_of as _told
from coi.assurance.outcome_facts import DecisionFact
from coi.assurance.vocabulary import Chapter, Line, Story
from coi.audit.vocabulary import Event
from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING
from coi.meetings.vocabulary import PresenceKind
from coi.wording import and_list, clock_time, in_sentence


def compose(facts: StoryFacts) -> Story:
    """Returns the story of an item: the lay member's answers, then everything that was recorded, in order, with who and when
    and the ledger entry that proves it. A step of which nothing was recorded is said plainly."""
    told = in_order((line for tell in _TELLERS for line in tell(facts)), facts)
    chapters: dict[str, list[Line]] = {BEFORE: [], AT: [], AFTER: []}
    for each in told:
        chapters[each.chapter or chapter_of(each.place[0], facts)].append(each.line)
    for title, line in _gaps(facts):
        chapters[title].append(line)
    found = tuple(Chapter(title, tuple(lines)) for title, lines in chapters.items() if lines)
    return Story(answers(facts), found)


def _interests(facts: StoryFacts) -> Iterator[Told]:
    for each in facts.interests:
        proof = first_of(each.proofs)
        said = sentences.interest(each, proof.event if proof else Event.DECLARATION_SUBMITTED)
        details = [each.late + "."] if each.late else []
        yield _told(said, each.recorded_at, 0, proof, details=details)


def _agenda(facts: StoryFacts) -> Iterator[Told]:
    named: dict[int, list[str]] = {}
    for each in facts.concerned:
        if proof := first_of(each.proofs):
            named.setdefault(proof.seq, []).append(f"{each.name} ({each.relation})")
        if each.removed_at:
            last = each.proofs[-1] if each.proofs else None
            yield _told(f"{each.name} was no longer named as concerned.", each.removed_at, 3, last)
    noted = [proof for proof in facts.agenda if proof.event == Event.DISCUSSION_NOTED]
    for proof in facts.agenda:
        if proof in noted[:-1]:
            continue  # notes that are saved again and again are one note, told where it was saved last
        said = sentences.AGENDA.get(proof.event)
        if proof.event in sentences.FOLLOWED and proof != facts.agenda[0]:
            said = sentences.FOLLOWED[proof.event]
        own = named.pop(proof.seq, [])
        if said:
            details = [f"Named as concerned: {and_list(own)}."] if own else []
            if facts.class_words and proof == facts.agenda[0]:
                details.append(f"It concerns {in_sentence(facts.class_words)}.")
            details += facts.kept_functions if proof == facts.agenda[0] else ()
            if proof in noted and facts.discussion:
                begun = [f"The first notes were saved at {clock_time(noted[0].at)}."] if len(noted) > 1 else []
                details = [f"As it stands now: {facts.discussion}", *begun]
            at = facts.reached_at if proof.event == Event.ITEM_OPENED and facts.reached_at else proof.at
            yield _told(said.format(title=facts.title), at, 1, proof, details=details)
    first = {proof.seq: proof for each in facts.concerned for proof in each.proofs}
    for seq, own in named.items():
        yield _told(f"Named as concerned: {and_list(own)}.", first[seq].at, 2, first[seq])


def _flags(facts: StoryFacts) -> Iterator[Told]:
    for each in facts.flags:
        if each.stood:
            yield _told(sentences.flag_stood(each), each.stood.at, 5, each.stood)
        if each.recorded_at is None:
            continue
        path = [f"How: {' → '.join(each.path)}."] if each.path else []
        suggested = [f"Suggested: {'; '.join(each.suggested)}."] if each.suggested else []
        first = first_of(each.proofs)
        said = sentences.flag(each, first.event if first else "")
        details = [*path, *suggested, *sentences.known_before(each)]
        yield _told(said, each.recorded_at, 5, first, details=details, path=_drawn(each))
        for proof in each.proofs:
            if acted := sentences.acted_on_flag(each, proof.event):
                yield _told(acted, proof.at, 6, proof)


def _drawn(flag: FlagFact) -> tuple[str, ...]:
    """The path of a flag that screening found: what was raised by hand, declared in the room or never declared is on none."""
    return flag.path if flag.level in FOUND_BY_SCREENING else ()


def _spoken(facts: StoryFacts) -> Iterator[Told]:
    for each in facts.spoken:
        yield _told(sentences.spoken(each), each.at, 4, first_of(each.proofs), counts_from=each.recorded_at)


def _rulings(facts: StoryFacts) -> Iterator[Told]:
    for each in facts.rulings:
        made = first_of(each.proofs, Event.RULING_MADE, Event.RULING_RECORDED)
        yield _told(sentences.ruling(each), each.made_at, 7, made, details=sentences.ruling_details(each))
        if each.is_dictated and each.confirmed_at:
            said = f"{each.decided_by} confirmed the ruling on {each.name}."
            yield _told(said, each.confirmed_at, 14, first_of(each.proofs, Event.RULING_CONFIRMED))


def _disputes(facts: StoryFacts) -> Iterator[Told]:
    """What was said against rulings: what was struck out too, with the reason."""
    for each in facts.disputes:
        yield _told(each.words, each.at, 8, first_of(each.proofs, Event.RULING_DISPUTED))
        if each.struck_at:
            said = f"What {each.name} was said to have done was struck out as entered by mistake. Reason: {each.struck_because}"
            yield _told(said, each.struck_at, 15, first_of(each.proofs, Event.RULING_DISPUTE_STRUCK_OUT))


def _urgent(facts: StoryFacts) -> Iterator[Told]:
    """What was decided before the meeting that the item tells of it, and that the audit committee was told."""
    for each in facts.urgent:
        made = first_of(each.proofs, Event.URGENT_DECISION_RECORDED)
        yield _told(
            "An urgent decision was taken between meetings.", each.at, 1, made, details=each.sentences, chapter=BEFORE
        )
        if told := first_of(each.proofs, Event.URGENT_DECISION_REPORTED):
            yield _told("It was recorded that the audit committee was told of the urgent decision.", told.at, 16, told)
        if each.struck_at:
            said = f"The urgent decision was struck out as entered by mistake. Reason: {each.struck_because}"
            yield _told(said, each.struck_at, 15, first_of(each.proofs, Event.URGENT_DECISION_STRUCK_OUT))


def _room(facts: StoryFacts) -> Iterator[Told]:
    for proof in facts.meeting:
        if proof.event == Event.MEETING_OPENED and facts.opened_at:
            yield _told("The meeting was opened.", facts.opened_at, 3, proof)
        if proof.event == Event.MEETING_CLOSED and facts.closed_at:
            corrected = next((each for each in reversed(facts.meeting) if each.event == Event.CLOSING_CORRECTED), None)
            if corrected:
                yield _told("A closing time was recorded that was corrected later.", proof.at, 20, proof)
            yield _told("The meeting was closed.", facts.closed_at, 20, corrected or proof)
        if proof.event == Event.CLOSING_CORRECTED:
            yield _told("The closing time of the meeting was corrected.", proof.at, 21, proof)
    for each in facts.chairs:
        yield from _first_stood("the handover of the chair", each)
        handed = last_of(each.proofs, Event.CHAIR_CORRECTED)
        yield _told(sentences.handover(each), each.at, 8, handed)
        if each.returned_at:
            back = each.proofs[-1] if each.proofs else None
            yield _told(f"{each.to_name} gave the chair back.", each.returned_at, 13, back)
    for keeper in facts.keepers:
        yield _told(sentences.keeper(keeper), keeper.at, 8, first_of(keeper.proofs))
    for move in facts.moves:
        order = 12 if move.kind is PresenceKind.RETURNED else 8
        yield _told(sentences.move(move), move.at, order, first_of(move.proofs), counts_from=move.counts_from)


def _outcome(facts: StoryFacts) -> Iterator[Told]:
    for each in facts.quorums:
        yield _told(
            sentences.quorum(each), each.taken_at, 9, first_of(each.proofs), details=sentences.quorum_details(each)
        )
    for decision in facts.decisions:
        said, details = sentences.decision(decision), sentences.decision_details(decision)
        yield from _first_stood("the decision", decision)
        yield _told(said, decision.decided_at, 10, last_of(decision.proofs, Event.DECISION_CORRECTED), details=details)
    for told in facts.corrections:
        of = "the decision" if told.is_of_decision else "the handover of the chair"
        said = f"What was recorded of {of} was corrected by {told.fact.by}. Reason: {told.fact.because}"
        where = f" (ledger entry {told.before})" if told.before is not None else ""
        before = [f"Recorded before{where}:", *told.fact.was]
        yield _told(said, told.fact.at, 15, first_of(told.proofs), details=before)
    for action in facts.actions:
        yield _told(sentences.action(action), action.raised_at, 11, first_of(action.proofs))
        if action.closed_on and (closed := first_of(action.proofs, Event.ACTION_CLOSED)):
            yield _told(f"Action {action.reference} was closed.", closed.at, 16, closed)


def _first_stood(of: str, fact: DecisionFact | ChairFact) -> Iterator[Told]:
    """What was recorded first of what was corrected since, with the entry that has it so: the entry of the correction has what stands."""
    first = first_of(fact.proofs)
    if fact.first and first:
        said = f"What was recorded of {of} at first was corrected later."
        yield _told(said, first.at, 9, first, details=["Recorded then:", *fact.first])


def _minutes(facts: StoryFacts) -> Iterator[Told]:
    for each in facts.minutes:
        yield _told(sentences.minutes(each), each.composed_at, 21, first_of(each.proofs), chapter=AFTER)


def _views(facts: StoryFacts) -> Iterator[Told]:
    """The clinical views on the item: those that were struck out too, with the reason."""
    for each in facts.views:
        yield _told(each.words, each.at, 4, first_of(each.proofs, Event.CLINICAL_INPUT_RECORDED))
        if each.struck_at:
            said = (
                f"The clinical view of {each.name} was struck out as entered by mistake. Reason: {each.struck_because}"
            )
            yield _told(said, each.struck_at, 15, first_of(each.proofs, Event.CLINICAL_INPUT_STRUCK_OUT))


_TELLERS = (
    _interests,
    _agenda,
    _flags,
    losses,
    _spoken,
    _views,
    _rulings,
    _disputes,
    _urgent,
    _room,
    _outcome,
    _minutes,
)


def _gaps(facts: StoryFacts) -> Iterator[tuple[str, Line]]:
    """What is not recorded, each where it would stand."""
    for each in facts.flags:
        if each.recorded_at is None:
            yield BEFORE, Line(sentences.computed_flag(each), is_gap=True, path=_drawn(each))
    for title, said in _missing(facts):
        yield title, Line(said, is_gap=True)


def _missing(facts: StoryFacts) -> Iterator[tuple[str, str]]:
    if not facts.interests:
        yield BEFORE, "No interest on the register that matters to this item is recorded."
    if not facts.concerned and not facts.class_words:
        yield BEFORE, "No organisation is named as concerned by this item."
    if not facts.flags:
        yield BEFORE, "No conflict is flagged on this item."
    yield from ((AT if facts.opened_at else BEFORE, said) for said in _missing_rulings(facts))
    yield from ((AT, f"{each.decided_by} has not confirmed the ruling on {each.name} yet.") for each in facts.rulings
                if not each.is_confirmed and not each.is_replaced)  # fmt: skip
    if facts.opened_at is None:
        yield AT, "The meeting has not begun, so nothing is recorded of it."
        return
    yield from ((AT, said) for said in _missing_in_the_room(facts))
    yield from ((AT, f"{NOT_MENDED} {said}") for said in facts.contradictions)
    if not facts.minutes:
        yield AFTER, "No minutes are composed yet."
    elif not any(each.is_confirmed for each in facts.minutes):
        yield AFTER, "The minutes are not confirmed yet."


def _missing_rulings(facts: StoryFacts) -> Iterator[str]:
    """On whom nobody ruled; where several committees meet, which of their own did not."""
    dismissed = {each.person for each in facts.flags} - {each.person for each in facts.flags if not each.is_dismissed}
    for person in facts.people:
        by = {each.committee for each in facts.rulings if each.person == person.person}
        if not by and person.person not in dismissed:
            yield f"No ruling on {person.name} is recorded."
        elif by:
            yield from (f"No ruling of {one} on {person.name} is recorded." for one in person.sits_for if one not in by)


def _missing_in_the_room(facts: StoryFacts) -> Iterator[str]:
    spoke = {each.person for each in facts.spoken}
    for each in facts.people:
        if each.person not in spoke and not each.was_away:
            yield f"No declaration by {each.name} at this item is recorded."
    left = {move.person for move in facts.moves if not move.kind.is_in_the_meeting}
    back = {move.person for move in facts.moves if move.kind is PresenceKind.RETURNED}
    away = {each.person for each in facts.people if each.was_away}
    names = {each.person: each.name for each in facts.rulings}
    decided = {each.committee for each in facts.decisions if each.is_decision}
    sent_out = {
        each.person
        for each in facts.rulings
        if not each.is_replaced and not each.may_stay and (each.committee in decided or not each.may_discuss)
    } - away
    yield from (f"It is not recorded that {names[one]} left." for one in names if one in sent_out - left)
    yield from (f"It is not recorded that {names[one]} came back." for one in names if one in (sent_out & left) - back)
    if facts.is_settled:
        yield from (
            f"It is not recorded when {each.to_name} gave the chair back."
            for each in facts.chairs
            if not each.returned_at
        )
    if facts.asks_for_decision and not facts.quorums:
        yield "No quorum taken for this item is recorded."
    if facts.asks_for_decision and not facts.decisions:
        yield "No decision is recorded."
    elif facts.asks_for_decision and len(facts.rooms) > 1:
        settled = {each.committee for each in facts.decisions}
        yield from (
            f"No decision of {each.committee} is recorded." for each in facts.rooms if each.committee not in settled
        )
