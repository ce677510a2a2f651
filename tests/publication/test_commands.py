"""Publishing: what an edition holds and seals, what the next one brings, and what stays out of sight."""

import hashlib
import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi.audit.queries import entries
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.files.queries import content_of
from coi.jobs.models import Job
from coi.people.commands import end_appointment
from coi.publication.catalogue import GIFTS
from coi.publication.models import PublishedEntry
from coi.publication.vocabulary import CURRENT
from coi.registers.interests import commands as interests
from tests.factories.gifts import a_gift
from tests.factories.interests import SYSTEM, a_nil_return, an_interest, details_of
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person, an_appointment
from tests.factories.publication import AT, a_page, an_edition


def somebody(body, name="Dr Ama Boateng", **post):
    person = a_person(name)
    an_appointment(person, body, **post)
    return person


def names(page):
    return [row.values["name"] for row in page.rows]


def sealed(edition):
    return b"".join(content_of(edition.file))


def test_an_edition_is_sealed_with_its_digest_in_one_ledger_entry(body):
    an_interest(somebody(body))
    edition = an_edition(body, note="Reviewed by the committee")
    data = sealed(edition)
    assert edition.sha256 == edition.file.sha256 == hashlib.sha256(data).hexdigest()
    head, row = (json.loads(line) for line in data.decode().splitlines())
    assert (head["edition"], head["as_at"], head["rows"], head["register"]) == (1, "2026-11-01", 1, "interests")
    assert row["values"]["name"] == "Dr Ama Boateng"
    newest = entries(1)[0]
    assert newest.event == Event.EDITION_PUBLISHED and newest.subject_id == str(edition.id)
    assert db.session.scalars(sa.select(Job.kind).order_by(Job.kind)).all() == [
        "audit.checkpoint",
        "meetings.afterwards",
        "publication.files",
    ]


def test_the_same_register_is_sealed_in_the_same_bytes(body):
    an_interest(somebody(body))
    first, second = an_edition(body), an_edition(body, again=True)
    assert sealed(first).splitlines()[1:] == sealed(second).splitlines()[1:]


def test_a_record_is_kept_once_however_many_editions_have_it(body):
    interest = an_interest(somebody(body))
    a_nil_return(somebody(body, "Dr Zoe Abbot"))
    for day in range(3):
        an_edition(body, at=AT + timedelta(days=day), again=True)
    interests.change_interest(
        interest, details_of(nature="Salaried"), version=1, actor=SYSTEM, at=AT + timedelta(days=4)
    )
    edition = an_edition(body, at=AT + timedelta(days=5))
    assert (edition.number, edition.added, edition.changed, edition.removed, edition.rows) == (4, 0, 1, 0, 2)
    kept = db.session.execute(
        sa.select(PublishedEntry.key, PublishedEntry.first_edition, PublishedEntry.last_edition).order_by("id")
    )
    assert [tuple(row)[1:] for row in kept] == [(1, CURRENT), (1, 3), (4, CURRENT)]


def test_publishing_what_did_not_change_asks_first_and_leaves_nothing_behind(body):
    an_interest(somebody(body))
    an_edition(body)
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        an_edition(body, at=AT + timedelta(days=1))
    assert not db.session.new and not db.session.dirty
    assert an_edition(body, at=AT + timedelta(days=1), again=True).as_at == date(2026, 11, 2)


def test_an_empty_register_can_be_published(body):
    assert an_edition(body).rows == 0
    assert a_page(body).rows == ()


def test_a_past_edition_says_what_it_said_then(body):
    interest = an_interest(somebody(body))
    an_edition(body)
    interests.change_interest(
        interest, details_of(nature="Salaried"), version=1, actor=SYSTEM, at=AT + timedelta(days=4)
    )
    an_edition(body, at=AT + timedelta(days=5))
    assert [row.values["nature"] for row in a_page(body, number=1).rows] == ["Partner in the practice"]
    assert [row.values["nature"] for row in a_page(body, number=2).rows] == ["Partner. Salaried"]


def test_what_is_withheld_later_is_gone_from_every_edition_at_once(body):
    surgery = an_organisation("Larkfield Surgery")
    interest = an_interest(somebody(body), details_of(surgery))
    an_interest(somebody(body, "Dr Ben Cole"), details_of(surgery))
    an_edition(body)
    later = AT + timedelta(days=3)
    interests.change_interest(
        interest, details_of(surgery, keep_private_because="I was threatened"), version=1, actor=SYSTEM, at=later
    )
    assert names(a_page(body, at=later)) == ["Dr Ben Cole"]
    assert names(a_page(body, at=later, find="Boateng")) == []
    assert a_page(body, at=later).count == 1
    an_edition(body, at=later)
    assert names(a_page(body, at=later, number=1)) == ["Dr Ben Cole"]


def test_what_ended_leaves_the_page_on_its_day_without_a_new_edition(body):
    interest = an_interest(somebody(body))
    interests.end_interest(interest, date(2026, 6, 15), version=1, actor=SYSTEM, at=AT - timedelta(days=30))
    an_edition(body)
    assert len(a_page(body, today=date(2026, 12, 15)).rows) == 1
    gone = a_page(body, today=date(2026, 12, 16))
    assert (gone.rows, gone.count) == ((), 0)


def test_a_past_edition_forgets_an_interest_whose_end_it_did_not_know(body):
    interest = an_interest(somebody(body))
    an_edition(body)
    interests.end_interest(interest, date(2026, 6, 15), version=1, actor=SYSTEM, at=AT + timedelta(days=1))
    an_edition(body, at=AT + timedelta(days=2))
    assert len(a_page(body, number=1, today=date(2026, 12, 15)).rows) == 1
    assert a_page(body, number=1, today=date(2026, 12, 16)).rows == ()


def test_the_register_of_gifts_is_published_like_the_others_and_names_no_patient(body):
    a_gift(body, somebody(body), at=AT - timedelta(days=30), offered_on=date(2026, 9, 30), received_on=None)
    edition = an_edition(body, GIFTS)
    head, row = (json.loads(line) for line in sealed(edition).decode().splitlines())
    assert (head["register"], head["rows"]) == ("gifts", 1)
    assert row["values"]["details"] == "Box of chocolates"
    assert "Family of J" not in sealed(edition).decode()


def test_a_nil_return_that_an_interest_replaced_stays_in_the_editions_that_had_it_for_the_public_months(body):
    person, replaced_on = somebody(body), AT + timedelta(days=5)
    nil = a_nil_return(person)
    an_edition(body)
    an_interest(person, at=AT + timedelta(days=4))
    assert an_edition(body, at=replaced_on).removed == 1
    assert [row.key for row in a_page(body, number=1, at=replaced_on).rows] == [nil.reference]
    assert nil.reference not in [row.key for row in a_page(body, at=replaced_on).rows]
    assert len(a_page(body, number=1, today=date(2027, 5, 6)).rows) == 1
    assert a_page(body, number=1, today=date(2027, 5, 7)).rows == ()


def test_a_nil_return_of_somebody_whose_public_months_are_over_leaves_every_edition(body):
    person = a_person("Dr Ama Boateng")
    post = an_appointment(person, body)
    a_nil_return(person)
    an_edition(body)
    later = AT + timedelta(days=400)
    end_appointment(post, date(2026, 11, 2), actor=SYSTEM, at=AT + timedelta(days=1))
    an_interest(person, at=later)
    an_edition(body, at=later)
    assert a_page(body, number=1, at=later).rows == ()
