"""Templates: escaped always, strict about names, and in the markup of NHS.UK."""

import re
from typing import Any

import jinja2
import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm

from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, SeveralField
from coi.web.forms import LongTextField, Required, TextField

DRAW = '{% from "macros/fields.html" import field %}{{ field(form.it, size="m") }}'
OPTIONS = (Option("a", "Apples", "Red"), Option("b", "Bees"))
HINT, ERROR = {"text": "A hint"}, {"text": "Enter it"}
ITEMS = [{"value": "a", "text": "Apples", "hint": {"text": "Red"}}, {"value": "b", "text": "Bees"}]
LEGEND = {"legend": {"text": "It", "size": "m"}}
LABEL = {"text": "It", "size": "m"}


@pytest.mark.parametrize("name", ["x.html", "x.jinja", "x.txt"])
def test_what_people_typed_is_escaped_in_every_template(app: Flask, name: str) -> None:
    loader = app.jinja_env.loader
    app.jinja_env.loader = jinja2.DictLoader({name: "{{ typed }}"})
    try:
        with app.test_request_context():
            assert app.jinja_env.get_template(name).render(typed="<script>") == "&lt;script&gt;"
    finally:
        app.jinja_env.loader = loader


def test_the_package_of_the_nhs_escapes_too(app: Flask) -> None:
    source = '{% from "nhsuk/components/tag/macro.jinja" import tag %}{{ tag({"text": typed}) }}'
    with app.test_request_context():
        assert "&lt;script&gt;" in render_template_string(source, typed="<script>")


def test_a_name_that_is_not_there_is_an_error(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(jinja2.UndefinedError):
        render_template_string("{{ nothing }}")


def tree(markup: str) -> list[Any]:
    """Elements with what matters of them: name, classes, attributes, own text."""

    def walk(each: Tag) -> list[Any]:
        attributes = {name: " ".join(sorted(v)) if isinstance(v, list) else v for name, v in sorted(each.attrs.items())}
        attributes.pop("class", None)
        words = " ".join(text.strip() for text in each.find_all(string=True, recursive=False) if text.strip())
        inner = [walk(child) for child in each.children if isinstance(child, Tag)]
        return [each.name, sorted(each.get("class", [])), attributes, re.sub(r"\s+", " ", words), inner]

    return [walk(each) for each in BeautifulSoup(markup, "html.parser").children if isinstance(each, Tag)]


@pytest.mark.parametrize(
    ("control", "component", "macro", "params"),
    [
        (TextField("It", [Required("Enter it")], description="A hint", width="10"), "input", "input",
         {"id": "it", "name": "it", "label": LABEL, "hint": HINT, "errorMessage": ERROR, "width": 10}),
        (LongTextField("It", [Required("Enter it")], description="A hint"), "textarea", "textarea",
         {"id": "it", "name": "it", "label": LABEL, "hint": HINT, "errorMessage": ERROR}),
        (PickField("It", [Required("Enter it")], description="A hint", options=OPTIONS), "select", "select",
         {"id": "it", "name": "it", "label": LABEL, "hint": HINT, "errorMessage": ERROR,
          "items": [{"value": "", "text": ""}, *({"value": each["value"], "text": each["text"]} for each in ITEMS)]}),
        (ChoiceField("It", [Required("Enter it")], description="A hint", options=OPTIONS), "radios", "radios",
         {"idPrefix": "it", "name": "it", "fieldset": LEGEND, "hint": HINT, "errorMessage": ERROR, "items": ITEMS}),
        (SeveralField("It", [Required("Enter it")], description="A hint", options=OPTIONS), "checkboxes", "checkboxes",
         {"idPrefix": "it", "name": "it", "fieldset": LEGEND, "hint": HINT, "errorMessage": ERROR, "items": ITEMS}),
        (DatePartsField("It", [Required("Enter it")], description="A hint"), "date-input", "dateInput",
         {"id": "it", "fieldset": LEGEND, "hint": HINT, "errorMessage": ERROR,
          "items": [{"name": part, "width": width, "error": True} for part, width in (("day", 2), ("month", 2), ("year", 4))]}),
    ],
    ids=["input", "textarea", "select", "radios", "checkboxes", "date"],
)  # fmt: skip
def test_our_controls_are_in_the_markup_of_nhs_uk(
    app: Flask, control: Any, component: str, macro: str, params: dict[str, Any]
) -> None:
    form = type("One", (PlainForm,), {"it": control})(MultiDict({"sent": "1"}))
    form.validate()
    source = f'{{% from "nhsuk/components/{component}/macro.jinja" import {macro} %}}{{{{ {macro}(params) }}}}'
    with app.test_request_context():
        ours = tree(render_template_string(DRAW, form=form).replace('name="it-', 'name="'))
        theirs = tree(render_template_string(source, params=params))
    assert _comparable(ours) == _comparable(theirs)


def _comparable(elements: list[Any]) -> list[Any]:
    """Leaves out where the two may differ: that checkboxes in error are marked, and the rows of a text area."""
    return [
        [name, [each for each in classes if each != "nhsuk-checkboxes--error"], attributes, words, _comparable(inner)]
        for name, classes, attributes, words, inner in elements
    ]


def test_no_box_whose_text_goes_into_an_address_takes_more_than_an_address_holds(app: Flask) -> None:
    assert app.jinja_env.loader is not None
    unbounded = []
    for name in app.jinja_env.list_templates(extensions=["html"]):
        source = app.jinja_env.loader.get_source(app.jinja_env, name)[0]
        for form in re.findall(r'<form method="get".*?</form>', source, re.DOTALL):
            boxes = re.findall(r'<input[^>]*type="(?:text|search)".*?>', form)
            unbounded += [f"{name}: {each}" for each in boxes if "maxlength" not in each]
    assert not unbounded
