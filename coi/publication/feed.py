"""The feed of changes (Atom, RFC 4287): an entry for each edition, with what changed in it as it may be seen today."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from coi.organisations.models import Body
from coi.publication import looking, queries
from coi.publication.looking import Published
from coi.publication.models import Edition
from coi.publication.vocabulary import CHANGE_WORDS, Differences

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST_EDITIONS, MOST_LINES = 20, 50
Address = Callable[..., str]


@dataclass(frozen=True)
class News:
    """An edition and what changed in it."""

    found: Published
    edition: Edition
    compared: Differences


def news(body_id: uuid.UUID, found: Sequence[Published]) -> list[News]:
    """Returns the newest editions of all registers with their changes, the newest first."""
    by_kind = {each.register.kind: each for each in found}
    listed = [each for each in queries.editions(body_id, limit=MOST_EDITIONS) if each.kind in by_kind]
    return [
        News(by_kind[each.kind], each, looking.differences(by_kind[each.kind].shown, each.number - 1, each.number))
        for each in listed
    ]


def feed_of(body: Body, items: Sequence[News], address: Address) -> ET.Element:
    """Returns the feed of a body. Ids stay the same for good; texts say only what may be said today."""
    ET.register_namespace("", NAMESPACE)
    feed = ET.Element(_tag("feed"), {"xml:lang": "en-GB"})
    _text(feed, "id", f"urn:uuid:{body.id}")
    _text(feed, "title", f"Changes on the registers of {body.name}")
    _text(feed, "updated", items[0].edition.published_at.isoformat() if items else "1970-01-01T00:00:00+00:00")
    ET.SubElement(feed, _tag("link"), {"rel": "self", "type": "application/atom+xml", "href": address("changes_feed")})
    ET.SubElement(feed, _tag("link"), {"rel": "alternate", "type": "text/html", "href": address("home")})
    _text(ET.SubElement(feed, _tag("author")), "name", body.name)
    for each in items:
        _add(feed, each, address)
    return feed


def _add(feed: ET.Element, item: News, address: Address) -> None:
    edition, kind = item.edition, item.edition.kind.value
    entry = ET.SubElement(feed, _tag("entry"))
    _text(entry, "id", f"urn:uuid:{edition.id}")
    _text(entry, "title", f"{item.found.register.title}, edition {edition.number}")
    _text(entry, "updated", edition.published_at.isoformat())
    link = address("changes", kind=kind, **{"from": edition.number - 1, "to": edition.number})
    ET.SubElement(entry, _tag("link"), {"rel": "alternate", "type": "text/html", "href": link})
    _text(entry, "content", "\n".join(_words(item)))


def _words(item: News) -> list[str]:
    compared = item.compared
    lines = [f"{compared.added} new, {compared.changed} changed, {compared.removed} no longer on the public register."]
    lines += [item.edition.note] if item.edition.note else []
    for each in compared.listed[:MOST_LINES]:
        said = " · ".join(f"{heading}: {after}" for heading, _before, after in each.lines if after)
        lines.append(f"{CHANGE_WORDS[each.change]}: {each.key}{f' ({said})' if said else ''}")
    return lines


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _tag(name)).text = "".join(char for char in text if char >= " " or char in "\n\t")
