"""Redaction field by field."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'


def upgrade() -> None:
    op.create_table('redaction_decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('decided_by', sa.Uuid(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withheld', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('legal_advice', sa.Text(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by'], ['person.id'], name=op.f('fk_redaction_decision_decided_by_person')),
    sa.ForeignKeyConstraint(['request_id'], ['redaction_request.id'], name=op.f('fk_redaction_decision_request_id_redaction_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_redaction_decision')),
    sa.UniqueConstraint('request_id', 'number', name=op.f('uq_redaction_decision_request_id_number'))
    )
    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('fields', sa.Text(), nullable=False, server_default='[]'))

    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.alter_column('fields', server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.drop_column('fields')

    op.drop_table('redaction_decision')
