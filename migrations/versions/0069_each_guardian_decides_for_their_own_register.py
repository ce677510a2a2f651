"""For the register of which body a Guardian decided what is not published; empty for what was decided before, which counts for every one."""

import sqlalchemy as sa
from alembic import op

revision = '0069'
down_revision = '0068'
KEY = 'fk_redaction_decision_body_id_body'


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':  # a column can be added to the table that is there, with its triggers
        op.execute(f'ALTER TABLE redaction_decision ADD COLUMN body_id CHAR(32) CONSTRAINT {KEY} REFERENCES body (id)')
    else:
        op.add_column('redaction_decision', sa.Column('body_id', sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(KEY), 'redaction_decision', 'body', ['body_id'], ['id'])


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('redaction_decision', schema=None) as batch_op:
            batch_op.drop_column('body_id')
    else:
        op.drop_constraint(op.f(KEY), 'redaction_decision', type_='foreignkey')
        op.drop_column('redaction_decision', 'body_id')
