"""Whose person somebody is: the one condition by which the people of a body are found, on every page."""

import uuid

import sqlalchemy as sa

from coi.accounts.models import RoleGrant
from coi.database import Base


def belongs_to(body_id: uuid.UUID) -> sa.ColumnElement[bool]:
    """Returns the condition on rows of `person`: whoever has, or had, a post, a role or a seat at the body, also on a committee that is
    joint with it; and whoever has none of these anywhere and was entered by the body, or by no single one. Somebody of another body alone
    is not shown (SECURITY 1.4 C15). Rule: REG-07."""
    person, post = table_above("person").c, table_above("appointment").c
    seat, committee, joint = table_above("membership").c, table_above("committee").c, table_above("committee_body").c
    posts = sa.exists().where(post.person_id == person.id)
    roles = sa.exists().where(RoleGrant.person_id == person.id, RoleGrant.body_id.is_not(None))
    seats = sa.exists().where(seat.person_id == person.id)
    here = sa.or_(
        posts.where(post.body_id == body_id),
        roles.where(RoleGrant.body_id == body_id),
        seats.where(committee.id == seat.committee_id, committee.body_id == body_id),
        seats.where(joint.committee_id == seat.committee_id, joint.body_id == body_id),
    )
    entered = sa.or_(person.entered_by_id == body_id, person.entered_by_id.is_(None))
    return sa.and_(sa.or_(here, sa.and_(entered, ~sa.or_(posts, roles, seats))), stands_for_somebody())


def stands_for_somebody() -> sa.ColumnElement[bool]:
    """Returns the condition on rows of `person` that a record was not found to be somebody else's who was entered twice."""
    person, merge = table_above("person").c, table_above("person_merge").c
    return ~sa.exists().where(merge.merged_id == person.id, merge.undone_at.is_(None))


def table_above(name: str) -> sa.Table:
    """Returns a table of a room above, by its name, as a foreign key names it."""
    return Base.metadata.tables[name]
