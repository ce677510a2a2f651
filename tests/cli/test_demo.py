"""The demo tells every story that it is there for, on both databases, and the ledger has nothing to say against it."""

import os
import random
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from coi.audit import checkpoint, entry
from coi.audit.models import LedgerLeaf
from coi.audit.verify import verify
from coi.cli.audit import CHECKS
from coi.cli.demo import loading, sign_ins
from coi.cli.demo.days import Days
from coi.cli.demo.organisations import AREA, BOARD, COMMUNITY_TRUST, NETWORKS, PRACTICES
from coi.cli.demo.people import PEOPLE
from coi.cli.demo.scene import Scene
from coi.cli.demo.setting_up import SINCE
from coi.config import Config
from coi.database import db
from coi.meetings.actions.models import Action
from coi.meetings.actions.vocabulary import ActionState
from coi.meetings.conflicts.models import MeetingDeclaration, Ruling
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import conflicts_at, rulings_to_confirm
from coi.meetings.minutes.commands import compose_now
from coi.meetings.minutes.models import Minutes
from coi.meetings.models import AgendaItem, ChairHandover, Decision, Meeting
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import (
    DeclaredPoint,
    FlagAnswer,
    MeetingState,
    MinutesState,
    Outcome,
    PresidingBasis,
)
from coi.organisations.queries import by_code, organisation, suggested_successors
from coi.organisations.vocabulary import OrganisationStatus
from coi.permissions.vocabulary import Role
from coi.registers.interests.models import InterestOrganisation, InterestVersion, RedactionRequest
from coi.registers.interests.rules import lateness
from coi.registers.interests.vocabulary import RedactionState
from tests.support.backends import Backend
from tests.support.real_data import real_data
from tests.support.tampering import change_every_table, not_found

TODAY = date(2026, 11, 22)
PASSWORD = "abcd-efgh-jkmn-pqrs"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stamps(backend: Backend) -> list[str]:
    """The instant that each step of the demo asked the ledger to write, in the order of the steps: of one database, not of both."""
    return []


@pytest.fixture(scope="module")
def demo(application: Flask, backend: Backend, stamps: list[str]) -> Iterator[Scene]:
    """The demo as it is loaded on a Sunday in November, committed."""
    written = entry.timestamp

    def noted(at: datetime) -> str:
        stamps.append(written(at))
        return stamps[-1]

    with application.app_context():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(entry, "timestamp", noted)
            scene = loading.load(TODAY, PASSWORD, lambda line: None)
        db.session.commit()
        yield scene
        db.session.rollback()
        db.session.remove()
        backend.restore()


def now(demo: Scene) -> datetime:
    return demo.days.at(20, "18:00")


def meeting(state: MeetingState) -> Meeting:
    """The first such meeting: the one in common comes after the others."""
    return db.session.scalars(sa.select(Meeting).where(Meeting.state == state).order_by(Meeting.held_on)).first()


def item(meeting: Meeting, words: str) -> AgendaItem:
    (found,) = [each for each in agenda_of(meeting) if words in each.title]
    return found


def decision(item: AgendaItem) -> Decision:
    return db.session.scalars(sa.select(Decision).where(Decision.item_id == item.id)).one()


def flagged(conflicts: MeetingConflicts, item: AgendaItem) -> dict[str, str]:
    return {each.name: each.lead.level for each in conflicts.conflicts(item.id) if each.lead}


def test_the_ledger_and_the_reference_data_hold(demo: Scene, application: Flask) -> None:
    config: Config = application.config["COI"]
    vkey = checkpoint.vkey(config.ledger_name, checkpoint.load_or_make_key(config.ledger_key_file))
    report = verify(db.session.connection(), vkey=vkey, log_name=config.ledger_name, reference_checks=CHECKS)
    assert not report.problems, [str(problem) for problem in report.problems]


