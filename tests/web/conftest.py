"""An application with pages made for trying the web's parts, beside the real ones."""

from collections.abc import Iterator

import jinja2
import pytest
from flask import Blueprint, Flask, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock, create_app
from coi.config import Config
from coi.database import db
from coi.documents.apart import DrawingFailed
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.organisations.models import Body
from coi.permissions.vocabulary import Permission, Role
from coi.web import drafts
from coi.web.access import public, requires
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, SeveralField, TimeField, YesNoField
from coi.web.forms import EmailField, Form, LongTextField, Required, SecretField, TextField, WholeNumberField
from coi.web.pages import page
from tests.factories import accounts
from tests.support.backends import Backend
from tests.support.client import StrictClient
from tests.support.rows import a_body, a_person

bp = Blueprint("trial", __name__)
TEMPLATES = {
    "trial/form.html": """{% extends "layouts/form.html" %}{% from "macros/fields.html" import field %}
{% block title %}Add a thing{% endblock %}
{% block fields %}{% for each in form if each.type not in ("HiddenField", "CSRFTokenField") %}
{{ field(each, reveal={"other": "Say more below"}) }}{% endfor %}{% endblock %}""",
    "trial/show.html": """{% extends "layouts/page.html" %}{% block title %}{{ title }}{% endblock %}
{% block content %}<p>{{ text }}</p>{% if can("meetings:agenda:plan") %}<p>May plan</p>{% endif %}{% endblock %}""",
    "trial/undefined.html": "{{ nothing_of_the_kind }}",
}
OPTIONS = (Option("a", "Apples", "Red or green"), Option("other", "Something else"))


class TrialForm(Form):
    name = TextField("Name", [Required("Enter the name")], description="As it is in the register", limit=20)
    email = EmailField("Email address")
    started = DatePartsField(
        "When did it start?", [Required("Enter the date the interest started")], subject="Date the interest started"
    )
    ended = DatePartsField("When did it end?", ongoing="It has not ended", subject="Date the interest ended")
    left = TimeField("Time left", unknown="The time is not known")
    kind = ChoiceField("What kind is it?", [Required("Select what kind it is")], options=OPTIONS)
    pick = PickField("Who", options=OPTIONS, blank="Nobody")
    several = SeveralField("Which of these?", options=OPTIONS)
    sure = YesNoField("Are you sure?")
    notes = LongTextField("Notes")
    pounds = WholeNumberField("Pounds", most=1000)
    secret = SecretField("Word")


class SmallForm(Form):
    name = TextField("Name", [Required("Enter the name")])


@bp.route("/<body>/trial/form", methods=["GET", "POST"])
@requires(Permission.MEETINGS_AGENDA_PLAN)
def form() -> Response:
    trial = TrialForm()
    if trial.validate_on_submit():
        if trial.name.data == "forbidden":
            trial.show(RuleBroken("This name is taken", field="name", options=("use another", "ask the owner")))
        elif trial.name.data == "half done":
            drafts.save("half", {}, actor=g.actor, at=clock.now())
            db.session.flush()
            trial.show(RuleBroken("It stopped half way"))
        elif trial.name.data == "too slow":
            raise EditConflict("The thing", theirs={"Name": "Fern", "Notes": "Theirs"}, yours={"Name": "too slow"})
        elif trial.name.data == "all wrong":
            trial.show(RuleBroken("The whole thing is wrong"))
        else:
            flash("Saved")
            return redirect(url_for(".show", title="Done"), 303)
    return page("trial/form.html", form=trial)


@bp.route("/<body>/trial/count", methods=["GET", "POST"])
@requires(Permission.MEETINGS_AGENDA_PLAN)
def count() -> Response:
    """Adds one draft per sending that is not a repetition."""
    small = SmallForm()
    if small.validate_on_submit():
        number = len(drafts.load("count", actor=g.actor).get("names", [])) + 1
        names = [*drafts.load("count", actor=g.actor).get("names", []), small.name.data]
        drafts.save("count", {"names": names}, actor=g.actor, at=clock.now())
        db.session.commit()
        return redirect(url_for(".show", title=f"Number {number}"), 303)
    return page("trial/form.html", form=small)


@bp.get("/<body>/trial/show/<title>")
@requires(Permission.MEETINGS_AGENDA_PLAN)
def show(title: str) -> Response:
    return page("trial/show.html", title=title, text=request.args.get("text", ""))


@bp.get("/<body>/trial/fail/<how>")
@requires(Permission.MEETINGS_AGENDA_PLAN)
def fail(how: str) -> Response:
    if how == "conflict":
        raise EditConflict("The <b>item</b>", theirs={"Title": "<script>theirs</script>"}, yours={"Title": "<i>yours"})
    if how == "rule":
        raise RuleBroken("The meeting has begun", options=("record it as it happened",))
    if how == "missing":
        raise NotFound("No such thing")
    if how == "undrawn":
        raise DrawingFailed("a secret of the machine")
    if how == "undefined":
        return page("trial/undefined.html")
    raise ValueError("a secret of the machine")


@bp.get("/<body>/trial/careless")
@requires(Permission.MEETINGS_AGENDA_PLAN)
def careless() -> Response:
    drafts.save("careless", {}, actor=g.actor, at=clock.now())
    if request.args.get("flushed"):
        db.session.flush()
    return page("trial/show.html", title="Careless", text="")


@bp.get("/trial/public")
@public
def open_to_all() -> Response:
    return page("trial/show.html", title="For everybody", text="")


@bp.get("/<body>/trial/public")
@public
def open_at_body() -> Response:
    return page("trial/show.html", title="For everybody here", text="")


@pytest.fixture(scope="session")
def application(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with the trial pages."""
    config = Config(
        environment="test", database_url=backend.url, owner_database_url=backend.owner_url, secret_key="for tests only",
        ledger_key_file=tmp_path_factory.mktemp("keys") / "ledger.key", argon2_memory_kib=64, base_url="https://localhost",
        max_upload_bytes=2 * 1024 * 1024,
    )  # fmt: skip
    app = create_app(config)
    app.jinja_loader = jinja2.ChoiceLoader([app.jinja_loader, jinja2.DictLoader(TEMPLATES)])
    app.register_blueprint(bp)
    with app.app_context():
        backend.watch(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def body(app: Flask) -> Body:
    return a_body()


@pytest.fixture
def secretary(client: StrictClient, body: Body) -> StrictClient:
    """A client signed in as the secretary of Northmoor."""
    accounts.account_with(a_person("Sam Secretary").id, "sam@example.nhs.uk", [Role.SECRETARY], body.id)
    return client.as_("sam@example.nhs.uk")


@pytest.fixture
def other_secretary(app: Flask, body: Body) -> StrictClient:
    """Another person's browser, of the same body and role."""
    accounts.account_with(a_person("Kim Second").id, "kim@example.nhs.uk", [Role.SECRETARY], body.id)
    return StrictClient(app).as_("kim@example.nhs.uk")
