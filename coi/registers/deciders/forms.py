"""The form on which somebody says who takes part in decisions."""

import uuid
from collections.abc import Iterable, Mapping

from coi.errors import RuleBroken
from coi.registers.deciders.queries import Said
from coi.registers.work_list import Line
from coi.web.fields import Option, SeveralField
from coi.web.forms import Form, Required
from coi.wording import day

YES, NO = "yes", "no"


class DecidersForm(Form):
    """Some of the people of the list, and which of two buttons was pressed for them."""

    people = SeveralField(
        "People", [Required("Select at least one person")], coerce=uuid.UUID, message="Select people of the list"
    )

    def decides(self, pressed: str | None) -> bool:
        """Returns whether it is said that they take part, by the button that was pressed. Raises RuleBroken where it was neither."""
        if pressed not in (YES, NO):
            raise RuleBroken("Say with one of the two buttons whether they take part in decisions", field="people")
        return pressed == YES

    def offer(self, lines: Iterable[Line], said: Mapping[uuid.UUID, Said]) -> None:
        """Takes the people of whom it may be said, each with why it is asked or what was said."""
        self.people.options = tuple(
            Option(line.person_id, line.name, ". ".join(filter(None, (", ".join(line.positions), _hint(said.get(line.person_id))))))
            for line in lines
        )  # fmt: skip


def _hint(said: Said | None) -> str:
    if said is None or said.row.answered_at is None:
        return said.row.because if said else ""
    does = "takes part in decisions" if said.decides else "takes no part in decisions"
    because = f" ({said.row.because})" if said.row.because else ""
    return f"{said.by} said on {day(said.row.answered_at.date())}: {does}{because}"
