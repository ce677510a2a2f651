"""The form for adding a paper, and the one for withdrawing it."""

import os
import uuid
from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from coi.files.vocabulary import MIB
from coi.meetings.papers.vocabulary import PaperDetails
from coi.web.fields import Option, PickField
from coi.web.forms import Form, Required, TextField


class PaperForm(Form):
    """A file and what it is called on the agenda."""

    title = TextField("Title of the paper", [Required("Enter the title of the paper")], limit=300)
    author = PickField(
        "Who wrote it? (optional)", coerce=uuid.UUID, blank="Not said",
        description="If an interest of theirs reaches the item, the chair sees that they wrote the paper",
    )  # fmt: skip
    file = FileField("File", [Required("Select a file")])

    largest_mib = 30

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        """Lists whom to choose from, by what tells them apart."""
        self.author.options = tuple(Option(person, name) for person, name in people.items())

    def validate_file(self, field: Any) -> None:
        """Says that a file is too large before any of it is read, so that what was typed stays."""
        size = field.data.stream.seek(0, os.SEEK_END) if field.data else 0
        if size >= self.largest_mib * MIB:
            raise ValidationError(f"The selected file must be smaller than {self.largest_mib} MB. Select a smaller one")
        if field.data:
            field.data.stream.seek(0)

    def describe(self, largest_mib: int) -> None:
        """Says what is taken in, up to which size."""
        self.largest_mib = largest_mib
        self.file.description = f"PDF, Word, Excel, PowerPoint, PNG or JPG, smaller than {largest_mib} MB"

    def details(self) -> PaperDetails:
        return PaperDetails(self.title.data, self.file.data.filename, self.author.data or None)

    def content(self) -> bytes:
        """Returns the bytes of the file."""
        data: bytes = self.file.data.read()
        return data


class WithdrawForm(Form):
    """Nothing but the button."""
