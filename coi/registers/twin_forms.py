"""The form that sends a declaration, and says of what looks the same as an entry that it is another one."""

from collections.abc import Sequence

from wtforms import BooleanField

from coi.registers.twins import Twin
from coi.web.forms import Form


class CheckForm(Form):
    """Sends the answers. The box stands there only where something looks the same."""

    is_another = BooleanField("It is not the same. Put it on the register as well")

    def ask_of(self, twins: Sequence[Twin]) -> None:
        """Says how many entries the box is about."""
        if len(twins) > 1:
            self.is_another.label.text = f"None of these {len(twins)} is the same. Put them on the register as well"
        elif twins and twins[0].number:
            self.is_another.label.text = f"Interest {twins[0].number} is not the same. Put it on the register as well"
