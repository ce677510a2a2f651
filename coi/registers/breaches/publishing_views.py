"""Pages for what the public reads of breaches, for years without any, and for who acts in place of the Guardian."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import RuleBroken
from coi.people.queries import called, person
from coi.permissions.vocabulary import Permission
from coi.registers.breaches import commands, public_queries, queries, rules, substitute_commands, substitute_queries
from coi.registers.breaches.blueprint import bp
from coi.registers.breaches.forms import EmptyForm, SubstituteForm, TwinForm, WithdrawForm, YearForm
from coi.web.access import requires
from coi.web.fields import Option
from coi.web.pages import page

ACT, OVERSEE = Permission.REGISTERS_BREACH_ACT, Permission.REGISTERS_BREACH_OVERSEE
YEARS_BACK = 10


@bp.route("/<uuid:breach_id>/publish", methods=["GET", "POST"])
@requires(ACT)
def write_twin(breach_id: uuid.UUID) -> Response:
    """Writes what the public is to read, from a suggested text that can hold no name."""
    breach = queries.breach_to_act_on(breach_id, g.actor, g.body.id, clock.today())
    note_reading("suspected breach", breach, g.actor, clock.now(), g.body.id)
    closed_on = clock.local(breach.closed_at).date() if breach.closed_at else None
    form = TwinForm(obj=rules.suggested_twin(queries.facts_of(breach, closed_on), clock.today()))
    if form.validate_on_submit():
        try:
            twin = commands.write_twin(breach, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The public will read it as {twin.reference}")
            return redirect(url_for(".show", breach_id=breach_id), 303)
    return page("registers/breaches/write_twin.html", form=form, breach=breach)


@bp.route("/<uuid:breach_id>/publish/<uuid:twin_id>/withdraw", methods=["GET", "POST"])
@requires(ACT)
def withdraw_twin(breach_id: uuid.UUID, twin_id: uuid.UUID) -> Response:
    """Takes a text back from the public."""
    breach = queries.breach_to_act_on(breach_id, g.actor, g.body.id, clock.today())
    note_reading("suspected breach", breach, g.actor, clock.now(), g.body.id)
    twin, form = queries.twin(twin_id, breach.id), WithdrawForm()
    if form.validate_on_submit():
        try:
            commands.withdraw_twin(twin, form.because.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{twin.reference} is withdrawn")
            return redirect(url_for(".show", breach_id=breach_id), 303)
    return page("registers/breaches/withdraw_twin.html", form=form, breach=breach, twin=twin)


@bp.route("/years", methods=["GET", "POST"])
@requires(OVERSEE)
def years() -> Response:
    """States that a year had no breaches."""
    stated, form = queries.breachless_years(g.body.id), YearForm()
    last = clock.nhs_year(clock.today()) - 1
    there = {each.year for each in stated}
    form.year.options = tuple(
        Option(each, rules.year_words(each)) for each in range(last, last - YEARS_BACK, -1) if each not in there
    )
    if form.validate_on_submit():
        try:
            commands.state_no_breaches(g.body.id, form.year.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"No breaches in {rules.year_words(form.year.data)}: it is stated")
            return redirect(url_for(".years"), 303)
    return page(
        "registers/breaches/years.html",
        form=form,
        stated=stated,
        broken=public_queries.years_with_breaches(g.body.id, on=clock.today(), at=clock.now()),
        words=rules.year_words,
        empty=EmptyForm(formdata=None),
    )


@bp.post("/years/<uuid:statement_id>/withdraw")
@requires(OVERSEE)
def withdraw_year(statement_id: uuid.UUID) -> Response:
    """Takes back that a year had no breaches."""
    statement = queries.breachless_year(statement_id, g.body.id)
    if EmptyForm().validate_on_submit():
        commands.withdraw_statement(statement, actor=g.actor, at=clock.now())
        db.session.commit()
        flash(f"The statement for {rules.year_words(statement.year)} is withdrawn")
    return redirect(url_for(".years"), 303)


@bp.route("/substitutes", methods=["GET", "POST"])
@requires(OVERSEE)
def substitutes() -> Response:
    """Names who acts where the Guardian is complained of."""
    form, named = SubstituteForm(), substitute_queries.substitutes_of(g.body.id)
    offered = substitute_queries.persons_to_name(g.body.id, clock.today())
    form.offer(called(offered, g.body.id, clock.today()), clock.today())
    if form.validate_on_submit():
        try:
            chosen = person(form.person_id.data, g.body.id)
            substitute_commands.name_substitute(
                chosen, g.body.id, form.starts.data, because=form.because.data or "", actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{chosen.name} acts where the Guardian is complained of")
            return redirect(url_for(".substitutes"), 303)
    return page(
        "registers/breaches/substitutes.html",
        form=form,
        named=named,
        today=clock.today(),
        empty=EmptyForm(formdata=None),
    )


@bp.post("/substitutes/<uuid:substitute_id>/end")
@requires(OVERSEE)
def end_substitute(substitute_id: uuid.UUID) -> Response:
    """Ends that somebody acts in place of the Guardian."""
    named = substitute_queries.substitute(substitute_id, g.body.id)
    if EmptyForm().validate_on_submit() and named.valid_to is None:
        try:
            substitute_commands.end_substitute(named, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(f"{named.person.name} does not act in place of the Guardian any more")
    return redirect(url_for(".substitutes"), 303)
