"""Wording of what is asked before a meeting."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from coi.meetings.conflicts.beforehand.rules import HAS, TEXT, WHICH
from coi.meetings.conflicts.beforehand.vocabulary import NEW, ItemSaid, Said, SaidDetails
from coi.meetings.conflicts.forms import words_of
from coi.meetings.conflicts.voices.vocabulary import Answer
from coi.meetings.models import AgendaItem
from coi.registers.interests.models import InterestVersion
from coi.web.fields import ChoiceField, Option, PickField, options_of
from coi.web.forms import Form, LongTextField, Required, TextField

RIGHT, CHANGED, YES, NO = "right", "changed", "yes", "no"
COMING = {
    Answer.COMING: "Yes",
    Answer.REMOTE: "Yes, by video or phone",
    Answer.APOLOGIES: "No, I send my apologies",
}


class AskForm(Form):
    """A button."""


class SayForm(Form):
    """Whether somebody comes, whether the register is right, and of each item whether there is an interest in it."""

    coming = ChoiceField(
        "Will you come?", [Required("Select whether you will come")], options=options_of(COMING), coerce=Answer
    )
    deputy = TextField(
        "Who would come in your place? (optional)", limit=200,
        description="The secretary asks them. Their interests and yours are compared with the items",
    )  # fmt: skip

    register = ChoiceField(
        "Is this still right and complete?", [Required("Select whether the register is right about you")],
        options=(Option(RIGHT, "Yes, it is right"), Option(CHANGED, "No, something has changed")),
    )  # fmt: skip
    register_text = LongTextField("What has changed?", rows=3, limit=2000, subject="What has changed")
    shown: ClassVar[tuple[AgendaItem, ...]] = ()

    @classmethod
    def about(
        cls,
        items: Sequence[AgendaItem],
        interests: Iterable[InterestVersion],
        said: Said | None,
        coming: Answer | None = None,
    ) -> "SayForm":
        """Returns the form with three fields for each item, filled with what was said before; `coming` is what is recorded of whether
        they come."""
        options = [Option(str(each.interest_id), words_of(each)) for each in interests]
        options.append(Option(NEW, "A gift or hospitality, or something that is not on the register"))
        fields: dict[str, Any] = {}
        values: dict[str, Any] = {"coming": coming, "deputy": said.deputy if said else ""}
        for item in items:
            fields |= _fields_of(item, tuple(options))
            if said is not None and item.id in said.items:
                values |= _values_of(said.items[item.id])
        if said is not None:
            values |= {"register": RIGHT if said.is_register_right else CHANGED, "register_text": said.register_text}
        made = type("ItemsSayForm", (cls,), {**fields, "shown": tuple(items)})
        form: SayForm = made(**values)
        return form

    def details(self) -> SaidDetails:
        is_right = self.register.data == RIGHT
        return SaidDetails(
            is_right, "" if is_right else self.register_text.data or "", tuple(map(self._said, self.shown)),
            self.coming.data, (self.deputy.data or "") if self.deputy else "",
        )  # fmt: skip

    def _said(self, item: AgendaItem) -> ItemSaid:
        if self[f"{HAS}{item.id.hex}"].data != YES:
            return ItemSaid(item.id, False)
        which = self[f"{WHICH}{item.id.hex}"].data
        interest_id = uuid.UUID(which) if which and which != NEW else None
        return ItemSaid(item.id, True, interest_id, self[f"{TEXT}{item.id.hex}"].data or "")


def _fields_of(item: AgendaItem, options: tuple[Option, ...]) -> dict[str, Any]:
    number = f"item {item.position}"
    return {
        f"{HAS}{item.id.hex}": ChoiceField(
            f"{item.position}. {item.title}", [Required(f"Select whether you have an interest in {number}")],
            options=(Option(NO, "I have no interest in it"), Option(YES, "I have an interest in it")),
        ),
        f"{WHICH}{item.id.hex}": PickField(
            "Which interest?", options=options, blank="Select an interest", message="Select an interest from the list"
        ),
        f"{TEXT}{item.id.hex}": LongTextField(
            "In your words", rows=2, limit=2000, subject=f"What you say on {number}",
            description="Needed for a gift or hospitality, and for what is not on the register.",
        ),
    }  # fmt: skip


def _values_of(said: ItemSaid) -> dict[str, Any]:
    which = (str(said.interest_id) if said.interest_id else NEW) if said.has_interest else None
    return {
        f"{HAS}{said.item_id.hex}": YES if said.has_interest else NO, f"{WHICH}{said.item_id.hex}": which,
        f"{TEXT}{said.item_id.hex}": said.text,
    }  # fmt: skip
