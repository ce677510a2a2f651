"""Forms of the questions: the list, which of its questions to ask, why one is withdrawn, the answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf.file import FileField

from coi.errors import RuleBroken
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.vocabulary import ANSWER_WORDS, Answer, AnswerDetails, Source
from coi.web.fields import ChoiceField, Option, SeveralField, options_of
from coi.web.forms import Form, LongTextField, Required, TextField
from coi.web.time_fields import DatePartsField

WHAT_WORDS = "For example “Officers of companies in our area, Companies House”. The people you ask read this"


class ListForm(Form):
    """A public list, what it is, and its day."""

    file = FileField(
        "The list", [Required("Select a file")],
        description="An Excel workbook (.xlsx), a CSV file or JSON, smaller than 5 MB",
    )  # fmt: skip
    name = TextField("What is it?", [Required("Enter what the list is")], limit=120, description=WHAT_WORDS)
    on = DatePartsField(
        "On which day did you download it?", [Required("Enter the day you downloaded it")], subject="The day you downloaded it"
    )  # fmt: skip

    def source(self, today: date) -> Source:
        """Returns what the people who are asked read about the list. Raises RuleBroken for a day to come."""
        if self.on.data > today:
            raise RuleBroken("The day you downloaded it must be today or in the past", field="on")
        return Source(self.name.data, self.on.data)


class ChooseForm(Form):
    """Which questions to ask, or to set aside."""

    pick = SeveralField(
        "Questions", [Required("Select at least one question")],
        message="The list has changed. Look at it again, and select questions of this list",
    )  # fmt: skip

    def offer(self, keys: Iterable[str]) -> None:
        """Takes the questions that can be asked, by their keys."""
        self.pick.options = tuple(Option(each, each) for each in keys)


class PressForm(Form):
    """Nothing to fill in."""


class WithdrawForm(Form):
    """Why a question is taken back."""

    because = TextField(
        "Why is it withdrawn?", [Required("Enter why it is withdrawn")], limit=300,
        description="For example: asked the wrong person. Only those who keep the registers read it",
    )  # fmt: skip


class EraseForm(Form):
    """Why what was asked of people who left is erased."""

    because = TextField(
        "Why is it erased?", [Required("Enter why it is erased")], limit=300,
        description="For example: they left the board. The reason is kept",
    )  # fmt: skip


class AnswerForm(Form):
    """What a member answers."""

    answer = ChoiceField("Your answer", [Required("Select an answer")], coerce=Answer)
    ended_on = DatePartsField("When did it end?", subject="The date it ended", description="For example, 31 3 2026")
    words = LongTextField(
        "Where is it declared, or why does it not need to be?", limit=1000, rows=3, subject="What you write",
        description="Those who keep the register read this. It is not published",
    )  # fmt: skip

    @classmethod
    def of(cls, question: MemberQuestion) -> "AnswerForm":
        """Returns the form for a question, with what was answered before, or the day of the end that is known."""
        form = cls(answer=question.answer, words=question.answer_words, ended_on=question.ended_on or question.until)
        form.answer.options = options_of(ANSWER_WORDS[question.kind])
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """What stands in the boxes of another answer does not matter."""
        is_right = bool(super().validate(extra_validators))
        if self.answer.data is not Answer.ENDED and self.ended_on.errors:
            self.ended_on.errors = ()
            is_right = not (self.answer.errors or self.words.errors)
        return is_right

    @property
    def _ended(self) -> date | None:
        return self.ended_on.data if self.answer.data is Answer.ENDED else None

    def details(self) -> AnswerDetails:
        """Returns the answer."""
        words = self.words.data if self.answer.data is Answer.NOTHING_NEW else ""
        return AnswerDetails(self.answer.data, words or "", self._ended)
