"""Routes: each declares who may use it, URLs are kebab-case with typed parameters, and nothing changes on a GET."""

import re

from flask import Flask

from coi.web import access


def test_the_application_refuses_to_start_on_an_undeclared_route(app: Flask) -> None:
    assert [
        rule.endpoint for rule in app.url_map.iter_rules() if access.declaration_of(app, rule.endpoint) is None
    ] == []


def test_urls_are_kebab_case_and_typed(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.\-]*", plain), rule.rule
        for parameter in re.findall(r"<([^>]+)>", rule.rule):
            assert ":" in parameter or parameter in ("body", "figure", "key", "table", "step"), (
                f"{rule.rule}: give {parameter} a type"
            )


def test_each_body_page_starts_with_its_body(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if "<body>" in rule.rule:
            assert rule.rule.startswith("/<body>/"), rule.rule
