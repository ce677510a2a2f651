"""Urgent decisions between meetings, and who the terms of reference let take them."""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'


def upgrade() -> None:
    op.add_column('terms_of_reference', sa.Column('urgent_power', sa.Text(), nullable=False, server_default=''))
    op.create_table('urgent_decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('committee_id', sa.Uuid(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=False),
    sa.Column('basis', sa.Enum('chair', 'vice_chair', 'agreed_by_members', name='urgent_basis', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('power', sa.Text(), nullable=False),
    sa.Column('why_urgent', sa.Text(), nullable=False),
    sa.Column('why_no_meeting', sa.Text(), nullable=False),
    sa.Column('instead', sa.Text(), nullable=False),
    sa.Column('consulted', sa.Text(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('screened', sa.Text(), nullable=False),
    sa.Column('conflicted', sa.Text(), nullable=False),
    sa.Column('searched', sa.Text(), nullable=False),
    sa.Column('is_irregular', sa.Boolean(), nullable=False),
    sa.Column('irregular_because', sa.Text(), nullable=False),
    sa.Column('explanation', sa.Text(), nullable=False),
    sa.Column('audit_reported_on', sa.Date(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_name', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['committee_id'], ['committee.id'], name=op.f('fk_urgent_decision_committee_id_committee')),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_urgent_decision_decided_by_person')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_urgent_decision_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['second_id'], ['person.id'], name=op.f('fk_urgent_decision_second_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_urgent_decision')),
    sa.UniqueConstraint('item_id', 'committee_id', name=op.f('uq_urgent_decision_item_id_committee_id'))
    )
    with op.batch_alter_table('urgent_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_urgent_decision_item_id'), ['item_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('urgent_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_urgent_decision_item_id'))

    op.drop_table('urgent_decision')
    with op.batch_alter_table('terms_of_reference', schema=None) as batch_op:
        batch_op.drop_column('urgent_power')
