"""The form that every form of the product is made from, the validators that word their errors as a user reads them,
and the plain fields. Dates, times and choices stand in time_fields.py and fields.py."""

import re
import unicodedata
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from markupsafe import Markup
from wtforms import Field, FieldList, FormField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.web.typed import note_form

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_QUESTION = re.compile(r"\?(?: \([^)]*\))?$")


@dataclass(frozen=True)
class PageError:
    """One line at the top of a page with errors: what is wrong, and the id of the control to put right ("" for the
    whole form)."""

    message: str
    control: str


def cleaned(text: str | None) -> str | None:
    """Returns text as it is stored: one form of each letter (NFC), one kind of line end, no characters that nobody
    can see, no space at either end."""
    if text is None:
        return None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNSEEN.sub("", text).strip()


class Required:
    """Says what to enter where nothing was entered. It leaves standing what is wrong with an entry that could not be
    read."""

    field_flags: dict[str, Any] = {}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: Any, field: Field) -> None:
        if field.errors:
            raise StopValidation
        if getattr(field, "is_answered", None) or (field.data not in (None, "", [], ()) and not _is_blank(field.data)):
            return
        raise StopValidation(self.message)


class Optional:
    """Lets an empty field pass without the validators that follow."""

    field_flags: dict[str, Any] = {}

    def __call__(self, _form: Any, field: Field) -> None:
        if not field.errors and (field.data in (None, "", [], ()) or _is_blank(field.data)):
            raise StopValidation


class AtMost:
    """Keeps a text within a number of characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data and len(field.data) > self.limit:
            raise ValidationError(f"{subject_of(field)} must be {self.limit:,} characters or fewer")


class TextField(StringField):
    """One line of text, cleaned, of at most `limit` characters."""

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), *, limit: int = 200, **options: Any
    ) -> None:
        self.subject: str | None = options.pop("subject", None)
        self.width: str = options.pop("width", "")
        super().__init__(label, [*validators, AtMost(limit)], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = re.sub(r"\s+", " ", cleaned(self.data) or "")


class EmailField(TextField):
    """An email address: lower case, with an at sign and a dot after it. Whether it exists, only a mail can tell."""

    input_type = "email"
    autocomplete = "email"

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data.lower()
        if self.data and not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", self.data):
            raise ValueError("Enter an email address in the correct format, like name@example.com")


class LongTextField(TextAreaField):
    """Several lines of text, cleaned, of at most `limit` characters."""

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        limit: int = 4000,
        rows: int = 5,
        **options: Any,
    ) -> None:
        self.subject: str | None = options.pop("subject", None)
        self.rows = rows
        super().__init__(label, [*validators, AtMost(limit)], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = cleaned(self.data) or ""


class WholeNumberField(TextField):
    """A whole number from `least` to `most`, typed as text. `data` is an int or None."""

    input_mode = "numeric"
    answer = "The number"

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        least: int = 0,
        most: int = 999_999,
        **options: Any,
    ) -> None:
        self.least, self.most = least, most
        super().__init__(label, [*validators], **{"width": "4", **options})
        self.validators = [each for each in self.validators if not isinstance(each, AtMost)]

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist or [""])  # not sent at all is as good as empty
        typed = (self.data or "").replace(",", "").replace(" ", "")
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"-?[0-9]{1,12}", typed):
            raise ValueError(f"{subject_of(self)} must be a whole number")
        if not self.least <= int(typed) <= self.most:
            raise ValueError(f"{subject_of(self)} must be between {self.least:,} and {self.most:,}")
        self.data = int(typed)


class Form(FlaskForm):
    """A form of the product: protected against forgery, sent once, with errors that say what to do."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Cleans every plain text field, wherever it comes from."""
            if unbound_field.field_class in (StringField, TextAreaField):
                unbound_field.kwargs.setdefault("filters", (cleaned,))
            return super().bind_field(form, unbound_field, options)

    form_key = HiddenField(default=lambda: str(uuid.uuid4()))
    edit_conflict: EditConflict | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        note_form(self)
        return bool(super().validate(extra_validators))

    def furniture(self) -> Markup:
        """Returns the hidden fields: the CSRF token, the key that makes sending twice harmless, and, where the form
        has one, the version of the thing being edited."""
        hidden = [each for each in self if isinstance(each, HiddenField)]
        return Markup("\n").join(
            Markup('<input type="hidden" name="{}" value="{}">').format(each.name, each._value()) for each in hidden
        )

    @property
    def has_files(self) -> bool:
        return any(isinstance(each, FileField | MultipleFileField) for each in self)

    def show(self, broken: RuleBroken) -> None:
        """Puts a rule's refusal beside its field, or on the whole form, with what can be done instead. What the
        command had begun is undone, so that the page shows what is true."""
        db.session.rollback()
        message = broken.reason
        if broken.options:
            message = f"{message.rstrip('.')}. You can: {'; '.join(broken.options)}"
        field = self._fields.get(broken.field or "")
        if field is None or isinstance(field, HiddenField):
            self.form_errors = [*self.form_errors, message]
        else:
            field.errors = [*field.errors, message]

    def show_conflict(self, conflict: EditConflict) -> None:
        """Shows what somebody else saved meanwhile beside what was entered, which stays in the form. What the command had begun is
        undone; the caller gives the hidden fields the version that is saved now, so that saving again is meant."""
        db.session.rollback()
        self.edit_conflict = conflict

    def page_errors(self) -> list[PageError]:
        """Returns every error of the form in the order of its fields, the whole form's first."""
        whole = [PageError(message, "") for message in self.form_errors]
        return whole + [error for field in self for error in _errors_in(field)]


def subject_of(field: Field) -> str:
    """Returns what a field's errors call it: its `subject`, else its label; a question is no subject of a sentence, so that its answer
    is called by what it is: "The date", "The time", "The answer"."""
    said = getattr(field, "subject", None)
    label = str(field.label.text).removesuffix(" (optional)")
    return said or (getattr(field, "answer", "The answer") if _QUESTION.search(label) else label)


def control_of(field: Field) -> str:
    """Returns the id of the control that a field's error leads to."""
    return getattr(field, "control_id", None) or field.id


def _errors_in(field: Field) -> Iterator[PageError]:
    if isinstance(field, FormField | FieldList):
        for inner in field:
            yield from _errors_in(inner)
        own = [] if isinstance(field, FormField) else [each for each in field.errors if isinstance(each, str)]
        yield from (PageError(message, control_of(field)) for message in own)
        return
    control = "" if isinstance(field, HiddenField) else control_of(field)
    yield from (PageError(str(message), control) for message in field.errors)


def _is_blank(data: Any) -> bool:
    return isinstance(data, str) and not data.strip()


class SecretField(PasswordField):
    """A password: never shown again, never cleaned. `autocomplete` tells a password manager which one."""

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        autocomplete: str = "current-password",
        **options: Any,
    ) -> None:
        self.autocomplete = autocomplete
        super().__init__(label, [*validators, AtMost(200)], **options)