def test_hundreds_of_changed_cells_in_every_table_of_evidence_are_found_each_where_it_is(
    demo: Scene, application: Flask, backend: Backend, tmp_path: Path
) -> None:
    if backend.name != "sqlite":
        return  # the tables differ only in how they are changed: tests/audit/test_verify.py does that on both
    db.session.rollback()
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(Path(db.engine.url.database or "").read_bytes())
    changed = change_every_table(copy, random.Random(20261123))
    config: Config = application.config["COI"]
    vkey = checkpoint.vkey(config.ledger_name, checkpoint.load_or_make_key(config.ledger_key_file))
    with sa.create_engine(f"sqlite:///{copy}").connect() as connection:
        report = verify(connection, vkey=vkey, log_name=config.ledger_name, reference_checks=CHECKS)
    assert len(changed) >= 500
    assert len({table for table, _, _ in changed}) >= 60
    assert not_found(changed, report.problems) == []


def test_nothing_happened_out_of_order(demo: Scene, stamps: list[str]) -> None:
    """The ledger's stamps are those of the steps: none had to be moved up behind an earlier one's."""
    assert stamps
    assert [(before, after) for before, after in pairwise(stamps) if after < before] == []
    minutes = db.session.scalars(sa.select(Minutes)).one()
    assert minutes.composed_at == demo.days.at(1, "11:00")
    first = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq.desc())).first()
    assert first is not None and demo.days.at(20, "10:00").strftime("%Y-%m-%dT%H:%M") in str(first.entry)


def test_a_second_load_is_not_wanted(demo: Scene) -> None:
    assert not loading.is_wanted()


def test_names_of_every_kind_are_there() -> None:
    names = " ".join(each.name for each in PEOPLE)
    assert all(letter in names for letter in ("ŷ", "ł", "Ż", "'", "-"))
    assert any(not each.family_name for each in PEOPLE)


@pytest.mark.real_data
def test_no_code_of_the_demo_is_a_real_one() -> None:
    published = real_data("ods", "epraccur_2025-08.csv").read_bytes().decode("cp1252")
    codes = {*NETWORKS, AREA, BOARD, COMMUNITY_TRUST, *(each.code for each in PRACTICES)}
    assert not [code for code in codes if f'"{code}"' in published]


def test_practices_were_renamed_closed_and_succeeded_as_published_files_say(demo: Scene) -> None:
    renamed, closed = by_code("Z90006"), by_code("Z90009")
    assert renamed is not None and closed is not None
    assert {each.name for each in organisation(renamed.id).names} == {
        "The Larchminster Practice",
        "Dr Quillen and Partners, Larchminster",
    }
    assert closed.status is OrganisationStatus.CLOSED
    assert [each.name for each in suggested_successors(closed)] == ["Kestrow Medical Centre"]


def test_a_gp_stands_down_from_her_own_contract(demo: Scene) -> None:
    last = meeting(MeetingState.CLOSED)
    own = item(last, "Hollowbeck")
    conflicts = conflicts_at(last, known_at=now(demo))
    assert flagged(conflicts, own) == {"Dr Carys Llŷr-Bevan": "F1"}
    assert decision(own).outcome is Outcome.APPROVED
    assert "1 stood down" in decision(own).arithmetic


def test_a_scheme_for_all_practices_is_decided_without_gps_and_clinicians_remain(demo: Scene) -> None:
    last = meeting(MeetingState.CLOSED)
    scheme = item(last, "scheme for all practices")
    assert set(flagged(conflicts_at(last, known_at=now(demo)), scheme).values()) == {"F3"}
    snapshot = decision(scheme).snapshot
    assert snapshot is not None and snapshot.quorate
    assert "(GP)" not in "".join(name for name, *_others in snapshot.counted)
    assert "Mrs Blessing Chikwanda (nurse)" in snapshot.clinical_words


def test_the_vice_chair_presides_where_the_chair_is_conflicted(demo: Scene) -> None:
    carers = item(meeting(MeetingState.CLOSED), "Carers")
    handover = db.session.scalars(sa.select(ChairHandover).where(ChairHandover.item_id == carers.id)).one()
    assert handover.basis is PresidingBasis.VICE_CHAIR
    assert handover.returned_at is not None
    presiding = decision(carers).presiding
    assert presiding is not None and presiding.name == "Mr Harbhajan Thandi"


