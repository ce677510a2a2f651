"""A body's own policy: stricter figures than the guidance, each from a day on."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('body_policy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.String(length=20), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_body_policy_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_policy')),
    sa.UniqueConstraint('body_id', 'number', name=op.f('uq_body_policy_body_id_number'))
    )


def downgrade() -> None:
    op.drop_table('body_policy')
