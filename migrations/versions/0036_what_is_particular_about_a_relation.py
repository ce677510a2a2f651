"""What is particular about a relation between organisations, and where it is said; competitors."""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'

CHECK = 'ck_organisation_relation_organisation_relation_kind'
KINDS = ('commissioned_by', 'landlord_of', 'member_of_pcn', 'owned_by', 'shareholder_in', 'succeeded_by', 'part_of')


def upgrade() -> None:
    with op.batch_alter_table('organisation_relation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('detail', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('stated_in', sa.Text(), nullable=True))
    _allow((*KINDS, 'competitor_of'))


def downgrade() -> None:
    # what people entered stays in the ledger as facts; the older version has no word for a competitor
    op.execute("DELETE FROM organisation_relation WHERE kind = 'competitor_of'")
    _allow(KINDS)
    with op.batch_alter_table('organisation_relation', schema=None) as batch_op:
        batch_op.drop_column('stated_in')
        batch_op.drop_column('detail')


def _allow(kinds: tuple[str, ...]) -> None:
    """Puts the words that the column may have in place of those that it may have now."""
    with op.batch_alter_table('organisation_relation', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_='check')
        listed = ', '.join(f"'{each}'" for each in kinds)
        batch_op.create_check_constraint(op.f(CHECK), f'kind IN ({listed})')
