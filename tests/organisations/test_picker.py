"""The field that picks an organisation without JavaScript."""

from collections.abc import Mapping

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from coi.organisations.models import Organisation
from coi.organisations.picker import OrganisationPicker, PickingForm
from coi.organisations.search import near
from coi.organisations.vocabulary import PickedOrganisation
from coi.web.forms import Required, TextField
from tests.factories.organisations import an_organisation


class _WordsForm(PickingForm):
    organisation = OrganisationPicker("Organisation", [Required("Enter the organisation")])
    role = TextField("Role", [Required("Enter the role")])


class _StrictForm(PickingForm):
    organisation = OrganisationPicker("Organisation", needs_organisation=True)


class _NearForm(PickingForm):
    organisation = OrganisationPicker("Organisation", [Required("Enter the organisation")], asks_near=True)


@pytest.fixture
def lark(app: Flask) -> Organisation:
    """The one organisation that there is."""
    return an_organisation("Larkfield Surgery")


def _sent(app: Flask, form: type[PickingForm], data: Mapping[str, str]) -> tuple[PickingForm, bool]:
    with app.test_request_context("/", method="POST"):
        made = form(formdata=MultiDict(data), meta={"csrf": False})
        return made, made.validate_on_submit()


def test_find_shows_hits_and_complains_about_nothing(app: Flask, lark: Organisation) -> None:
    form, valid = _sent(app, _WordsForm, {"organisation-text": "lark", "organisation-find": "1"})
    assert not valid and not form.page_errors()
    assert form.organisation.shows_hits and [hit.id for hit in form.organisation.hits] == [lark.id]


def test_words_that_were_not_looked_up_yet_are_asked_about_without_a_complaint(app: Flask, lark: Organisation) -> None:
    form, valid = _sent(app, _WordsForm, {"organisation-text": "lark", "role": "partner"})
    assert not valid and form.organisation.shows_hits and not form.page_errors()
    assert form.organisation.choice == ""
    form, valid = _sent(app, _WordsForm, {"organisation-text": "larkfield surgery", "role": "partner"})
    assert not valid and form.organisation.choice == str(lark.id)
    assert _sent(app, _WordsForm, {"organisation-text": "lark"})[0].page_errors()


def test_words_that_may_mean_an_organisation_need_a_choice_once_the_list_was_shown(
    app: Flask, lark: Organisation
) -> None:
    sent = {"organisation-text": "lark", "organisation-asked": "lark", "role": "partner"}
    form, valid = _sent(app, _WordsForm, sent)
    assert not valid and form.organisation.shows_hits
    assert [error.message for error in form.page_errors()] == [
        "Select the organisation that you mean, or keep your own words"
    ]
    assert form.page_errors()[0].control == "organisation-choice"


def test_a_choice_gives_the_words_and_the_organisation(app: Flask, lark: Organisation) -> None:
    data = {
        "organisation-text": "lark",
        "organisation-asked": "lark",
        "organisation-choice": str(lark.id),
        "role": "partner",
    }
    form, valid = _sent(app, _WordsForm, data)
    assert valid and form.organisation.data == PickedOrganisation("lark", lark.id)


def test_own_words_are_kept_when_asked_for_or_when_nothing_was_found(app: Flask, lark: Organisation) -> None:
    data = {
        "organisation-text": "lark",
        "organisation-asked": "lark",
        "organisation-choice": "words",
        "role": "partner",
    }
    form, valid = _sent(app, _WordsForm, data)
    assert valid and form.organisation.data == PickedOrganisation("lark", None)
    form, valid = _sent(app, _WordsForm, {"organisation-text": "My  own Łódź firm ", "role": "owner"})
    assert valid and form.organisation.data == PickedOrganisation("My own Łódź firm", None)


def test_an_organisation_that_was_not_offered_cannot_be_chosen(app: Flask, lark: Organisation) -> None:
    other = an_organisation("Wrenfield Surgery")
    data = {
        "organisation-text": "lark",
        "organisation-asked": "lark",
        "organisation-choice": str(other.id),
        "role": "partner",
    }
    assert not _sent(app, _WordsForm, data)[1]


def test_nothing_typed_is_asked_for(app: Flask, lark: Organisation) -> None:
    form, _ = _sent(app, _WordsForm, {"organisation-text": " ", "role": "partner"})
    assert [(error.message, error.control) for error in form.page_errors()] == [
        ("Enter the organisation", "organisation-text")
    ]


def test_where_an_organisation_is_needed_words_alone_will_not_do(app: Flask, lark: Organisation) -> None:
    form, valid = _sent(app, _StrictForm, {"organisation-text": "Nobody Knows Ltd"})
    assert not valid and "was found" in form.page_errors()[0].message
    assert form.page_errors()[0].control == "organisation-text"
    words = {"organisation-text": "lark", "organisation-asked": "lark", "organisation-choice": "words"}
    assert not _sent(app, _StrictForm, words)[1]


def test_an_organisation_chosen_before_stays_chosen_though_its_name_has_changed(app: Flask, lark: Organisation) -> None:
    with app.test_request_context("/"):
        form = _WordsForm(organisation=PickedOrganisation("the old name", lark.id), meta={"csrf": False})
        assert form.organisation.choice == str(lark.id)
        assert [hit.id for hit in form.organisation.hits] == [lark.id]


def test_what_shares_only_a_common_word_is_no_name_like_it(app: Flask) -> None:
    for name in ("Pellowe Surgery", "Chapel Surgery", "Surrey Surgery", "Elm Surgery"):
        an_organisation(name)
    assert [each.name for each in near("Pellow Surg")] == ["Pellowe Surgery"]


def test_names_like_the_words_are_offered_before_words_that_find_nothing_are_kept(
    app: Flask, lark: Organisation
) -> None:
    sent = {"organisation-text": "Larkfeild Surgery"}
    form, valid = _sent(app, _NearForm, sent)
    assert not valid and not form.page_errors()
    assert form.organisation.is_unfound and [hit.id for hit in form.organisation.hits] == [lark.id]
    form, valid = _sent(app, _NearForm, {**sent, "organisation-asked": sent["organisation-text"]})
    assert not valid and form.page_errors()
    kept = {**sent, "organisation-asked": sent["organisation-text"], "organisation-choice": "words"}
    form, valid = _sent(app, _NearForm, kept)
    assert valid and form.organisation.data == PickedOrganisation("Larkfeild Surgery")
    assert _sent(app, _NearForm, {"organisation-text": "Quite Other Ltd"})[1]
