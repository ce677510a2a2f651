"""What somebody typed into a form that could not be saved, in the words of the page, for them to copy: secrets never, furniture never."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask import g, request
from wtforms import BooleanField, Field, FieldList, FormField, HiddenField, PasswordField

_UNTYPED = re.compile(r"csrf|form_key|version|^seen|^twins$|^do$|code", re.IGNORECASE)
_SECRET = re.compile(r"password|secret|token|(^|[-_])(current|new|code)$", re.IGNORECASE)
_NO_SECRET = re.compile(r"^(function|ods)_code$")
_KEY = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def is_secret(name: str) -> bool:
    """Whether a field of this name holds what nobody but its owner may know: a password, a private code, a token. It is never shown again,
    and nothing is kept by which it could be guessed."""
    return bool(_SECRET.search(name)) and not _NO_SECRET.search(name)


def note_form(form: Iterable[Field]) -> None:
    """Remembers, for this request, a form that was sent, so that an error page can name its fields as its page does."""
    g.sent_forms = [*g.get("sent_forms", ()), form]


def typed() -> list[tuple[str, str]]:
    """Returns what was typed into the form that was sent, as (label, words), in the order of the page; what no form of the page knows
    stands under the name that it was sent by."""
    fields = {field.name: field for form in g.get("sent_forms", ()) for field in _plain(form)}
    known = tuple(fields)
    said = [(str(field.label.text), words) for field in fields.values() if (words := _words(field))]
    return said + [
        (name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, value in request.form.items(multi=True)
        if name not in known and not name.startswith(tuple(f"{each}-" for each in known))
        if value.strip() and not is_secret(name) and not _UNTYPED.search(name) and not _KEY.fullmatch(value)
    ]


def _plain(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _plain(field)
        else:
            yield field


def _words(field: Field) -> str:
    """What was typed or chosen in a field; nothing for one that a person does not see, or that nobody may see again."""
    if isinstance(field, HiddenField | PasswordField) or is_secret(field.name):
        return ""
    if isinstance(field, BooleanField):
        return "Yes" if field.data else ""
    if hasattr(field, "iter_choices"):
        return "; ".join(each.label for each in field.iter_choices() if each.selected)
    return " ".join(each for each in _texts(field) if not _KEY.fullmatch(each))


def _texts(field: Field) -> list[Any]:
    """The texts of a field's boxes, and the words of what is ticked instead of them."""
    sent = [*request.form.getlist(field.name), *(field.raw_data or ())]
    sent += [getattr(field, word) for word in ("ongoing", "unknown") if getattr(field, f"is_{word}", False)]
    return [each.strip() for each in dict.fromkeys(each for each in sent if isinstance(each, str)) if each.strip()]
