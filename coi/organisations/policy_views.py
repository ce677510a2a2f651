"""Pages about the rules that apply at a body, and its own stricter policy."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.guidance.figures import FIGURES, may_be_set, said
from coi.guidance.rulesets import guidance_on, least
from coi.guidance.vocabulary import RuleSet
from coi.organisations import policy_commands as commands
from coi.organisations import policy_queries as queries
from coi.organisations.policy_forms import PolicyForm
from coi.organisations.policy_page import rules_of_day
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("rules", __name__, url_prefix="/<body>/rules")


@bp.app_context_processor
def _rules_of_today() -> dict[str, Any]:
    """Gives every template `rules_today()`, so that no number of the guidance stands in one. It asks once a page, and only if used."""

    def rules_today() -> RuleSet:
        if "rules_today" not in g:
            g.rules_today = queries.rules_of(g.body, clock.today())
        found: RuleSet = g.rules_today
        return found

    return {"rules_today": rules_today}


@bp.get("")
@requires(Permission.ORGANISATIONS_RULES_READ)
def index() -> Response:
    """Shows the rules that apply here today, or, where a day is asked for, those of that day."""
    today, asked, error = clock.today(), request.args.get("on", ""), ""
    rulebook = queries.rulebook_of(g.body)
    try:
        rules = rules_of_day(rulebook, date.fromisoformat(asked) if asked else today)
    except ValueError:
        rules, error = rules_of_day(rulebook, today), "Enter a real date"
    except RuleBroken as broken:
        rules, error = rules_of_day(rulebook, today), broken.reason
    return page(
        "organisations/rules.html",
        422 if error else None,
        rules=rules,
        asked=asked,
        error=error,
        is_today=rules.on == today,
    )


@bp.route("/<figure>/change", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_POLICY_SET)
def change(figure: str) -> Response | AnyResponse:
    """Sets a figure of the body's own policy, or goes back to the guidance."""
    if not may_be_set(figure):
        raise NotFound("There is no such figure")
    today, history = clock.today(), queries.policy_history(g.body.id, figure)
    form = PolicyForm.for_figure(figure, version=history[-1].number if history else 0, today=today)
    if form.validate_on_submit():
        try:
            commands.set_policy(g.body, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("Your policy was saved. It counts from the day that you entered")
            return redirect(url_for(".index"), 303)
    rules = guidance_on(g.body.kind.value, today)
    guidance, floor = rules[figure], least(rules, figure)
    earlier = [(each, said(figure, queries.value_of(figure, each.value))) for each in reversed(history)]
    return page(
        "organisations/change_rule.html", form=form, words=FIGURES[figure].words, guidance=guidance,
        guidance_words=said(figure, guidance.value), least_words=said(figure, floor) if floor is not None else "", earlier=earlier,
    )  # fmt: skip
