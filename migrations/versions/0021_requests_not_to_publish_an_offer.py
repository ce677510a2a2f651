"""Requests not to publish an offer, and disposal of offers."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    with op.batch_alter_table('gift', schema=None) as batch_op:
        batch_op.add_column(sa.Column('disposed_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('gift_id', sa.Uuid(), nullable=True))
        batch_op.alter_column('interest_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f('ix_redaction_request_gift_id'), ['gift_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_redaction_request_gift_id_gift'), 'gift', ['gift_id'], ['id'])
        batch_op.create_check_constraint(
            batch_op.f('ck_redaction_request_about_one_record'), '(interest_id IS NULL) <> (gift_id IS NULL)'
        )


def downgrade() -> None:
    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_redaction_request_about_one_record'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_redaction_request_gift_id_gift'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_redaction_request_gift_id'))
        batch_op.alter_column('interest_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column('gift_id')

    with op.batch_alter_table('gift', schema=None) as batch_op:
        batch_op.drop_column('disposed_at')
