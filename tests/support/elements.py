"""The elements of a page, for the checks that hold for every page: read in one pass where each tag is closed where it should be, as the
product writes them, and from BeautifulSoup where not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from bs4 import BeautifulSoup, NavigableString, Tag

VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noframes", "noembed", "xmp", "plaintext"})
"""What stands in these is no tag, whatever it looks like."""
_ENTITY = "&(?:amp|lt|gt|quot|nbsp|#34|#39);"
_ATTRIBUTE = r'\s+({}[a-zA-Z][a-zA-Z0-9:_-]*)(?:="({}[^"]*)")?'
_TOKEN = re.compile(
    rf"<([a-z][a-z0-9]*)((?:{_ATTRIBUTE.format('?:', '?:')})*)\s*(/?)>|</([a-z][a-z0-9]*)>|((?:[^<&]+|{_ENTITY})+)",
    re.ASCII,
)
_EACH = re.compile(_ATTRIBUTE.format("", ""), re.ASCII)
_VALUE = re.compile(f"(?:[^&]|{_ENTITY})*")
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE | re.ASCII)
_UNUSUAL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]")

_ways: dict[tuple[int, str], int] = {}


def way(above: int, name: str) -> int:
    """Returns the number of the way down to the elements of this name within those that the way `above` leads to; 0 is the page."""
    return _ways.setdefault((above, name), len(_ways) + 1)


@dataclass(slots=True)
class Element:
    """One element. Those inside it follow it on its page, until the one numbered `last`."""

    name: str
    attrs: Mapping[str, str]
    parent: "Element | None"
    number: int
    way: int
    texts: list[str]
    begins: int
    ends: int = 0
    last: int = 0

    @property
    def text(self) -> str:
        """Every text in it."""
        return "".join(self.texts[self.begins : self.ends])

    def around(self, name: str) -> "Element | None":
        """The nearest element of this name that it stands in."""
        above = self.parent
        while above is not None and above.name != name:
            above = above.parent
        return above


@dataclass
class Elements:
    """Every element of a page, in order. `ways` has the way to each, and to each text and each tag that closes itself; it is None
    where the page is not written strictly."""

    each: list[Element] = field(default_factory=list)
    ways: set[int] | None = None

    def named(self, *names: str) -> Iterator[Element]:
        """Those of these names, in order."""
        return (each for each in self.each if each.name in names)

    def inside(self, element: Element) -> Sequence[Element]:
        """Those within an element, in order."""
        return self.each[element.number + 1 : element.last]


class _Building:
    """Elements on the way: those that are begun and not ended are `open`."""

    def __init__(self) -> None:
        self.found = Elements()
        self.texts: list[str] = []
        self.open: list[Element] = []

    def begin(self, name: str, attrs: Mapping[str, str]) -> Element:
        parent = self.open[-1] if self.open else None
        number = way(parent.way if parent else 0, name)
        made = Element(name, attrs, parent, len(self.found.each), number, self.texts, len(self.texts))
        self.found.each.append(made)
        self.open.append(made)
        return made

    def end(self) -> None:
        element = self.open.pop()
        element.ends, element.last = len(self.texts), len(self.found.each)


def read(html: str) -> Elements | None:
    """Returns the elements of a page in one pass; None where it is not written strictly: with a tag that is not closed, or closed
    elsewhere, an attribute without quotes or given twice, a comment, or a character or an entity that the product does not write."""
    start = _DOCTYPE.match(html)
    if start is None or _UNUSUAL.search(html):
        return None
    building, ways, done = _Building(), set[int](), start.end()
    following = _TOKEN.scanner(html, done).match
    while token := following():
        done = token.end()
        name, written, closes, ended, text = token.groups()
        here = building.open[-1] if building.open else None
        if text:
            building.texts.append(unescape(text) if "&" in text else text)
            if not text.isspace():
                ways.add(way(here.way if here else 0, "#text"))
        elif ended:
            if here is None or here.name != ended:
                return None
            building.end()
        else:
            attrs = _attributes(written)
            if attrs is None or (here and here.name in _RAW):
                return None
            ways.add(building.begin(name, attrs).way)
            if closes:
                ways.add(way(building.open[-1].way, "/"))
            if closes or name in VOID:
                building.end()
    if done < len(html) or building.open or not _has_head_and_body(building.found):
        return None
    building.found.ways = ways
    return building.found


def _has_head_and_body(found: Elements) -> bool:
    parts = [
        (each.name, each.parent and each.parent.name) for each in found.each if each.name in ("html", "head", "body")
    ]
    return parts == [("html", None), ("head", "html"), ("body", "html")]


@lru_cache(maxsize=10_000)
def _attributes(written: str) -> Mapping[str, str] | None:
    found: dict[str, str] = {}
    for name, value in _EACH.findall(written):
        if name.lower() in found or not _VALUE.fullmatch(value):
            return None
        found[name.lower()] = unescape(value)
    return found


def taken_from(soup: BeautifulSoup) -> Elements:
    """Returns the elements of a page that is not written strictly."""
    building = _Building()

    def walk(tag: Tag) -> None:
        for child in tag.children:
            if isinstance(child, Tag):
                attrs = {
                    name: value if isinstance(value, str) else " ".join(value) for name, value in child.attrs.items()
                }
                building.begin(child.name, attrs)
                walk(child)
                building.end()
            elif type(child) is NavigableString:
                building.texts.append(str(child))

    walk(soup)
    return building.found
