"""what the audit administrator reads: sign-ins, changes of rights, looks at personal data, exports

Revision ID: 0041
Revises: 0040
"""
import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

#: What has happened before is in other tables; from now on it is written here as well. The ticker seals it.
UNTIL_NOW = (
    """INSERT INTO audit_event (at, kind, actor, about_id, what, address)
    SELECT o.at, CASE WHEN o.user_id IS NULL THEN 'organisation' ELSE 'account' END, o."by", o.user_id,
    COALESCE(u.name, n.name, '') || '：' || o.what, '' FROM organisation_change o
    LEFT JOIN "user" u ON u.id = o.user_id LEFT JOIN unit n ON n.id = o.unit_id ORDER BY o.id""",
    """INSERT INTO audit_event (at, kind, actor, about_id, what, address)
    SELECT c.at, 'account', c."by", c.user_id,
    u.name || CASE WHEN c.given THEN '担任' ELSE '不再担任' END || n.name || p.role_name, '' FROM post_change c
    JOIN "user" u ON u.id = c.user_id JOIN post p ON p.key = c.post_key JOIN unit n ON n.id = p.unit_id ORDER BY c.id""",
    """INSERT INTO audit_event (at, kind, actor, what, address)
    SELECT h.at, CASE WHEN h.kind = 'taken' THEN 'taken' ELSE 'look' END, h.actor,
    COALESCE(c.case_no, '未编号') || '：' || h.name, '' FROM history_event h
    JOIN process_instance i ON i.id = h.instance_id JOIN "case" c ON c.id = i.case_id
    WHERE h.kind IN ('revealed', 'viewed', 'taken') ORDER BY h.id""",
)


def upgrade():
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_audit_event_user_id_user"),
        sa.ForeignKeyConstraint(["about_id"], ["user.id"], name="fk_audit_event_about_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
    )
    op.create_index("ix_audit_event_at_id", "audit_event", ["at", "id"])
    op.create_index("ix_audit_event_user_id", "audit_event", ["user_id"])
    op.create_index("ix_audit_event_about_id", "audit_event", ["about_id"])
    op.create_index("ix_audit_event_place", "audit_event", ["place"], unique=True)
    for statement in UNTIL_NOW:
        op.execute(statement)


def downgrade():
    op.drop_table("audit_event")
