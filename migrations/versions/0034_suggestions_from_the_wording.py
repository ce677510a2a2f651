"""The place of a class of practices, and suggestions from the wording of items that were declined."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'


def upgrade() -> None:
    op.add_column('agenda_item', sa.Column('class_place', sa.Text(), nullable=True))
    op.create_table('declined_suggestion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('wording', sa.String(length=64), nullable=False),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('declined_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_declined_suggestion_item_id_agenda_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declined_suggestion')),
    sa.UniqueConstraint('item_id', 'key', 'wording', name=op.f('uq_declined_suggestion_item_id_key_wording'))
    )
    with op.batch_alter_table('declined_suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declined_suggestion_item_id'), ['item_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('declined_suggestion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declined_suggestion_item_id'))

    op.drop_table('declined_suggestion')
    if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be taken off it
        op.execute('ALTER TABLE agenda_item DROP COLUMN class_place')
    else:
        op.drop_column('agenda_item', 'class_place')