def test_an_item_lost_its_quorum_to_conflicts_a_spouse_among_them_and_is_deferred(demo: Scene) -> None:
    last = meeting(MeetingState.CLOSED)
    phlebotomy = item(last, "phlebotomy")
    outcome = decision(phlebotomy)
    assert outcome.outcome is Outcome.DEFERRED
    assert outcome.snapshot is not None and not outcome.snapshot.quorate
    paths = [flag.why for flag in conflicts_at(last, known_at=now(demo)).flags[phlebotomy.id]]
    assert any("Żurawski’s spouse → employed by Ostrelle" in path for path in paths)
    assert any("shareholder in Wexmoor GP Federation Ltd" in path for path in paths)


def test_the_director_who_did_not_declare_held_the_decision_until_the_chair_ruled(demo: Scene) -> None:
    surgery = item(meeting(MeetingState.CLOSED), "Minor surgery")
    silent = db.session.scalars(
        sa.select(MeetingDeclaration).where(MeetingDeclaration.point == DeclaredPoint.NOT_DECLARED)
    ).one()
    assert (silent.item_id, silent.person.name) == (surgery.id, "Mr Rafiq Daud-Karim")
    ruling = db.session.scalars(
        sa.select(Ruling).where(Ruling.item_id == surgery.id, Ruling.person_id == silent.person_id)
    ).one()
    assert ruling.made_at < decision(surgery).decided_at


def test_the_last_minutes_wait_for_the_next_meeting_and_lack_nothing(demo: Scene) -> None:
    last = meeting(MeetingState.CLOSED)
    drafted = db.session.scalars(sa.select(Minutes)).one()
    assert (drafted.meeting_id, drafted.state) == (last.id, MinutesState.DRAFT)
    whole, _public = compose_now(last, demo.body)
    assert not whole.gaps


def test_an_action_is_overdue_and_one_is_done(demo: Scene) -> None:
    actions = db.session.scalars(sa.select(Action)).all()
    late = [each for each in actions if each.state is ActionState.OPEN and each.due_on and each.due_on < TODAY]
    assert [each.owner.name for each in late] == ["Ms Leonie Baptiste"]
    assert [each.progress for each in actions if each.state is ActionState.CLOSED] == ["Letter sent."]


def test_the_coming_meeting_shows_every_kind_of_flag_and_what_waits(demo: Scene) -> None:
    coming = meeting(MeetingState.PLANNED)
    conflicts = conflicts_at(coming, known_at=now(demo))
    assert flagged(conflicts, item(coming, "Merrowby")) == {"Dr Niamh O'Dornan": "F1"}
    assert [each.name for each in conflicts.unreached[item(coming, "Merrowby").id]] == ["Dr Carys Llŷr-Bevan"]
    assert set(flagged(conflicts, item(coming, "Enhanced access")).values()) == {"F3"}
    assert flagged(conflicts, item(coming, "Carers")) == {"Mrs Adaeze Okonkwo-Hale": "F4", "Dr Anselm Whitlow": "F4"}
    assert "the vice chair, presides" in conflicts.presiding(item(coming, "Carers").id).reason
    waiting = conflicts.waiting(item(coming, "Minor surgery").id)
    assert "Mr Rafiq Daud-Karim" in {each.name for each in waiting}
    network = conflicts.flags[item(coming, "Wexmoor Coast PCN").id]
    assert ["Wexmoor Coast PCN" in " ".join(flag.path) for flag in network] == [True]
    access = conflicts.flags[item(coming, "Enhanced access").id]
    assert [flag.name for flag in access if flag.answer is FlagAnswer.AGREE] == ["Dr Carys Llŷr-Bevan"]


def test_every_item_of_the_coming_meeting_can_be_quorate(demo: Scene) -> None:
    coming = meeting(MeetingState.PLANNED)
    conflicts = conflicts_at(coming, known_at=now(demo))
    assert all(conflicts.forecast(each.id).quorum.quorate for each in agenda_of(coming) if each.standing is None)


