"""Forms about people: who they are, and which posts they hold."""

from wtforms import BooleanField, HiddenField

from coi.errors import RuleBroken
from coi.people.models import Person
from coi.people.vocabulary import AppointmentDetails, PersonDetails
from coi.web.fields import DatePartsField
from coi.web.forms import EmailField, Form, Optional, Required, TextField


class PersonForm(Form):
    """A person's names and address."""

    title = TextField("Title", limit=30, width="5", description="For example Dr, Mrs or Cllr. You can leave this empty")
    given_names = TextField("Given names", limit=120)
    family_name = TextField("Family name", limit=120, description="Leave this empty for somebody who has only one name")
    initials = TextField(
        "Initials",
        limit=12,
        width="5",
        description="As minutes show them. Leave this empty to have them made from the names",
    )
    email = EmailField("Email address", [Optional()], limit=254)
    namesake_confirmed = BooleanField("This is another person of the same name")
    version = HiddenField()

    @classmethod
    def of(cls, person: Person) -> "PersonForm":
        """Returns the form filled in with what is known of a person."""
        return cls(
            title=person.title, given_names=person.given_names, family_name=person.family_name, initials=person.initials,
            email=person.email, version=str(person.version),
        )  # fmt: skip

    @property
    def asks_about_namesake(self) -> bool:
        return bool(self.namesake_confirmed.errors or self.namesake_confirmed.data)

    @property
    def seen_version(self) -> int | None:
        """The version that the person who edits had on the screen."""
        return int(self.version.data) if str(self.version.data or "").isdecimal() else None

    def details(self) -> PersonDetails:
        """Returns the person as entered."""
        return PersonDetails(
            given_names=self.given_names.data or "",
            family_name=self.family_name.data or "",
            title=self.title.data or "",
            email=self.email.data or "",
            initials=self.initials.data or "",
            namesake_confirmed=bool(self.namesake_confirmed.data),
        )


class EnterForm(PersonForm):
    """Somebody to enter; or, where they are known at another body, the post that they take here."""

    is_same = BooleanField("It is the same person, who takes a post here as well")
    post = TextField("Their post here", description="Only where it is the same person")
    valid_from = DatePartsField("First day in the post", [Optional()], subject="First day")

    is_known_elsewhere = False
    """Whether somebody of this name and address is: then the form asks."""

    def post_details(self) -> AppointmentDetails:
        """Returns the post as entered. Raises RuleBroken without its first day."""
        if self.valid_from.data is None:
            raise RuleBroken("Enter the first day in the post", field="valid_from")
        return AppointmentDetails(post=self.post.data or "", valid_from=self.valid_from.data, valid_to=None)


class AppointmentForm(Form):
    """A post at the body."""

    post = TextField(
        "Post",
        [Required("Enter the name of the post")],
        description="For example Chief Finance Officer or GP partner member",
    )
    valid_from = DatePartsField(
        "First day in the post", [Required("Enter the first day in the post")], subject="First day"
    )
    valid_to = DatePartsField(
        "Last day in the post", [Optional()], ongoing="The post has not ended", subject="Last day"
    )

    def details(self) -> AppointmentDetails:
        """Returns the post as entered."""
        return AppointmentDetails(post=self.post.data, valid_from=self.valid_from.data, valid_to=self.valid_to.data)


class EndForm(Form):
    """The last day of something."""

    valid_to = DatePartsField("Last day", [Required("Enter the last day")])
