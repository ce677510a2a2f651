"""Pure: composes the chair’s briefing as one page of A4. Where it would be longer it is shortened by rule, and says where the rest is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coi.documents.one_page import fits_on_one_page
from coi.documents.vocabulary import Block, BulletList, Document, Heading, KeyValues, Paragraph, Run, paragraph
from coi.meetings.conflicts.pictures.briefing_vocabulary import BriefingFacts, Concerned, ItemBrief, Lost, Named
from coi.meetings.conflicts.pictures.numbering import each_once, items_named, numbers_told
from coi.wording import and_list, clock_time, day

MINUTED = (
    "who has the interest; its nature and size, and why it is a conflict; the item; what was ruled, by whom and why; "
    "and when the person left and came back, or that they stayed."
)
"""The five elements. Rule: MIN-01; RULEBOOK §15."""
BESIDES = (
    "Also: who presides in place of the chair, from when to when; the quorum at the opening and at each decision; whoever leaves, for "
    "whatever reason."
)
BESIDES_TERSELY = "Also: who presides in place of the chair; the quorum at each decision; whoever leaves."
"""Source: RULEBOOK §10.2, §10.3, §10.6."""


WORDS_ONLY = "compared by these words only, so a flag may be missing"


@dataclass(frozen=True)
class Brevity:
    """How far a briefing is shortened. `bare`: what flags rest on is left out. `dense`: it is set smaller. `terse`: what goes well is
    said once for all items, and reasons stay on the agenda. `title` bounds the letters of a title, `sentence` those of a sentence,
    `lists` a list of what is no person, `items` the rows, `names` a list of people; None: as long as it is."""

    bare: bool = False
    dense: bool = False
    folds_weak: bool = False
    shorter_names: bool = False
    terse: bool = False
    names: int | None = None
    title: int | None = None
    sentence: int | None = None
    lists: int | None = None
    items: int | None = None

    def called(self, who: Named) -> str:
        return cut(who.short if self.shorter_names else who.full, self.title)

    def listed(self, words: Sequence[str]) -> str:
        if self.names is None or len(words) <= self.names:
            return and_list(words)
        return and_list([*words[: self.names], f"{len(words) - self.names} more"])

    def some(self, words: Sequence[str]) -> str:
        """Of a list that names nobody."""
        return replace(self, names=self.lists).listed(words)

    def leaves_out(self, each: Concerned) -> bool:
        return self.folds_weak and each.is_weak


_STEPS = (
    Brevity(),
    Brevity(bare=True),
    Brevity(bare=True, folds_weak=True),
    Brevity(bare=True, folds_weak=True, shorter_names=True),
    Brevity(bare=True, dense=True, folds_weak=True, shorter_names=True),
    Brevity(bare=True, dense=True, folds_weak=True, shorter_names=True, terse=True),
    Brevity(bare=True, dense=True, folds_weak=True, shorter_names=True, terse=True, title=60, sentence=160, lists=8),
    Brevity(bare=True, dense=True, folds_weak=True, shorter_names=True, terse=True, title=40, sentence=100, lists=4),
    Brevity(bare=True, dense=True, folds_weak=True, shorter_names=True, terse=True, title=28, sentence=100, lists=2),
)
"""Each step is shorter than the one before, and each names everybody who goes and who presides. Past the last, items are left out from
the end of the agenda, and only where not one fits are people left out."""


def whole_briefing(facts: BriefingFacts) -> Document:
    """Returns the briefing in full, for where no paper bounds it."""
    return _composed(facts, Brevity())


def briefing(facts: BriefingFacts) -> Document:
    """Returns the briefing, as long as one page of A4 allows. Source: USERS W21; RULEBOOK §10.1, §10.2, §10.6, §15."""
    for step in _STEPS:
        if fits_on_one_page(found := _composed(facts, step)):
            return found
    shortest = _STEPS[-1]
    for step in (shortest, replace(shortest, names=4)):
        for number in range(len(facts.items) - 1, 0, -1):
            if fits_on_one_page(found := _composed(facts, replace(step, items=number))):
                return found
    return _composed(facts, replace(shortest, names=1, lists=1, sentence=40, items=0))


def cut(text: str, letters: int | None) -> str:
    """Returns a text that has at most so many letters, cut off after a word."""
    whole = " ".join(text.split())
    if letters is None or len(whole) <= letters:
        return whole
    kept = whole[: letters - 1]
    return f"{(kept.rpartition(' ')[0] or kept).rstrip(' ,;.')} …"


def _composed(facts: BriefingFacts, brevity: Brevity) -> Document:
    title = f"Chair’s briefing, {day(facts.held_on)}"
    place = f", {cut(facts.venue, brevity.title)}" if facts.venue else ""
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        paragraph(
            f"For whoever presides and for the secretary, not for publication. {cut(facts.meeting, brevity.title)}, "
            f"{clock_time(facts.starts_at)}{place}"
        ),
        Heading(2, "Say at the start"),
        BulletList(tuple(_said_at_the_start(facts, brevity))),
        Heading(2, "Item by item"),
        *_items(facts, brevity),
        Heading(2, "Still open"),
        BulletList(tuple(_open(facts, brevity)) or ("Nothing.",)),
        Heading(2, "Have minuted"),
        Paragraph((Run("For each conflict: ", True), Run(MINUTED))),
        paragraph(BESIDES_TERSELY if brevity.terse else BESIDES),
    )
    return Document(title, facts.body, blocks, subject=f"Briefing for {facts.reference}", is_dense=brevity.dense)


def _said_at_the_start(facts: BriefingFacts, brevity: Brevity) -> Iterator[str]:
    yield from (f"Quorum: {cut(each, brevity.sentence)}" for each in facts.quorum_rules[: brevity.lists])
    yield from (cut(each, brevity.sentence) for each in facts.expectations[: brevity.lists])
    yield "Ask everybody, visitors too, to declare: any interest in an item, also one on the register, and any gift or hospitality."
    likely = [
        f"{brevity.called(who)} ({numbers_told(numbers)})"
        for who, numbers in _who(facts.items, lambda each: each.declares and not brevity.leaves_out(each)).items()
    ]
    yield f"Likely to declare: {brevity.listed(likely)}." if likely else "Nobody is likely to declare, by the register."
    chairs = (
        f"{brevity.listed(facts.chairs)} {'is' if len(facts.chairs) == 1 else 'are'} in the chair"
        if facts.chairs
        else ""
    )
    if others := each_once(each.number for each in facts.items if each.presides):
        yield f"{chairs or 'The chair is vacant'}; not for {items_named(others)}: say so when it is reached."
    elif chairs:
        yield f"{chairs} for every item."


def _who(items: Iterable[ItemBrief], asks: Callable[[Concerned], bool]) -> dict[Named, list[int]]:
    """People with the numbers of the items on which something is so of them."""
    found: dict[Named, list[int]] = {}
    for item in items:
        for each in item.people:
            if asks(each) and item.number not in found.setdefault(each.who, []):
                found[each.who].append(item.number)
    return {who: numbers for who, numbers in found.items() if numbers}


def _items(facts: BriefingFacts, brevity: Brevity) -> Iterator[Block]:
    telling = [each for each in facts.items if _tells(each, brevity)]
    shown = telling if brevity.items is None else telling[: brevity.items]
    if shown:
        yield KeyValues(tuple((_called(each, brevity), _told(each, brevity)) for each in shown))
    if rest := each_once(each.number for each in telling[len(shown) :]):
        yield paragraph(f"See the agenda for the rest: {items_named(rest)}.", bold=True)
    if said := " ".join(_of_the_others(facts, telling, brevity)):
        yield paragraph(said)
    if facts.withheld:
        yield paragraph(f"Because of a ruling on your interest, nothing is said here of {items_named(facts.withheld)}.")
    if not facts.items and not facts.withheld:
        yield paragraph("Nothing is on the agenda yet besides the standing items.")


def _of_the_others(facts: BriefingFacts, telling: Sequence[ItemBrief], brevity: Brevity) -> Iterator[str]:
    """What is said once of several items: the quorum where it was not said of each, and where there is nothing else to say."""
    quiet = [each for each in facts.items if each not in telling]
    if weak := each_once(each.number for each in quiet if not each.is_quiet):
        yield f"Weak flags alone: {items_named(weak)}."
    if none := each_once(each.number for each in quiet if each.is_quiet and not each.is_unscreened):
        yield f"No flags: {items_named(none)}."
        if facts.searched and not brevity.terse:
            yield facts.searched
    rules = dict.fromkeys(rule for item in telling for each in item.people for rule in each.rules)
    if rules and not brevity.bare:
        yield f"The flags rest on {'rule' if len(rules) == 1 else 'the rules'} {and_list(rules)}."
    if brevity.terse and (paused := each_once(each.number for each in facts.items if each.pause)):
        yield f"So many would withdraw that whoever presides decides whether the discussion goes on: {items_named(paused)}."
    if brevity.terse and any(each.quorum for each in facts.items):
        lost = any(each.is_inquorate for each in facts.items)
        that = "that was screened " if any(each.is_unscreened for each in facts.items) else ""
        yield f"Every {'other ' if lost else ''}item {that}keeps its quorum if this is followed."


def _tells(item: ItemBrief, brevity: Brevity) -> bool:
    """Whether an item gets a row of its own."""
    people = any(each.dismissed or not (each.is_dismissed or brevity.leaves_out(each)) for each in item.people)
    return people or bool(item.presides or item.unmatched or item.lost or item.to_settle) or item.is_inquorate


def _called(item: ItemBrief, brevity: Brevity) -> str:
    committee = f" ({cut(item.committee, brevity.title)})" if item.committee else ""
    return f"{item.number}. {cut(item.title, brevity.title)}{committee}"


def _told(item: ItemBrief, brevity: Brevity) -> str:
    """Who does what, those who do the same together: "Leaves: A and B (ruled); C (not ruled)."; who presides, if not the chair; the quorum
    then, and the clinical voice if that is lost."""
    told = [each for each in item.people if not each.is_dismissed]
    groups: dict[str, dict[str, list[str]]] = {}
    for each in told:
        if not brevity.leaves_out(each):
            groups.setdefault(each.word, {}).setdefault(each.state, []).append(brevity.called(each.who))
    said = []
    for word, states in groups.items():
        who = "; ".join(f"{brevity.listed(names)} ({state})" for state, names in states.items())
        said.append(f"{word[:1].upper()}{word[1:]}: {who}.")
    if weak := sum(brevity.leaves_out(each) for each in told):
        said.append(f"{weak} weak flag{'s' if weak > 1 else ''}.")
    if not brevity.bare:
        said.append(_running(told))
    said += [_dismissed(each, brevity) for each in item.people if each.dismissed]
    said += [_lost(each, brevity) for each in item.lost]
    if item.unmatched:
        said.append(f"{brevity.some([f'“{cut(text, brevity.title)}”' for text in item.unmatched])}: {WORDS_ONLY}.")
    if item.to_settle:
        open_too = [f"{brevity.called(who)} (“{cut(text, brevity.title)}”)" for who, text in item.to_settle]
        said.append(f"Not settled whom the words mean of {brevity.listed(open_too)}: a flag may follow.")
    said.append(item.presides_tersely if brevity.terse else item.presides)
    return " ".join(
        each for each in (*said, *(cut(each, brevity.sentence) for each in _besides(item, brevity))) if each
    )


def _besides(item: ItemBrief, brevity: Brevity) -> tuple[str, ...]:
    """What it comes to: that most would withdraw, the quorum, the clinical voice; tersely what is lost alone."""
    if not brevity.terse:
        return (item.pause, item.quorum, item.voice)
    return (item.quorum if item.is_inquorate else "", f"{item.voice.partition('.')[0]}." if item.voice else "")


def _running(people: Iterable[Concerned]) -> str:
    """Since when the interests run, those of one day together. Source: RULEBOOK §24 rule 1."""
    found: dict[str, list[str]] = {}
    for each in people:
        if each.runs:
            found.setdefault(each.runs, []).append(f"{each.who.short} ({each.whose})" if each.whose else each.who.short)
    return f"Interest: {'; '.join(f'{and_list(names)} {words}' for words, names in found.items())}." if found else ""


def _dismissed(each: Concerned, brevity: Brevity) -> str:
    """Whose flag was dismissed, by whom and why: whoever presides hears the interest declared all the same."""
    said = (f"{flag.level}. {cut(flag.said, brevity.sentence)}" for flag in each.dismissed)
    return f"No conflict: {brevity.called(each.who)}, {' '.join(said)}"


def _lost(each: Lost, brevity: Brevity) -> str:
    """Whose flag is reached no more and why, for whoever presides to see. Rule: MTG-02; RULEBOOK §24 rule 2."""
    path = "" if brevity.bare else f" ({each.path})"
    return f"For you to see: {brevity.called(each.who)}{path}. {cut(each.because, brevity.sentence)}"


def _open(facts: BriefingFacts, brevity: Brevity) -> Iterator[str]:
    """What is open: rulings by item, since the items name the people; whoever has to say something by name."""
    for words, asks in (
        ("No ruling yet", lambda each: each.awaits_ruling),
        ("Rulings written down, and not confirmed", lambda each: each.awaits_confirmation),
    ):
        found = _who(facts.items, asks)
        if found:
            numbers = sorted({number for numbers in found.values() for number in numbers})
            yield f"{words}: {items_named(numbers)} ({len(found)} {'person' if len(found) == 1 else 'people'})."
    if lost := each_once(each.number for each in facts.items if each.lost):
        many = len({(item.number, each) for item in facts.items for each in item.lost})
        yield f"No longer reached, and not seen by whoever presides: {items_named(lost)} ({many} {'flag' if many == 1 else 'flags'})."
    if silent := _who(facts.items, lambda each: each.is_unanswered and not brevity.leaves_out(each)):
        yield f"Not said yet whether a flag is right: {brevity.listed([brevity.called(who) for who in silent])}."
    if unscreened := each_once(each.number for each in facts.items if each.is_unscreened):
        yield f"Not screened, because no organisation is named: {items_named(unscreened)}."
    if asked := each_once(each.number for each in facts.items if each.to_settle):
        yield f"Not settled whom words mean, so a flag may follow: {items_named(asked)}."
    loose: dict[str, list[int]] = {}
    for item in facts.items:
        for text in item.unmatched:
            loose.setdefault(text, []).append(item.number)
    if loose:
        names = [
            f"“{cut(text, brevity.title)}” ({numbers_told(each_once(numbers))})" for text, numbers in loose.items()
        ]
        yield f"Not matched, {WORDS_ONLY}: {brevity.some(names)}."
    if facts.unanswered_invitations:
        yield f"Not heard whether they come: {brevity.listed([brevity.called(each) for each in facts.unanswered_invitations])}."
