"""Loading the demo: every step in the order of its days, in one transaction that the caller commits."""

from collections.abc import Callable
from datetime import date

from coi.cli.demo import breaches, coming_meeting, last_meeting, procurement
from coi.cli.demo.asking import ask_from_a_list
from coi.cli.demo.clinicians import ask, list_clinicians
from coi.cli.demo.days import Days
from coi.cli.demo.declaring import agree_mitigations, declare, enter_old_paper, let_draft, review_yearly
from coi.cli.demo.gifts import declare_gifts
from coi.cli.demo.in_common import plan_in_common
from coi.cli.demo.interests import LATE, PAPER
from coi.cli.demo.keeping import confirm_missing, employ, keep_lately, send_away, train
from coi.cli.demo.names import teach_names
from coi.cli.demo.old_register import upload_old_register
from coi.cli.demo.organisations import second_files
from coi.cli.demo.policy import adopt_policy
from coi.cli.demo.publishing import FIRST, SECOND, publish, publish_others
from coi.cli.demo.scene import Scene
from coi.cli.demo.setting_up import import_files, set_up
from coi.organisations.queries import bodies

SECOND_IMPORT = -100
REDACTION = 15  # days after the last meeting: somebody asks that an interest is not published


def is_wanted() -> bool:
    """Whether the database is empty: the demo is never loaded beside somebody's own data, nor twice."""
    return not bodies()


def load(today: date, password: str, tell: Callable[[str], None], *, site: str = "") -> Scene:
    """Loads the demo as of today. `tell` is called with a line before each step; `site` is what addresses in its mails begin with, one
    that leads nowhere without it. The caller commits."""
    days = Days.around(today)
    tell("The board, its people and its committee, and the practices")
    scene = set_up(days, password)
    scene.site = site or scene.site
    adopt_policy(scene)
    _keep_registers(scene, tell)
    tell(f"Last month’s meeting, on {days.last.day} {days.last:%B %Y}")
    _hold_last_meeting(scene)
    tell(f"The coming meeting, on {days.coming.day} {days.coming:%B %Y}")
    _prepare_coming_meeting(scene)
    return scene


def _keep_registers(scene: Scene, tell: Callable[[str], None]) -> None:
    """The register as it was begun, its yearly review, and what was declared until the last meeting."""
    tell("The register of interests")
    declare(scene, PAPER)
    employ(scene)
    breaches.name_substitute(scene)
    train(scene)
    tell("The registers of breaches and of procurement decisions")
    breaches.keep(scene)
    procurement.award(scene)
    tell("The yearly review, and gifts and hospitality")
    review_yearly(scene)
    import_files(scene, second_files(scene.days), SECOND_IMPORT, "09")
    agree_mitigations(scene)
    teach_names(scene)
    procurement.extend(scene)
    declare_gifts(scene, until=FIRST)
    send_away(scene)
    publish(scene, FIRST, "The first register that is published with coi")
    declare_gifts(scene, after=FIRST, until=LATE)
    declare(scene, LATE)


def _hold_last_meeting(scene: Scene) -> None:
    """The last meeting, and what was published and kept after it."""
    held = last_meeting.hold(scene)
    procurement.begin(scene, held)
    declare_gifts(scene, after=LATE)
    confirm_missing(scene)
    publish(scene, SECOND, "")
    publish_others(scene)
    keep_lately(scene)


def _prepare_coming_meeting(scene: Scene) -> None:
    """The coming meeting, among what else happened meanwhile."""
    sitting = coming_meeting.plan_agenda(scene)
    declare(scene, REDACTION)
    breaches.compare_with_decisions(scene)
    enter_old_paper(scene, REDACTION)
    let_draft(scene, REDACTION)
    upload_old_register(scene)
    clinicians = list_clinicians(scene)
    ask_from_a_list(scene)
    ask(sitting, clinicians[0])
    breaches.report_lately(scene)
    plan_in_common(scene, scene.second)
    coming_meeting.prepare(sitting)
