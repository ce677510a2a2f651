"""The question whether there is a reason not to publish, of every register on which people declare."""

from collections.abc import Mapping
from typing import Any

from coi.web.fields import YesNoField
from coi.web.forms import Form, LongTextField, Required

REASON_HINT = "Say what harm or distress could follow, to whom. Only the Conflicts of Interest Guardian reads this"


class PrivacyFields(Form):
    """Whether there is a reason and which; the register's own form adds `parts`, its columns to choose from. Rule: REG-06."""

    has_reason = YesNoField(
        "Is there a reason not to publish this?", [Required("Select yes if there is a reason not to publish this")],
        hints={False: "This is the usual answer"},
    )  # fmt: skip
    reason = LongTextField("What is the reason?", limit=2000, rows=4, subject="The reason", description=REASON_HINT)

    def validate(self, extra_validators: Any = None) -> bool:
        """Asks for the reason where there is said to be one."""
        is_right = bool(super().validate(extra_validators))
        if self.has_reason.data and not self.reason.data:
            self.reason.errors = [*self.reason.errors, "Enter the reason not to publish this"]
            return False
        return is_right

    def answers(self) -> Mapping[str, Any]:
        """Returns what a sitting keeps of it."""
        return {
            "keep_private_because": self.reason.data if self.has_reason.data else "",
            "keep_private_fields": " ".join(self.parts.data or ()) if self.has_reason.data else "",
        }
