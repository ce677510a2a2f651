"""Whole numbers in addresses: none larger than any database column holds."""

import re

from werkzeug.routing import IntegerConverter, Map

MOST = 2**31 - 1


class BoundedNumber(IntegerConverter):
    """A whole number in a path, from 0 to the largest that a column holds. A longer one leads nowhere: 404."""

    regex = "[0-9]{1,10}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=MOST)


def read_number(text: str) -> int:
    """Returns the whole number that a query says. Raises ValueError where it is none, or larger than a column holds."""
    if not re.fullmatch("[0-9]{1,10}", text) or int(text) > MOST:
        raise ValueError(f"No number of a page or an edition: {text[:20]}")
    return int(text)
