"""Flags that an item reaches no more, until whoever presides has seen them."""

import sqlalchemy as sa
from alembic import op

revision = '0056'
down_revision = '0055'


def upgrade() -> None:
    op.create_table('unreached_flag',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('interest_id', sa.Uuid(), nullable=True),
    sa.Column('level', sa.String(length=2), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('because', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen_by_name', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['interest_id'], ['interest.id'], name=op.f('fk_unreached_flag_interest_id_interest')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_unreached_flag_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_unreached_flag_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unreached_flag'))
    )
    with op.batch_alter_table('unreached_flag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unreached_flag_item_id'), ['item_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('unreached_flag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unreached_flag_item_id'))

    op.drop_table('unreached_flag')
