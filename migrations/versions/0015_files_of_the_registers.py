"""Files of the registers that are made ahead."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    op.create_table('published_file',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('shelf_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('xlsx', 'pdf', name='filekind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('mark', sa.String(length=32), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_published_file_file_id_stored_file')),
    sa.ForeignKeyConstraint(['shelf_id'], ['shelf.id'], name=op.f('fk_published_file_shelf_id_shelf')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_file')),
    sa.UniqueConstraint('shelf_id', 'kind', name=op.f('uq_published_file_shelf_id_kind'))
    )


def downgrade() -> None:
    op.drop_table('published_file')
