"""Suspected breaches say that what they were opened from was corrected; urgent decisions that were entered by mistake are struck out."""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0050'

ONE_EACH = 'uq_urgent_decision_item_id_committee_id'
SEVERAL = 'uq_urgent_decision_item_id_committee_id_recorded_at'


def upgrade() -> None:
    op.add_column('breach', sa.Column('ground_corrected', sa.Text(), nullable=False, server_default=''))
    known = {each['name'] for each in sa.inspect(op.get_bind()).get_unique_constraints('urgent_decision')}
    with op.batch_alter_table('urgent_decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('struck_because', sa.Text(), nullable=False, server_default=''))
        if ONE_EACH in known:
            batch_op.drop_constraint(batch_op.f(ONE_EACH), type_='unique')
            batch_op.create_unique_constraint(batch_op.f(SEVERAL), ['item_id', 'committee_id', 'recorded_at'])


def downgrade() -> None:
    """The constraint stays as it is: one that was struck out and another in its place are both kept."""
    with op.batch_alter_table('urgent_decision', schema=None) as batch_op:
        batch_op.drop_column('struck_because')
        batch_op.drop_column('struck_at')

    with op.batch_alter_table('breach', schema=None) as batch_op:
        batch_op.drop_column('ground_corrected')
