"""Forms about committees: establish one, fill a seat. The terms of reference have a file of their own."""

import uuid
from collections.abc import Iterable, Mapping

from wtforms.validators import ValidationError

from coi.committees.details import CLASS_NAMES, OFFICE_NAMES, CommitteeDetails, DescriptionDetails, MemberDetails
from coi.committees.vocabulary import MemberClass, Office
from coi.people.models import Person
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, SeveralField, YesNoField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField

NO_OFFICE = "none"
OFFICES = (
    Option(NO_OFFICE, "None"),
    *(Option(office.value, name) for office, name in OFFICE_NAMES.items() if office is not Office.ACTING_CHAIR),
)


class CommitteeForm(Form):
    """A committee to establish."""

    name = TextField("Name of the committee", [Required("Enter the name of the committee")])
    prefix = TextField(
        "Short name for references", [Required("Enter a short name, like PCCC")], limit=16, width="10",
        description="2 to 16 capital letters and numbers. PCCC gives references like PCCC/2026-27/014",
    )  # fmt: skip
    established_on = DatePartsField(
        "Date the committee was established", [Required("Enter the date the committee was established")]
    )
    joint_with = SeveralField(
        "Joint with (optional)", coerce=uuid.UUID, message="Select bodies from the list",
        description="Its members are then on the register of each of these bodies, too",
    )  # fmt: skip

    def offer(self, bodies: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Takes the other bodies that there are, by id and name: none, and the question is not asked."""
        self.joint_with.options = [Option(*each) for each in bodies]

    def details(self) -> CommitteeDetails:
        """Returns the committee as entered."""
        return CommitteeDetails(
            name=self.name.data, prefix=self.prefix.data.upper(), established_on=self.established_on.data,
            joint_with=tuple(self.joint_with.data),
        )  # fmt: skip


class MemberForm(Form):
    """A seat to fill."""

    person_id = PickField(
        "Person", [Required("Select the person")], blank="Select a person", message="Select the person"
    )
    member_class = ChoiceField(
        "In which class?", [Required("Select the class")], options=options_of(CLASS_NAMES), coerce=MemberClass
    )
    voting = YesNoField("Can this person vote?", [Required("Select yes if this person can vote")])
    office = ChoiceField(
        "Which office does this person hold?",
        [Required("Select an office, or none")],
        options=OFFICES,
        default=NO_OFFICE,
    )
    posts = LongTextField(
        "Posts", rows=3, limit=500,
        description="Only posts that the quorum asks for, one on each line. For example Chief Finance Officer",
    )  # fmt: skip
    organisation = TextField(
        "Sits for", description="Only in a joint committee: the organisation that this person sits for"
    )
    attributes = SeveralField("What else applies?")
    valid_from = DatePartsField(
        "First day on the committee", [Required("Enter the first day on the committee")], subject="First day"
    )
    valid_to = DatePartsField(
        "Last day on the committee", [Optional()], ongoing="No end is planned", subject="Last day"
    )

    def offer(self, people: Iterable[Person], descriptions: Mapping[str, str]) -> "MemberForm":
        """Fills in whom to choose from, and what can be said of the seat. Returns the form."""
        self.person_id.options = tuple(Option(str(person.id), person.name) for person in people)
        self.attributes.options = tuple(Option(code, name) for code, name in descriptions.items())
        return self

    def details(self) -> MemberDetails:
        """Returns the seat as entered."""
        office = self.office.data
        return MemberDetails(
            person_id=uuid.UUID(self.person_id.data),
            member_class=self.member_class.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            voting=self.voting.data,
            office=None if office in (None, NO_OFFICE) else Office(office),
            posts=lines_of(self.posts.data),
            organisation=self.organisation.data or "",
            attributes=tuple(self.attributes.data),
        )

    def validate_posts(self, field: LongTextField) -> None:
        check_posts(field)


class DescribeForm(Form):
    """What is said of a seat that somebody holds."""

    posts = LongTextField(
        "Posts", rows=3, limit=500,
        description="Only posts that the quorum asks for, one on each line. For example Chief Finance Officer",
    )  # fmt: skip
    attributes = SeveralField("What else applies?")

    def offer(self, descriptions: Mapping[str, str]) -> "DescribeForm":
        """Fills in what can be said of the seat. Returns the form."""
        self.attributes.options = tuple(Option(code, name) for code, name in descriptions.items())
        return self

    def details(self) -> DescriptionDetails:
        return DescriptionDetails(lines_of(self.posts.data), tuple(self.attributes.data))

    def validate_posts(self, field: LongTextField) -> None:
        check_posts(field)


class EndForm(Form):
    """The last day of a seat."""

    valid_to = DatePartsField("Last day on the committee", [Required("Enter the last day")], subject="Last day")


def check_posts(field: LongTextField) -> None:
    """A post is one line. Raises ValidationError."""
    if any(len(line) > 100 for line in lines_of(field.data)):
        raise ValidationError("Each post must be 100 characters or fewer")


def lines_of(text: str | None) -> tuple[str, ...]:
    """Returns the lines of a text that say something, each once."""
    return tuple(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))
