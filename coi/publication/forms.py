"""Forms of publishing: the day to look at, and the check before an edition is published."""

from wtforms import BooleanField

from coi.web.forms import Form, LongTextField


class PublishForm(Form):
    """Publishes what the page shows."""

    note = LongTextField(
        "Note for readers (optional)", limit=500, rows=2, subject="The note",
        description="For example: “Reviewed by the audit committee in November.” Everybody can read it",
    )  # fmt: skip
    nothing_changed = BooleanField("Publish it again with today’s date, although nothing has changed")
