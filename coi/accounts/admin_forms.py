"""Forms of an administrator: make an account, disable one, give a role, end one."""

import uuid
from typing import Any

from wtforms.validators import StopValidation

from coi import clock
from coi.accounts.vocabulary import ROLE_HINTS, ROLE_NAMES, InvitationDetails, RoleDetails
from coi.permissions.vocabulary import Role
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, options_of
from coi.web.forms import EmailField, Form, LongTextField, Optional, Required

AT_ONCE, ON_A_DAY = "at-once", "on-a-day"


class OpenAccountForm(Form):
    """The email address that a person signs in with."""

    email = EmailField("Email address to sign in with", [Required("Enter an email address")], limit=200)

    def details(self, person_id: uuid.UUID) -> InvitationDetails:
        """Returns the account as entered."""
        return InvitationDetails(self.email.data, person_id)


class ActionForm(Form):
    """One button: send a link, disable an account, let somebody sign in again."""


class RoleForm(Form):
    """A role, where it counts, and from when to when."""

    role = ChoiceField(
        "Which role?", [Required("Select a role")], options=options_of(ROLE_NAMES, ROLE_HINTS), coerce=Role
    )
    committee = PickField("For which committee?", [Optional()], blank="The whole organisation", coerce=uuid.UUID)
    valid_from = DatePartsField(
        "First day", [Required("Enter the first day of the role")], default=clock.today, subject="First day"
    )
    valid_to = DatePartsField("Last day", [Optional()], ongoing="No end date", subject="Last day")
    because = LongTextField("Why is it right all the same?", rows=2, limit=500, subject="Why it is right")

    def details(self, person_id: uuid.UUID, body_id: uuid.UUID) -> RoleDetails:
        """Returns the role as entered."""
        return RoleDetails(
            person_id,
            self.role.data,
            body_id,
            self.valid_from.data,
            self.committee.data,
            self.valid_to.data,
            self.because.data or "",
        )


class EndRoleForm(Form):
    """When a role ends. `valid_to` None: at once."""

    when = ChoiceField(
        "When does the role end?", [Required("Select when the role ends")],
        options=(
            Option(AT_ONCE, "At once", "It stops with the next page that the person opens"),
            Option(ON_A_DAY, "On a day"),
        ),
    )  # fmt: skip
    valid_to = DatePartsField("Last day of the role", subject="Last day")

    def validate_valid_to(self, field: Any) -> None:
        """Asks for the day where one is meant."""
        if self.when.data == ON_A_DAY and field.data is None and not field.errors:
            raise StopValidation("Enter the last day of the role")

    @property
    def last_day(self) -> Any:
        return self.valid_to.data if self.when.data == ON_A_DAY else None
