"""Migrations make exactly the tables that the models describe, on every database we run on."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import Migrate, upgrade

from models import Base, db
from tests.databases import Template, bound

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def test_the_migrations_and_the_models_agree(template: Template):
    with template.empty() as url, bound(url) as app:
        Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
        upgrade()
        with db.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
