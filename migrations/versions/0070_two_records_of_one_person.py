"""Which records of people were found to be one person, entered twice, and what moved from one to the other."""

import sqlalchemy as sa
from alembic import op

revision = '0070'
down_revision = '0069'


def upgrade() -> None:
    op.create_table('person_merge',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('kept_id', sa.Uuid(), nullable=False),
    sa.Column('merged_id', sa.Uuid(), nullable=False),
    sa.Column('moved', sa.Text(), nullable=False),
    sa.Column('merged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('merged_by', sa.Uuid(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_person_merge_body_id_body')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_merge_kept_id_person')),
    sa.ForeignKeyConstraint(['merged_id'], ['person.id'], name=op.f('fk_person_merge_merged_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge'))
    )
    for name in ('body_id', 'kept_id', 'merged_id'):
        op.create_index(op.f(f'ix_person_merge_{name}'), 'person_merge', [name], unique=False)


def downgrade() -> None:
    for name in ('merged_id', 'kept_id', 'body_id'):
        op.drop_index(op.f(f'ix_person_merge_{name}'), table_name='person_merge')
    op.drop_table('person_merge')
