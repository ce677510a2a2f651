"""The headers of a download."""

from email.message import Message
from email.utils import collapse_rfc2231_value

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.files.models import StoredFile
from coi.files.names import clean_name
from coi.files.serving import attachment_headers


def headers(name: str, media_type: str = "application/pdf") -> dict[str, str]:
    return attachment_headers(StoredFile(name=name, media_type=media_type, size=5))


def test_a_file_is_a_download_that_the_browser_neither_guesses_nor_runs() -> None:
    assert headers("Paper 3.pdf") == {
        "Content-Type": "application/pdf",
        "Content-Length": "5",
        "Content-Disposition": "attachment; filename=\"Paper 3.pdf\"; filename*=UTF-8''Paper%203.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


def test_a_welsh_or_polish_name_is_kept_beside_a_plain_one() -> None:
    shown = headers("Siân Łódź.pdf")["Content-Disposition"]
    assert shown == "attachment; filename=\"Sian odz.pdf\"; filename*=UTF-8''Si%C3%A2n%20%C5%81%C3%B3d%C5%BA.pdf"


@pytest.mark.parametrize(("name", "plain"), [('a";x="b.pdf', "a;x=b.pdf"), ("Ł", "file"), ("100%.pdf", "100.pdf")])
def test_a_name_cannot_break_out_of_its_quotes(name: str, plain: str) -> None:
    assert f'filename="{plain}"' in headers(name)["Content-Disposition"]


def test_text_says_its_encoding() -> None:
    assert headers("a.csv", "text/csv")["Content-Type"] == "text/csv; charset=utf-8"


@given(st.text(max_size=200))
def test_any_name_makes_one_header_that_a_browser_reads_back(sent: str) -> None:
    name = clean_name(sent)
    line = headers(name)["Content-Disposition"]
    assert line.isascii()
    assert line.isprintable()
    message = Message()
    message["Content-Disposition"] = line.partition("; filename=")[0] + "; filename*=" + line.partition("filename*=")[2]
    assert collapse_rfc2231_value(message.get_param("filename", header="Content-Disposition") or "") == name
