"""The same form sent twice is stored once."""

import threading
import uuid

import pytest
from flask import Flask

from coi.database import db
from coi.web import idempotency
from coi.web.models import Draft, IdempotencyKey
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
