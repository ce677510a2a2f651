"""Wording of flags, declarations at the meeting and rulings."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wtforms import BooleanField

from coi.meetings.conflicts.beforehand.vocabulary import ItemSaid
from coi.meetings.conflicts.beginnings import after_name, whose
from coi.meetings.conflicts.models import MeetingDeclaration
from coi.meetings.conflicts.rules import NO_DECLARATION, SAY_THE_GROUND
from coi.meetings.conflicts.spoken import OF_A_FELLOW
from coi.meetings.conflicts.vocabulary import GROUNDS, AnswerDetails, ItemFlag, RaisedDetails
from coi.meetings.models import AgendaItem
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails
from coi.meetings.timed_forms import SaidForm
from coi.meetings.vocabulary import DeclaredPoint, FlagAnswer, ItemState
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.vocabulary import ROLE_WORDS
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, SeveralField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField

POINTS = {
    DeclaredPoint.START: "At the start of the meeting",
    DeclaredPoint.ON_JOINING: "On joining late",
    DeclaredPoint.AT_ITEM: "When the item began",
    DeclaredPoint.DURING_ITEM: "During the item",
    DeclaredPoint.BEFORE_MEETING: "Before the meeting",
    DeclaredPoint.NOT_DECLARED: "They said nothing",
}
ANSWERS = {
    FlagAnswer.AGREE: "Yes, this is right",
    FlagAnswer.ENDED: "No, it has ended",
    FlagAnswer.LINK: "No, the link between these organisations is wrong or has ended",
    FlagAnswer.NOT_ME: "No, this is not me or not this organisation",
}
LINK_HINT = "Your own interest stays on the register. The secretary is asked to look at: "
NOTHING, NEW, FLAGGED, DECLARED_THERE = "nothing", "new", "flag:", "D"


class DismissForm(Form):
    """Why a flag is no conflict; of one about money, whether it is wrong, or how large the interest is."""

    ground = ChoiceField(
        "Is the flag right?", [Required(SAY_THE_GROUND)], options=options_of(GROUNDS), coerce=FlagAnswer
    )
    magnitude = TextField(
        "How large is the interest?",
        limit=300,
        description="For example: 12 of 4,000 shares, about £300 a year. The minutes say this.",
    )
    reason = LongTextField(
        "Why is this not a conflict?", [Required("Enter why this is not a conflict")], rows=3, limit=2000,
        description="It stays dismissed until the interest, the item or the rules change. Then it comes back and says what changed.",
    )  # fmt: skip
    guardian_consulted = BooleanField("The conflicts of interest Guardian was asked")

    def offer(self, flag: ItemFlag) -> None:
        """Asks of a flag about money alone what it is, and offers a wrong link only where the flag follows one."""
        if not flag.is_financial:
            del self.ground, self.magnitude
            return
        offered = {each: words for each, words in GROUNDS.items() if flag.links or each is not FlagAnswer.LINK}
        self.ground.options = options_of(offered)

    def size(self) -> dict[str, Any]:
        """Returns what it is, and how large the interest is where the flag is right."""
        if not self.ground:
            return {}
        is_right = self.ground.data is FlagAnswer.AGREE
        return {"ground": self.ground.data, "magnitude": (self.magnitude.data or "") if is_right else ""}


class ConfirmForm(Form):
    """A button."""


class RaiseForm(Form):
    """A conflict that nobody flagged."""

    person = PickField(
        "Who has the conflict?", [Required("Select who has the conflict")], coerce=uuid.UUID, blank="Select a person"
    )
    text = LongTextField(
        "What is the conflict?", [Required("Enter what the conflict is")], rows=3, limit=2000,
        description="These words may be printed in the minutes. Only the chair, the secretary and the Conflicts of Interest Guardian can "
        "see who told, and nobody who has a conflict on this item.",
    )  # fmt: skip

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        self.person.options = by_name(people)

    def details(self) -> RaisedDetails:
        return RaisedDetails(self.person.data, self.text.data)


class AnswerForm(Form):
    """What the person flagged says."""

    answer = ChoiceField(
        "Is this right?", [Required("Select whether this is right")], options=options_of(ANSWERS), coerce=FlagAnswer
    )
    since = DatePartsField("When did it end?", [Optional()], subject="The day on which it ended")
    text = LongTextField(
        "In your words", rows=3, limit=2000, subject="What you say",
        description="What is wrong with the link, why this is not you or not this organisation, or anything else that the chair should "
        "know.",
    )  # fmt: skip

    also = SeveralField("Give the same answer at (optional)", subject="The other items")

    def offer(self, flag: ItemFlag, others: Sequence[tuple[AgendaItem, ItemFlag]]) -> None:
        """Asks about a flag step by step: the person's own part, and the links between organisations where it follows any. Offers to answer
        the flags by the same interest at other items too, ticked where they follow the same steps and are not answered yet."""
        said = {
            FlagAnswer.ENDED: f"This has ended: {flag.own_part}",
            FlagAnswer.LINK: LINK_HINT + " → ".join(flag.links),
        }
        self.answer.options = tuple(
            Option(each, "No, my own part has ended" if each is FlagAnswer.ENDED and flag.links else words, said[each])
            if flag.links and each in said
            else Option(each, words)
            for each, words in ANSWERS.items()
            if flag.links or each is not FlagAnswer.LINK
        )
        self.also.options = tuple(
            Option(each.fingerprint, f"Item {item.position}: {item.title}", each.why) for item, each in others
        )
        if not self.is_submitted():
            same = (each for _, each in others if (each.own_part, each.links) == (flag.own_part, flag.links))
            self.also.data = [each.fingerprint for each in same if each.answer is None]

    def details(self) -> AnswerDetails:
        ended = self.answer.data is FlagAnswer.ENDED
        return AnswerDetails(self.answer.data, self.text.data or "", self.since.data if ended else None)


class DeclareForm(SaidForm):
    """What somebody declared at the meeting."""

    point = ChoiceField(
        "When was it declared?",
        [Required("Select when it was declared")],
        options=options_of(POINTS),
        coerce=DeclaredPoint,
    )
    interest = ChoiceField(
        "What was declared?", [Required("Select what was declared")], message="Select what was declared"
    )
    text = LongTextField(
        "In their words (optional for what is on the register)",
        rows=3,
        limit=2000,
        subject="What was declared",
    )
    about = PickField("Which item is it about?", coerce=uuid.UUID, blank="No item in particular")
    also = SeveralField(
        "Does it concern anything else that is flagged? (optional)",
        description="What is not ticked counts as not declared.",
    )
    corrects = PickField("Does this correct an earlier entry? (optional)", coerce=uuid.UUID, blank="No, it is new")
    is_so = BooleanField("It was so, although they are recorded as out of the room then")

    def offer(
        self, flags: Sequence[ItemFlag], interests: Sequence[InterestVersion], earlier: Sequence[MeetingDeclaration],
        declare_days: int,
    ) -> None:  # fmt: skip
        """Offers by what the person is flagged at the item, what else is on the register for them, something new (to be declared within
        `declare_days`), and nothing; and to correct an `earlier` entry."""
        by_id = {each.interest_id: each for each in interests}
        asked = [flag for flag in flags if flag.level not in (NO_DECLARATION, DECLARED_THERE)]
        self._flags = {
            str(flag.interest_id) if _names_interest(flag) else f"{FLAGGED}{flag.fingerprint}": flag for flag in asked
        }
        flagged = [Option(key, _flagged_words(flag, by_id), flag.why) for key, flag in self._flags.items()]
        known = [
            Option(str(each.interest_id), words_of(each), "On the register")
            for each in interests
            if str(each.interest_id) not in self._flags
        ]
        more = (
            Option(NEW, "Something that is not on the register", f"It has to be declared within {declare_days} days"),
            Option(NOTHING, "Nothing to declare"),
        )
        self.interest.options = (*flagged, *known, *more)
        several = flagged if len(flagged) > 1 else ()
        self.also.options = tuple(Option(each.value, each.label) for each in several)
        self.corrects.options = tuple(Option(row.id, _entry_words(row)) for row in earlier)

    def offer_items(self, item: AgendaItem | None, items: Sequence[AgendaItem]) -> None:
        """Asks which of the `items` it is about, the one that is open first of all; not where the page is about one `item`."""
        if item is not None:
            del self.about
            return
        listed = [each for each in items if each.standing is None]
        self.about.options = tuple(Option(each.id, f"Item {each.position}: {each.title}") for each in listed)
        begun = [each.id for each in listed if each.state is ItemState.OPEN]
        if len(begun) == 1 and not self.is_submitted():
            self.about.data, self.point.data = begun[0], DeclaredPoint.DURING_ITEM

    def item_of(self, item: AgendaItem | None, items: Sequence[AgendaItem]) -> AgendaItem | None:
        """Returns the `item` of the page, else the one that was picked."""
        return item or next((each for each in items if each.id == self.about.data), None)

    def details(self, person_id: uuid.UUID, item_id: uuid.UUID | None, at: datetime) -> MeetingDeclarationDetails:
        chosen, flag = self.interest.data, self._flags.get(self.interest.data)
        silent = self.point.data is DeclaredPoint.NOT_DECLARED
        meant = [*([flag] if flag else []), *(self._flags[each] for each in self.also.data or ())]
        interest_id = None
        if flag is None and chosen not in (NEW, NOTHING):
            interest_id = uuid.UUID(chosen)
        elif flag is not None and _names_interest(flag):
            interest_id = flag.interest_id
        return MeetingDeclarationDetails(
            person_id=person_id, point=self.point.data, text=self.text.data or "", item_id=item_id,
            interest_id=interest_id, at=None if silent else at, has_nothing=chosen == NOTHING,
            concerns=() if chosen == NOTHING else tuple(dict.fromkeys(each.fingerprint for each in meant)),
            is_new=chosen == NEW and not silent, corrects_id=self.corrects.data,
            when=None if silent else self.when, is_so=bool(self.is_so.data),
        )  # fmt: skip


def _names_interest(flag: ItemFlag) -> bool:
    """Whether a flag is of an interest of the person's own on the register, and not of what it leads to."""
    return flag.interest_id is not None and OF_A_FELLOW not in flag.rule_ids


