"""The same form sent twice is stored once."""

import hashlib
import hmac
import threading
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from wtforms import PasswordField

from coi.database import db
from coi.web import idempotency
from coi.web.forms import Form
from coi.web.models import Draft, IdempotencyKey
from coi.web.typed import is_secret
from tests.support.client import StrictClient

URL = "/northmoor/trial/count"


def names() -> list[str]:
    """What was stored."""
    db.session.rollback()
    draft = db.session.query(Draft).filter_by(kind="count").one_or_none()
    return draft.data["names"] if draft else []


def test_the_same_form_sent_twice_is_stored_once_and_shows_the_first_result(secretary: StrictClient) -> None:
    sent = {"name": "once", "form_key": str(uuid.uuid4())}
    first = secretary.post(URL, sent)
    second = secretary.post(URL, sent)
    assert first.heading == second.heading == "Number 1"
    assert names() == ["once"]


def test_the_same_form_with_other_words_is_shown_and_not_answered_by_the_first(secretary: StrictClient) -> None:
    key = str(uuid.uuid4())
    secretary.post(URL, {"name": "once", "form_key": key})
    page = secretary.post(URL, {"name": "twice", "form_key": key})
    assert (page.status_code, page.heading) == (409, "You sent this form before, with other words")
    assert "twice" in page.text and page.links["See what was saved"] and names() == ["once"]
    sent = page.form_fields(URL)
    assert sent["name"] == "twice" and sent["form_key"] != key
    assert secretary.post(URL, sent).heading == "Number 2"
    assert names() == ["once", "twice"]


def test_two_forms_are_two(secretary: StrictClient) -> None:
    secretary.post(URL, {"name": "one"})
    assert secretary.post(URL, {"name": "two"}).heading == "Number 2"
    assert names() == ["one", "two"]


def test_a_form_that_was_refused_can_be_sent_again(secretary: StrictClient) -> None:
    key = str(uuid.uuid4())
    refused = secretary.post(URL, {"name": "", "form_key": key})
    assert refused.status_code == 422
    assert refused.form_fields()["form_key"] == key
    assert secretary.post(URL, {"name": "now", "form_key": key}).heading == "Number 1"


def test_a_key_that_is_no_key_is_no_fault(secretary: StrictClient) -> None:
    assert secretary.post(URL, {"name": "one", "form_key": "nonsense"}).heading == "Number 1"


def test_a_first_answer_that_was_lost_is_told_and_not_stored_again(
    secretary: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "_WAITS", (0.0,))
    sent = {"name": "once", "form_key": str(uuid.uuid4())}
    secretary.post(URL, sent)
    db.session.query(IdempotencyKey).update({"location": None})
    again = secretary.post(URL, sent, follow=False)
    assert again.headers["Location"] == "/"
    assert secretary.get("/").notices == ["This was already saved"]
    assert names() == ["once"]


def test_the_same_form_sent_twice_at_once_is_stored_once(app: Flask, secretary: StrictClient) -> None:
    secretary.get(URL)
    sent = {"name": "once", "form_key": str(uuid.uuid4()), "csrf_token": secretary._token}
    cookies = dict(secretary._client._cookies)
    db.session.remove()
    locations: list[str] = []

    def send() -> None:
        browser = app.test_client()
        browser._cookies.update(cookies)
        locations.append(browser.post(URL, data=sent).headers.get("Location", "none"))

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(set(locations)) == 1
    assert names() == ["once"]
    assert db.session.query(IdempotencyKey).count() == 1


def test_somebody_else_with_the_same_key_is_not_taken_to_my_result(
    secretary: StrictClient, other_secretary: StrictClient
) -> None:
    sent = {"name": "once", "form_key": str(uuid.uuid4())}
    assert secretary.post(URL, sent).heading == "Number 1"
    assert other_secretary.post(URL, sent).heading == "Number 1"
    assert db.session.query(Draft).filter_by(kind="count").count() == 2


def test_what_is_kept_of_a_form_tells_nobody_whether_a_guess_at_its_words_is_right(
    app: Flask, secretary: StrictClient
) -> None:
    secretary.post(URL, {"name": "once"})
    (kept,) = db.session.scalars(sa.select(IdempotencyKey.digest))
    guess = repr([("name", "once")]).encode()
    assert kept not in (hashlib.sha256(guess).hexdigest(), hmac.digest(b"", guess, "sha256").hex())
    assert kept == hmac.digest(app.config["SECRET_KEY"].encode(), guess, "sha256").hex()


@pytest.mark.parametrize("name", ["current", "new", "new_password", "code", "token"])
def test_a_secret_has_no_part_in_what_is_kept_and_is_not_shown_again(secretary: StrictClient, name: str) -> None:
    key = str(uuid.uuid4())
    secretary.post(URL, {"name": "once", name: "eleven lamps", "form_key": key})
    again = secretary.post(URL, {"name": "once", name: "twelve lamps", "form_key": key})
    assert (again.heading, names()) == ("Number 1", ["once"])
    assert again.notices == ["You sent this form before. What you sent first was saved"]
    other = secretary.post(URL, {"name": "twice", name: "twelve lamps", "form_key": key})
    assert other.status_code == 409 and "twice" in other.text
    assert "twelve lamps" not in str(other.soup)


def forms(of: type[Form]) -> Iterator[type[Form]]:
    for each in of.__subclasses__():
        yield each
        yield from forms(each)


def test_every_field_for_a_password_has_a_name_that_is_known_for_a_secret(app: Flask) -> None:
    made = [(form, name, field) for form in forms(Form) for name, field in vars(form).items()]
    fields = {name for _form, name, field in made if issubclass(getattr(field, "field_class", object), PasswordField)}
    assert {"password", "current", "new"} <= fields
    assert [name for name in fields if not is_secret(name)] == []
    assert not any(is_secret(name) for name in ("function_code", "ods_code", "postcode", "area_codes", "name"))
