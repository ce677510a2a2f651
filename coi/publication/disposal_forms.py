"""Forms of disposal: which records, and why."""

import uuid
from collections.abc import Iterable

from wtforms import HiddenField

from coi.registers.disposal.vocabulary import DueRecord
from coi.registers.vocabulary import RegisterKind
from coi.web.fields import Option, SeveralField
from coi.web.forms import Form, LongTextField, Required
from coi.wording import day

_NOUNS = {
    RegisterKind.INTERESTS: "Interest",
    RegisterKind.GIFTS: "Gift or hospitality",
    RegisterKind.PROCUREMENT: "Procurement decision",
    RegisterKind.BREACHES: "Breach",
}
_OVER = {
    RegisterKind.GIFTS: "Over on",
    RegisterKind.PROCUREMENT: "The contract ended, or the decision was made, on",
    RegisterKind.BREACHES: "Closed on",
}


class ChooseForm(Form):
    """Which of the records that are due."""

    records = SeveralField(
        "What do you want to dispose of?", [Required("Select at least one record")], coerce=uuid.UUID,
        message="Some of them are not due any more. Look at the list again",
    )  # fmt: skip

    def offer(self, due: Iterable[DueRecord]) -> None:
        """Takes the records that the reader may dispose of."""
        self.records.options = tuple(
            Option(
                each.id,
                f"{_NOUNS[each.register]} {each.reference}{', ' if each.name else ''}{each.name}",
                words_of(each),
            )
            for each in due
            if not each.is_own
        )


class DisposeForm(Form):
    """Why they are disposed of."""

    reason = LongTextField(
        "Why are they disposed of?", [Required("Enter why they are disposed of")], limit=1000, rows=3,
        description="For example, “Yearly review of the records, nobody asked for them to be kept”. The reason is kept",
    )  # fmt: skip
    announced = HiddenField()

    def seen_files(self) -> list[str]:
        """The ids of the files of which the page said that they go too."""
        return (self.announced.data or "").split()

    def announce(self, files: Iterable[uuid.UUID]) -> None:
        """Takes the ids of the files that go too."""
        self.announced.data = " ".join(map(str, files))


def words_of(due: DueRecord) -> str:
    """Returns why a record is due, and since when."""
    if due.register in _OVER:
        ended = f"{_OVER[due.register]} {day(due.ended_on)}"
    else:
        ended = f"Its holder left on {day(due.ended_on)}" if due.is_end_of_post else f"Ended on {day(due.ended_on)}"
    return f"{ended}. {due.why}. Due since {day(due.since)}"
