"""The form for adding a paper, and the one for withdrawing it."""

from flask_wtf.file import FileField

from coi.meetings.papers.vocabulary import PaperDetails
from coi.web.forms import Form, Required, TextField


class PaperForm(Form):
    """A file and what it is called on the agenda."""

    title = TextField("Title of the paper", [Required("Enter the title of the paper")], limit=300)
    file = FileField("File", [Required("Select a file")])

    def describe(self, largest_mib: int) -> None:
        """Says what is taken in, up to which size."""
        self.file.description = f"PDF, Word, Excel, PowerPoint, PNG or JPG, smaller than {largest_mib} MB"

    def details(self) -> PaperDetails:
        return PaperDetails(title=self.title.data, file_name=self.file.data.filename)

    def content(self) -> bytes:
        """Returns the bytes of the file."""
        data: bytes = self.file.data.read()
        return data


class WithdrawForm(Form):
    """Nothing but the button."""
