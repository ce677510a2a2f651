"""Matters that items of several meetings share, who worked on them before, and how far an item's matter is."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'

KEY, STAGES = 'fk_agenda_item_matter_id_matter', ('strategy', 'design', 'specification', 'evaluation', 'award', 'monitoring')
KINDS = ('wrote', 'advised', 'evaluated', 'declared')
CHECK = 'ck_agenda_item_item_stage'


def upgrade() -> None:
    op.create_table('matter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=30), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_matter_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter')),
    sa.UniqueConstraint('reference', name=op.f('uq_matter_reference'))
    )
    op.create_index(op.f('ix_matter_body_id'), 'matter', ['body_id'])
    op.create_table('matter_part',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('matter_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='partkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('forum', sa.Text(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('management', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_matter_part_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_matter_part_matter_id_matter')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_matter_part_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter_part'))
    )
    op.create_index(op.f('ix_matter_part_matter_id'), 'matter_part', ['matter_id'])
    listed = ', '.join(f"'{each}'" for each in STAGES)
    if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be added to it
        op.execute(f'ALTER TABLE agenda_item ADD COLUMN matter_id CHAR(32) CONSTRAINT {KEY} REFERENCES matter (id)')
        op.execute(f'ALTER TABLE agenda_item ADD COLUMN stage VARCHAR(60) CONSTRAINT {CHECK} CHECK (stage IN ({listed}))')
    else:
        op.add_column('agenda_item', sa.Column('matter_id', sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(KEY), 'agenda_item', 'matter', ['matter_id'], ['id'])
        op.add_column('agenda_item', sa.Column('stage', sa.String(length=60), nullable=True))
        op.create_check_constraint(op.f(CHECK), 'agenda_item', f'stage IN ({listed})')
    op.create_index(op.f('ix_agenda_item_matter_id'), 'agenda_item', ['matter_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_agenda_item_matter_id'), 'agenda_item')
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('agenda_item', schema=None) as batch_op:
            batch_op.drop_constraint(op.f(CHECK), type_='check')
            batch_op.drop_column('stage')
            batch_op.drop_column('matter_id')
    else:
        op.drop_constraint(op.f(CHECK), 'agenda_item', type_='check')
        op.drop_constraint(op.f(KEY), 'agenda_item', type_='foreignkey')
        op.drop_column('agenda_item', 'stage')
        op.drop_column('agenda_item', 'matter_id')
    op.drop_table('matter_part')
    op.drop_table('matter')
