"""A path as a picture: the same words, well-formed, nothing cut off sideways."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.documents.path_picture import path_picture

SVG = "{http://www.w3.org/2000/svg}"
PATH = ("Dr Fay Fenn", "partner at Elm Surgery", "shareholder in Marsh GP Federation Limited", "bidder in item 7")


def drawn(path, *, across):
    return ET.fromstring(path_picture(tuple(path), across=across))


@pytest.mark.parametrize("across", [True, False])
def test_a_picture_says_the_words_of_the_path(across):
    picture = drawn(PATH, across=across)
    assert picture.get("role") == "img"
    assert picture.find(f"{SVG}title").text == "Path from Dr Fay Fenn to the item"
    assert picture.find(f"{SVG}desc").text == " → ".join(PATH)
    boxes = [" ".join(span.text for span in text.iter(f"{SVG}tspan")) for text in picture.iter(f"{SVG}text")]
    assert tuple(boxes) == PATH
    assert len(picture.findall(f"{SVG}path")) == 2 * (len(PATH) - 1)


def test_a_long_path_goes_down_the_page_and_a_single_step_is_no_path():
    assert path_picture(("A", "b", "c", "d", "e"), across=True) == ""
    assert path_picture(("A",), across=False) == ""
    picture = drawn(("A", "b", "c", "d", "e", "f", "g"), across=False)
    assert len(picture.findall(f"{SVG}rect")) == 7


def test_a_name_without_spaces_is_broken_and_a_text_without_end_is_cut_off():
    picture = drawn(("A", "x" * 60, "word " * 2000), across=True)
    texts = [[span.text for span in text] for text in picture.iter(f"{SVG}text")]
    assert "".join(texts[1]) == "x" * 60
    assert len(texts[2]) == 8
    assert texts[2][-1].endswith("…")
    assert float(picture.get("width")) <= 645


@given(st.lists(st.text(max_size=40), min_size=2, max_size=6), st.booleans())
def test_whatever_the_names_are_the_picture_is_well_formed_and_runs_no_script(path, across):
    found = path_picture(tuple(path), across=across)
    if found:
        tags = {each.tag.removeprefix(SVG) for each in ET.fromstring(found).iter()}
        assert tags <= {"svg", "title", "desc", "rect", "text", "tspan", "path"}
        assert " style=" not in found.replace("&", "")
