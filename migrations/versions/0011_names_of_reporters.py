"""names of reporters

Revision ID: 0011
Revises: 0010
"""
import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

case = sa.table("case", sa.column("id", sa.Integer), sa.column("reporter", sa.String))
submission = sa.table(
    "submission", sa.column("id", sa.Integer), sa.column("case_id", sa.Integer), sa.column("values", sa.JSON)
)


def upgrade():
    with op.batch_alter_table("case") as batch_op:
        batch_op.add_column(sa.Column("reporter", sa.String(), nullable=False, server_default=""))
    connection = op.get_bind()
    rows = connection.execute(sa.select(submission.c.case_id, submission.c["values"]).order_by(submission.c.id))
    # the one field of the flows of that day that was kept apart as a name
    names = {case_id: values["reporter_name"] for case_id, values in rows if values.get("reporter_name")}
    for case_id, name in names.items():
        connection.execute(sa.update(case).where(case.c.id == case_id).values(reporter=name))


def downgrade():
    with op.batch_alter_table("case") as batch_op:
        batch_op.drop_column("reporter")
