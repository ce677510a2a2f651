"""Names of organisations are found by their start, in the order of their bytes, whatever the collation of the database."""

from alembic import op

revision = '0039'
down_revision = '0038'


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # SQLite compares bytes already; the index is made anew with the column
        op.execute('ALTER TABLE organisation_name ALTER COLUMN search_key TYPE text COLLATE "C"')


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE organisation_name ALTER COLUMN search_key TYPE text COLLATE "default"')
