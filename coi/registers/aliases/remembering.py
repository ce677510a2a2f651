"""The box with which whoever matches words lets them be remembered."""

from wtforms import BooleanField

from coi.registers.aliases.rules import is_name
from coi.web.forms import Form


class RememberingForm(Form):
    """A form that says what some words mean, and whether to remember it."""

    remember = BooleanField(
        "Remember this for next time", description="These words then always mean this organisation here"
    )

    def only_for(self, text: str) -> None:
        """Takes the box away where the words are no name, such as a whole sentence."""
        if not is_name(text):
            del self.remember

    def forget_remembering(self) -> None:
        """Unticks the box: the page is about other words now."""
        if "remember" in self:
            self.remember.data = False

    @property
    def remembers(self) -> bool:
        """Whether the words are to mean the same from now on."""
        return "remember" in self and bool(self.remember.data)
