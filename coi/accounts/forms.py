"""Forms of accounts: sign in, change the password."""

from wtforms import HiddenField

from coi.accounts.vocabulary import PasswordChange, SignInDetails
from coi.errors import RuleBroken
from coi.web.forms import EmailField, Form, Required, SecretField

HOW_LONG = "Use 12 characters or more. Three random words are easy to remember and hard to guess."


class SignInForm(Form):
    """Email and password. `next` is the page that was asked for."""

    email = EmailField("Email address", [Required("Enter your email address")])
    password = SecretField("Password", [Required("Enter your password")])
    next = HiddenField()

    def details(self) -> SignInDetails:
        return SignInDetails(email=self.email.data, password=self.password.data)

    def refuse(self) -> None:
        """Says that nobody has this email and password, and never which of the two is wrong."""
        self.show(RuleBroken("Email address or password is not correct", field="email"))


class SetPasswordForm(Form):
    """A new password, for whoever came by a link."""

    new = SecretField(
        "New password", [Required("Enter a new password")], autocomplete="new-password", description=HOW_LONG
    )


class ForgottenForm(Form):
    """Whose password is forgotten."""

    email = EmailField("Email address", [Required("Enter your email address")])


class PasswordForm(Form):
    """The present password and a new one."""

    current = SecretField("Current password", [Required("Enter your current password")])
    new = SecretField(
        "New password", [Required("Enter a new password")], autocomplete="new-password", description=HOW_LONG
    )

    def details(self) -> PasswordChange:
        return PasswordChange(current=self.current.data, new=self.new.data)


class EndSessionForm(Form):
    """One button: ends a session."""
