"""Seats and posts become versions: what replaced a row, and when."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaces_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_appointment_replaces_id'), ['replaces_id'])
        batch_op.create_foreign_key(batch_op.f('fk_appointment_replaces_id_appointment'), 'appointment', ['replaces_id'], ['id'])

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaces_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_membership_replaces_id'), ['replaces_id'])
        batch_op.create_foreign_key(batch_op.f('fk_membership_replaces_id_membership'), 'membership', ['replaces_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_membership_replaces_id_membership'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_membership_replaces_id'), type_='unique')
        batch_op.drop_column('replaced_at')
        batch_op.drop_column('replaces_id')

    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_appointment_replaces_id_appointment'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_appointment_replaces_id'), type_='unique')
        batch_op.drop_column('replaced_at')
        batch_op.drop_column('replaces_id')

