"""Wording and shape of what a scrutineer enters: which entries to see, an old checkpoint to check against."""

from coi.assurance.events import KIND_WORDS, Kind
from coi.web.fields import DatePartsField, PickField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required


class FilterForm(Form):
    """Which entries of the ledger to show. It stands in the address of the page, so it changes nothing and needs no token."""

    on = DatePartsField("Day", [Optional()], subject="The day")
    kind = PickField(
        "About",
        [Optional()],
        options=options_of(KIND_WORDS),
        coerce=Kind,
        blank="Everything",
        message="Select what the entries are about",
    )


class CheckForm(Form):
    """An old checkpoint to hold the ledger against."""

    note = LongTextField(
        "The checkpoint that you kept", [Required("Paste the checkpoint that you kept")], limit=20_000, rows=6,
        description="All of its lines, from the name of the ledger to the line that begins with a dash.",
    )  # fmt: skip

    def as_bytes(self) -> bytes:
        """Returns the note as it was signed: white space at the ends of lines is lost when text is copied, and the last line end
        with it."""
        lines = [line.rstrip() for line in (self.note.data or "").split("\n")]
        return ("\n".join(lines) + "\n").encode()
