"""Editions of the registers and their entries."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table('published_use',
    sa.Column('shelf_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('word', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('shelf_id', 'word', 'entry_id', name=op.f('pk_published_use')),
    sqlite_with_rowid=False
    )
    op.create_table('shelf',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('interests', 'gifts', 'procurement', 'breaches', name='shelf_kind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_shelf_body_id_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shelf')),
    sa.UniqueConstraint('body_id', 'kind', name=op.f('uq_shelf_body_id_kind'))
    )
    op.create_table('edition',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('interests', 'gifts', 'procurement', 'breaches', name='registerkind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.Uuid(), nullable=True),
    sa.Column('published_by_name', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('removed', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_edition_body_id_body')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_edition_file_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('body_id', 'kind', 'number', name=op.f('uq_edition_body_id_kind_number'))
    )
    op.create_table('published_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('shelf_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('sort_key', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('subject', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('first_edition', sa.Integer(), nullable=False),
    sa.Column('last_edition', sa.Integer(), nullable=False),
    sa.Column('known_since', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=32), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['shelf_id'], ['shelf.id'], name=op.f('fk_published_entry_shelf_id_shelf')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_entry'))
    )
    with op.batch_alter_table('published_entry', schema=None) as batch_op:
        batch_op.create_index('ix_published_entry_first', ['shelf_id', 'first_edition'], unique=False)
        batch_op.create_index('ix_published_entry_key', ['shelf_id', 'key'], unique=False)
        batch_op.create_index('ix_published_entry_name', ['shelf_id', 'last_edition', 'sort_key', 'key'], unique=False)
        batch_op.create_index('ix_published_entry_newest', ['shelf_id', 'last_edition', 'changed_on', 'key'], unique=False)
        batch_op.create_index('ix_published_entry_order', ['shelf_id', 'sort_key', 'key'], unique=False)
        batch_op.create_index('ix_published_entry_subject', ['shelf_id', 'last_edition', 'subject', 'key'], unique=False)
        batch_op.create_index('ix_published_entry_until', ['shelf_id', 'last_edition', 'until'], unique=False)

    op.create_table('published_word',
    sa.Column('shelf_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('word', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('uses', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['shelf_id'], ['shelf.id'], name=op.f('fk_published_word_shelf_id_shelf')),
    sa.PrimaryKeyConstraint('shelf_id', 'word', name=op.f('pk_published_word')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('published_word')
    with op.batch_alter_table('published_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_published_entry_until')
        batch_op.drop_index('ix_published_entry_subject')
        batch_op.drop_index('ix_published_entry_order')
        batch_op.drop_index('ix_published_entry_newest')
        batch_op.drop_index('ix_published_entry_name')
        batch_op.drop_index('ix_published_entry_key')
        batch_op.drop_index('ix_published_entry_first')

    op.drop_table('published_entry')
    op.drop_table('edition')
    op.drop_table('shelf')
    op.drop_table('published_use')
