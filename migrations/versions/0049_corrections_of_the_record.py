"""Corrections of decisions and of handovers of the chair: what was recorded before, and votes and quorums that no longer stand."""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'


def upgrade() -> None:
    op.add_column('quorum_snapshot', sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('vote', sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('record_correction',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('decision_id', sa.Uuid(), nullable=True),
    sa.Column('handover_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('was', sa.Text(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_name', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_record_correction_decision_id_decision')),
    sa.ForeignKeyConstraint(['handover_id'], ['chair_handover.id'], name=op.f('fk_record_correction_handover_id_chair_handover')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_record_correction_item_id_agenda_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_correction')),
    sa.UniqueConstraint('decision_id', 'number', name=op.f('uq_record_correction_decision_id_number')),
    sa.UniqueConstraint('handover_id', 'number', name=op.f('uq_record_correction_handover_id_number'))
    )
    with op.batch_alter_table('record_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_correction_item_id'), ['item_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('record_correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_record_correction_item_id'))

    op.drop_table('record_correction')
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.drop_column('struck_at')

    with op.batch_alter_table('quorum_snapshot', schema=None) as batch_op:
        batch_op.drop_column('replaced_at')