def test_two_committees_are_to_meet_in_common_and_a_flag_was_dismissed_with_the_guardians_word(demo: Scene) -> None:
    last = db.session.scalars(sa.select(Meeting).order_by(Meeting.held_on.desc())).first()
    rooms = item(last, "Weekend dental")
    conflicts = conflicts_at(last, known_at=now(demo))
    assert len(conflicts.seats) == 2
    assert [conflicts.forecast(rooms.id, each).quorum.quorate for each in conflicts.seats] == [True, True]
    (nurse,) = conflicts.conflicts(rooms.id)
    (flag,) = nurse.flags
    assert flag.is_own_money and flag.guardian_consulted and not flag.is_live
    assert "who asked the Guardian" in flag.dismissal


def test_a_dictated_ruling_waits_for_the_chair(demo: Scene) -> None:
    waiting = rulings_to_confirm(demo.body.id, demo.person_id("chair"))
    assert [each.person.name for each in waiting] == ["Dr Niamh O'Dornan"]


def test_two_interests_were_declared_late_one_names_an_unknown_organisation_two_ask_for_redaction(demo: Scene) -> None:
    late = [
        each
        for each in db.session.scalars(sa.select(InterestVersion))
        if lateness(
            arose_on=each.arose_on, aware_on=each.aware_on, declared_on=each.declared_on, limit_days=28, bound_on=SINCE
        )
    ]
    assert {each.interest.person.name for each in late} == {"Dr Niamh O'Dornan", "Dr Anselm Whitlow"}
    unknown = sa.select(InterestOrganisation.text).where(InterestOrganisation.organisation_id.is_(None))
    assert "Harbour Row Physio" in set(db.session.scalars(unknown))
    of_interests = sa.select(RedactionRequest).where(RedactionRequest.interest_id.is_not(None))
    requests = db.session.scalars(of_interests).all()
    assert {(each.interest.person.name, *each.fields) for each in requests} == {
        ("Mr Rafiq Daud-Karim", "nature"), (next(each.name for each in PEOPLE if each.key == "director"),),
    }  # fmt: skip
    assert {each.state for each in requests} == {RedactionState.REQUESTED}


def test_every_role_has_a_sign_in_and_each_is_printed_once() -> None:
    text = sign_ins.as_text(PASSWORD)
    shown = [each for each in PEOPLE if each.shown_as]
    assert [text.count(f" {each.email} ") for each in shown] == [1] * len(shown)
    assert text.count(PASSWORD) == 1
    given_roles = {each.role for each in shown if each.role}
    seats = {Role.MEMBER, Role.LAY_MEMBER, Role.CHAIR}  # come with a seat
    assert given_roles | seats == set(Role)


@given(st.dates(date(2024, 1, 1), date(2090, 12, 31)))
def test_the_last_meeting_is_behind_and_the_coming_one_ahead_on_any_day(today: date) -> None:
    days = Days.around(today)
    assert 8 <= (days.coming - today).days <= 14
    assert 21 <= (today - days.last).days <= 27
    assert days.on(20) < today
    assert days.last.weekday() == days.coming.weekday() == 2


def run_demo(folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COI_")}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "coi", "demo", "--no-serve"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_loads_once_keeps_the_sign_ins_private_and_shows_the_same_ones_again(tmp_path: Path) -> None:
    first, second = run_demo(tmp_path), run_demo(tmp_path)
    file = tmp_path / "instance" / "demo-sign-ins.txt"
    kept = file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert first.count(kept) == second.count(kept) == 1
    assert "Loading" in first
    assert "Loading" not in second


def test_the_demo_refuses_to_run_in_production(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COI_ENVIRONMENT": "production", "COI_SECRET_KEY": "x" * 40}
    environment["COI_TRUSTED_HOSTS"] = "coi.example"
    command = [sys.executable, "-m", "coi", "demo", "--no-serve"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "not for production" in done.stderr
