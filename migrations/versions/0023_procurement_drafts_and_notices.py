"""Procurement drafts that choose nothing, and the days of notices."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'

OUTCOMES = ('awarded', 'extended', 'varied', 'go_to_procurement', 'not_awarded', 'abandoned')
ROUTES = ('direct_a', 'direct_b', 'direct_c', 'most_suitable', 'competitive', 'any_qualified', 'single_tender', 'framework')
DRAFTS_CHOSE = {'outcome': "'awarded'", 'arrangement': "'own'", 'service_kind': "'health_care'", 'is_gp_provider': 'false'}
NEW_OUTCOMES = ('awarded', 'intended', *OUTCOMES[1:])
NEW_ROUTES = (*ROUTES[:5], 'urgent', *ROUTES[5:])


def upgrade() -> None:
    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('concerned', sa.Text(), nullable=False, server_default='[]'))

    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.alter_column('origin', server_default=None)
        batch_op.alter_column('concerned', server_default=None)

    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('award_noticed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('notice_reference', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('is_draft', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('is_checked', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        batch_op.alter_column('notice_reference', server_default=None)
        batch_op.alter_column('is_draft', server_default=None)
        batch_op.alter_column('is_checked', server_default=None)
        for name in ('outcome', 'arrangement', 'service_kind'):
            batch_op.alter_column(name, existing_type=sa.String(length=60), nullable=True)
        batch_op.alter_column('is_gp_provider', existing_type=sa.Boolean(), nullable=True)

    _allow(NEW_OUTCOMES, NEW_ROUTES)


def downgrade() -> None:
    # What the schema below has no word for takes the nearest one that it had; the ledger keeps what each row said.
    for column, new, old in (('outcome', 'intended', 'awarded'), ('route', 'urgent', 'single_tender')):
        op.execute(f"UPDATE procurement_version SET {column} = '{old}' WHERE {column} = '{new}'")
    # A draft chose these before it could choose nothing.
    for column, chosen in DRAFTS_CHOSE.items():
        op.execute(f'UPDATE procurement_version SET {column} = {chosen} WHERE {column} IS NULL')
    _allow(OUTCOMES, ROUTES)
    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        for name in ('outcome', 'arrangement', 'service_kind'):
            batch_op.alter_column(name, existing_type=sa.String(length=60), nullable=False)
        batch_op.alter_column('is_gp_provider', existing_type=sa.Boolean(), nullable=False)
        for name in ('is_checked', 'is_draft', 'notice_reference', 'award_noticed_on'):
            batch_op.drop_column(name)

    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.drop_column('concerned')
        batch_op.drop_column('origin')


def _allow(outcomes: tuple[str, ...], routes: tuple[str, ...]) -> None:
    """Puts the words that the two columns may have in place of those that they may have now."""
    checks = {'procurement_outcome': ('outcome', outcomes), 'procurement_route': ('route', routes)}
    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        for name, (column, words) in checks.items():
            batch_op.drop_constraint(op.f(f'ck_procurement_version_{name}'), type_='check')
            allowed = ', '.join(f"'{word}'" for word in words)
            batch_op.create_check_constraint(op.f(f'ck_procurement_version_{name}'), f'{column} IN ({allowed})')
