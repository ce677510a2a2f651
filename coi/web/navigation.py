"""The header's navigation: what the present actor may use at the present body, and where they are."""

from dataclasses import dataclass

from flask import current_app, g, request, url_for

from coi.permissions.vocabulary import Permission
from coi.web.access import may


@dataclass(frozen=True)
class Entry:
    """One place in the navigation. `also` names the start of endpoints that belong to it besides its own."""

    label: str
    endpoint: str
    permission: Permission
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """A link of the navigation as it is shown."""

    label: str
    href: str
    current: bool


KEEPING = ("standing.", "queues.", "chasing.", "non_declarers.", "training.", "starters.", "prompts.")
"""The rooms of the secretary's work list."""
PLACES = (
    Entry("Home", "meetings.home", Permission.ACCOUNTS_OWN_USE),
    Entry(
        "Meetings",
        "meetings.index",
        Permission.MEETINGS_MEETING_READ,
        ("meetings.", "conflicts.", "voices.", "minutes."),
    ),
    Entry(
        "My interests",
        "interests.mine",
        Permission.REGISTERS_INTEREST_DECLARE,
        ("interests.declare", "interests.own", "prompts.own"),
    ),
    Entry("My gifts", "gifts.mine", Permission.REGISTERS_GIFT_DECLARE, ("gifts.declare", "gifts.own")),
    Entry("Actions", "actions.index", Permission.MEETINGS_MEETING_READ, ("actions.",)),
    Entry("Register", "interests.index", Permission.REGISTERS_INTEREST_READ, ("interests.", "importing.")),
    Entry("Gifts", "gifts.index", Permission.REGISTERS_GIFT_READ, ("gifts.",)),
    Entry("Procurement", "procurement.index", Permission.REGISTERS_PROCUREMENT_READ, ("procurement.",)),
    Entry("Breaches", "breaches.index", Permission.REGISTERS_BREACH_READ, ("breaches.", "afterwards.")),
    Entry("Publication", "publication.index", Permission.PUBLICATION_EDITION_READ, ("publication.", "public.")),
    Entry("Who is due", "standing.index", Permission.REGISTERS_STANDING_KEEP, KEEPING),
    Entry("Committees", "committees.index", Permission.COMMITTEES_COMMITTEE_READ, ("committees.",)),
    Entry("People", "people.index", Permission.PEOPLE_PERSON_READ, ("people.",)),
    Entry(
        "Organisations",
        "organisations.index",
        Permission.ORGANISATIONS_ORGANISATION_READ,
        ("organisations.", "aliases."),
    ),
    Entry("Rules", "rules.index", Permission.ORGANISATIONS_RULES_READ, ("rules.",)),
    Entry("Accounts", "administration.index", Permission.ACCOUNTS_ACCOUNT_MANAGE, ("administration.", "handover.")),
    Entry("Ledger", "assurance.ledger", Permission.ASSURANCE_LEDGER_READ, ("assurance.",)),
)


def for_request() -> list[Link]:
    """Returns the links of the present body's navigation: places that exist and that the actor may use."""
    if g.get("body") is None or not g.actor.is_signed_in:
        return []
    here = [place for place in PLACES if place.endpoint in current_app.view_functions and may(place.permission)]
    current = _current(here)
    return [Link(place.label, url_for(place.endpoint), place is current) for place in here]


def _current(places: list[Entry]) -> Entry | None:
    """The place that the request is in: its own page, or the longest of the beginnings that fit its endpoint."""
    endpoint = request.endpoint or ""
    exact = [place for place in places if place.endpoint == endpoint]
    fits = [(len(start), place) for place in places for start in place.also if endpoint.startswith(start)]
    return exact[0] if exact else max(fits, key=lambda fit: fit[0], default=(0, None))[1]
