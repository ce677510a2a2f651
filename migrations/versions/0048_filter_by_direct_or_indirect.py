"""Published interests are found by whether they are direct or indirect: the words for it, of what was published before."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = '0048'
down_revision = '0047'

CURRENT = 2**31 - 1
BATCH = 1000
COLUMN = 'directness'

shelf = sa.table('shelf', sa.column('id', sa.Integer), sa.column('kind', sa.Text))
entry = sa.table(
    'published_entry', sa.column('id', sa.BigInteger), sa.column('shelf_id', sa.Integer), sa.column('last_edition', sa.Integer),
    sa.column('content', sa.Text),
)  # fmt: skip
use = sa.table('published_use', sa.column('shelf_id', sa.Integer), sa.column('word', sa.Text), sa.column('entry_id', sa.BigInteger))
word = sa.table(
    'published_word', sa.column('shelf_id', sa.Integer), sa.column('word', sa.Text), sa.column('label', sa.Text),
    sa.column('uses', sa.Integer),
)  # fmt: skip


def upgrade() -> None:
    for shelf_id in _shelves():
        uses: Counter[str] = Counter()
        labels: dict[str, str] = {}
        for batch in _entries(shelf_id):
            found = []
            for each in batch:
                said = json.loads(each.content).get(COLUMN)
                words = _words(said) if said else []
                labels |= {words[0]: said} if words else {}
                found += [{'shelf_id': shelf_id, 'word': text, 'entry_id': each.id} for text in words]
                uses.update({text: int(each.last_edition == CURRENT) for text in words})
            if found:
                op.bulk_insert(use, found)
        if uses:
            op.bulk_insert(word, [
                {'shelf_id': shelf_id, 'word': text, 'label': labels.get(text, ''), 'uses': count}
                for text, count in sorted(uses.items())
            ])  # fmt: skip


def downgrade() -> None:
    for table in (use, word):
        for start in (f'={COLUMN}=', f':{COLUMN}:'):
            op.execute(sa.delete(table).where(table.c.word >= start, table.c.word < start + '~'))


def _shelves() -> list[int]:
    return list(op.get_bind().scalars(sa.select(shelf.c.id).where(shelf.c.kind == 'interests')))


def _entries(shelf_id: int) -> Iterator[list[sa.Row]]:
    last = 0
    while True:
        wanted = sa.select(entry).where(entry.c.shelf_id == shelf_id, entry.c.id > last).order_by(entry.c.id).limit(BATCH)
        rows = list(op.get_bind().execute(wanted))
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _words(said: str) -> list[str]:
    """The word for the whole value, then one for each of its words, as a new edition has them."""
    folded = re.sub(r'[^a-z0-9]+', ' ', said.casefold()).strip()
    return [f'={COLUMN}={folded}', *dict.fromkeys(f':{COLUMN}:{text}' for text in folded.split())]
