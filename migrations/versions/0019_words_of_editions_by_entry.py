"""Words of editions by entry, and a sign before the ones that are no words of a text."""

from alembic import op

revision = '0019'
down_revision = '0018'

_SIGNS = {"=": "%=%", ":": "%:%", "/": "%/%"}


def upgrade() -> None:
    for table in ('published_word', 'published_use'):
        for sign, like in _SIGNS.items():
            op.execute(
                f"UPDATE {table} SET word = '{sign}' || word WHERE word LIKE '{like}' AND word NOT LIKE '=%'"
                " AND word NOT LIKE ':%' AND word NOT LIKE '/%'".replace(":", r"\:")
            )
    op.create_index('ix_published_use_entry', 'published_use', ['entry_id', 'word'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_published_use_entry', table_name='published_use')
    for table in ('published_word', 'published_use'):
        op.execute(
            f"UPDATE {table} SET word = substr(word, 2) WHERE word LIKE '=%' OR word LIKE ':%' OR word LIKE '/%'".replace(":", r"\:")
        )
