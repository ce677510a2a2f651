"""Imports of registers."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'


def upgrade() -> None:
    op.create_table('register_import',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('columns', sa.Text(), nullable=False),
    sa.Column('people', sa.Text(), nullable=False),
    sa.Column('left_out', sa.Text(), nullable=False),
    sa.Column('counts', sa.Text(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('imported_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_register_import_body_id_body')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_register_import_file_id_stored_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_import'))
    )
    with op.batch_alter_table('register_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_register_import_body_id'), ['body_id'], unique=False)

    op.create_table('register_upload',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Uuid(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('reading', 'ready', 'refused', 'importing', 'imported', name='uploadstate', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('columns', sa.Text(), nullable=True),
    sa.Column('headings', sa.Text(), nullable=True),
    sa.Column('people', sa.Text(), nullable=False),
    sa.Column('left_out', sa.Text(), nullable=False),
    sa.Column('counts', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('import_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_register_upload_body_id_body')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_register_upload_file_id_stored_file')),
    sa.ForeignKeyConstraint(['import_id'], ['register_import.id'], name=op.f('fk_register_upload_import_id_register_import')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_upload'))
    )
    with op.batch_alter_table('register_upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_register_upload_body_id'), ['body_id'], unique=False)

    op.create_table('register_upload_row',
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('action', sa.String(length=20), nullable=False),
    sa.Column('shown', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['upload_id'], ['register_upload.id'], name=op.f('fk_register_upload_row_upload_id_register_upload')),
    sa.PrimaryKeyConstraint('upload_id', 'position', name=op.f('pk_register_upload_row'))
    )


def downgrade() -> None:
    op.drop_table('register_upload_row')
    with op.batch_alter_table('register_upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_register_upload_body_id'))

    op.drop_table('register_upload')
    with op.batch_alter_table('register_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_register_import_body_id'))

    op.drop_table('register_import')
