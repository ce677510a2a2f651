"""One address per message, one line per subject, and the setting for the mail server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import BadInput, RuleBroken
from coi.notifications.rules import mail_server, one_address, one_line


@pytest.mark.parametrize("text", ["sian.o'neill@practice.example", " a@localhost ", "a+b@x-y.example.org"])
def test_one_address_is_taken(text: str) -> None:
    assert one_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "", "nobody", "a@b@c", "a@example.org,b@example.org", "a@example.org; b@example.org", "A <a@example.org>",
        "a@example.org\r\nBcc: b@example.org", "a@example.org\n", "a b@example.org", "a..b@example.org", "é@example.org",
        "a@" + "x" * 300,
    ],
)  # fmt: skip
def test_anything_but_one_address_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="Enter one email address"):
        one_address(text)


@given(st.text())
def test_a_subject_is_one_line(subject: str) -> None:
    line = one_line(subject)
    assert line.splitlines() in ([], [line])
    assert len(line) <= 200


def test_a_header_cannot_be_smuggled_into_a_subject() -> None:
    assert one_line("Papers\r\nBcc: b@example.org") == "Papers Bcc: b@example.org"


def test_without_the_setting_there_is_no_mail_server() -> None:
    assert mail_server("") is None


def test_the_setting_names_host_port_and_account() -> None:
    server = mail_server("smtp://register%40icb:p%2Fw@mail.example:2525")
    assert server is not None
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 2525, "register@icb", "p/w")
    assert not server.wrapped
    assert "p/w" not in repr(server)


@pytest.mark.parametrize(
    ("url", "port", "wrapped"), [("smtp://mail.example", 587, False), ("smtps://mail.example", 465, True)]
)
def test_the_usual_port_goes_with_the_scheme(url: str, port: int, wrapped: bool) -> None:
    server = mail_server(url)
    assert server is not None
    assert (server.port, server.wrapped) == (port, wrapped)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:port", "smtp://:secret@h/x", "smtp://[::1"]
)
def test_a_setting_that_cannot_be_read_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(BadInput, match="COI_SMTP_URL must look like") as broken:
        mail_server(url)
    assert "secret" not in str(broken.value)
