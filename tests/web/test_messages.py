"""What a page says of a change is said on the page that the browser is sent to, and on no other."""

import pytest
from flask import Flask, flash, redirect
from werkzeug.wrappers import Response

from coi.web.messages import MOST_PAGES, TOLD, init_app, messages


@pytest.fixture
def small() -> Flask:
    """An application with a change, pages that say what happened, and a page that only sends on."""
    app = Flask(__name__)
    app.secret_key = "for a test"
    init_app(app)

    @app.post("/change/<target>")
    def change(target: str) -> Response:
        flash("Saved")
        return redirect(f"/{target}?page=2", 303)

    @app.get("/on")
    def on() -> Response:
        return redirect("/there", 303)

    @app.get("/silent")
    def silent() -> str:
        flash("Not for the next page")
        return "nothing"

    @app.get("/<name>")
    def read(name: str) -> str:
        return f"{name}: {messages()}"

    return app


def test_another_tab_does_not_say_it_and_the_right_one_says_it_once(small: Flask) -> None:
    browser = small.test_client()
    browser.post("/change/there")
    assert browser.get("/elsewhere").text == "elsewhere: []"
    assert browser.get("/there?page=2").text == "there: [('message', 'Saved')]"
    assert browser.get("/there").text == "there: []"


def test_it_goes_on_where_the_target_redirects(small: Flask) -> None:
    browser = small.test_client()
    browser.post("/change/on")
    browser.get("/on")
    assert browser.get("/there").text == "there: [('message', 'Saved')]"


def test_what_was_flashed_for_an_answer_without_messages_is_not_said_on_the_next_page(small: Flask) -> None:
    browser = small.test_client()
    assert browser.get("/silent").text == "nothing"
    assert browser.get("/there").text == "there: []"


def test_what_nobody_comes_to_read_is_forgotten(small: Flask) -> None:
    browser = small.test_client()
    for number in range(MOST_PAGES + 5):
        browser.post(f"/change/page{number}")
    with browser.session_transaction() as kept:
        assert len(kept[TOLD]) == MOST_PAGES
    assert browser.get("/page0").text == "page0: []"
