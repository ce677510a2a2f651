"""The words of dates, times and lists, and the pictures of paths, as filters of the templates."""

from collections.abc import Sequence

from flask import Flask
from markupsafe import Markup

from coi.documents.path_picture import path_picture
from coi.wording import and_list, clock_time, day, in_sentence, moment


def init_app(app: Flask) -> None:
    """Gives the filters to the templates of `app`."""
    app.jinja_env.filters.update(
        day=day, clock_time=clock_time, moment=moment, and_list=and_list, in_sentence=in_sentence, drawn=_drawn
    )


def _drawn(path: Sequence[str]) -> Markup:
    """A path as a picture for wide pages and one for phones and long paths; a page shows one of them. Each escapes what it is given."""
    steps = tuple(step for each in path for step in each.split(" → "))  # a deputy's path begins with several in one
    across, down = path_picture(steps, across=True), path_picture(steps, across=False)
    if not down:
        return Markup()
    shapes = f'<div class="coi-path__across">{across}</div><div class="coi-path__down">{down}</div>' if across else down
    return Markup(f'<div class="coi-path-picture">{shapes}</div>')  # noqa: S704 - both pictures escape their words
