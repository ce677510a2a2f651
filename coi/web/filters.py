"""The words of dates, times and lists as filters of the templates."""

from flask import Flask

from coi.wording import and_list, clock_time, day, moment


def init_app(app: Flask) -> None:
    """Gives the filters to the templates of `app`."""
    app.jinja_env.filters.update(day=day, clock_time=clock_time, moment=moment, and_list=and_list)