def _flagged_words(flag: ItemFlag, interests: Mapping[uuid.UUID, InterestVersion]) -> str:
    """What a person is flagged by, in a line: the interest, or what the path says after their name."""
    version = interests.get(flag.interest_id) if flag.interest_id and _names_interest(flag) else None
    if version is None:
        return f"Flagged: {' → '.join(after_name(flag.path, flag.name)[:-1]) or flag.level_words}"
    by_way_of = whose(flag.path, flag.name)
    return f"Flagged: {f'{by_way_of} → ' if by_way_of else ''}{words_of(version)}"


def _entry_words(row: MeetingDeclaration) -> str:
    return f"{POINTS[row.point]}: {row.text}"


def words_of(version: InterestVersion) -> str:
    """Returns an interest in a line: the role and the organisations, or the nature."""
    named = " and ".join(row.text for row in version.organisations)
    return f"{ROLE_WORDS[version.role]}: {named}" if named else version.nature


def as_said(said: Sequence[tuple[AgendaItem, ItemSaid]], known: Sequence[InterestVersion]) -> dict[str, str]:
    """Returns with what the declaration of somebody begins who said one thing before the meeting. It is declared there all the same."""
    found = {(each.interest_id, each.text) for _, each in said}
    if len(found) != 1:
        return {}
    interest_id, text = found.pop()
    on_register = interest_id in {each.interest_id for each in known}
    return {"interest": str(interest_id) if on_register else NEW, "text": text}


def by_name(people: Mapping[uuid.UUID, str]) -> tuple[Option, ...]:
    """Returns people as options, by name."""
    return tuple(Option(person, name) for person, name in sorted(people.items(), key=lambda pair: pair[1]))
