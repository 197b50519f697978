"""From the first tables to today's, with everything kept; and the same statements for PostgreSQL."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import text

from data.store import Store, migrate
from data.store.database import Database
from scoring.marks import Fact

WHEN = "2020-12-01 02:00:00.000000"
ROWS = f"""
INSERT INTO assessment (id, name, scheme_id, scheme_text, scheme_hash, state, version, demo, actor, at)
VALUES (1, '甲考核', 's', 't', 'h', 'draft', 3, FALSE, '张三', '{WHEN}'), (2, '乙考核', 's', 't', 'h', 'draft', 1, FALSE, '李四', '{WHEN}');
INSERT INTO unit (assessment, position, name, unit_group, region)
VALUES (1, 0, '台山市', 'county', '440781'), (1, 1, '蓬江区', 'county', ''), (2, 0, '台山市', 'county', '');
INSERT INTO fact (id, assessment, version, state, unit, fact, value, date, basis, note, actor, at)
VALUES (1, 1, 2, 'pending', '台山市', 'sanction', '记过', '2020-06-01', '江纪1号', '', '张三', '{WHEN}')
"""


@pytest.fixture
def first(bare_url: str) -> str:
    """A database as the first program left it, with two assessments."""
    database = Database(bare_url)
    with database.writing() as connection:
        config = migrate._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in ROWS.split(";"):
            connection.execute(text(statement))
    database.close()
    return bare_url


def test_a_database_of_the_first_program_keeps_its_rosters_and_facts(first: str) -> None:
    with Store.open(first) as store:
        one, other = store.assessments()
        assert [(unit.name, unit.group, unit.region, unit.helps) for unit in one.units] == [
            ("台山市", "county", "440781", ()),
            ("蓬江区", "county", "", ()),
        ]
        assert ([unit.name for unit in other.units], one.version, other.version) == (["台山市"], 3, 1)
        (row,) = store.facts(1)
        assert (row.fact.value, row.fact.amount, row.actor) == ("记过", None, "张三")


def test_a_migrated_database_takes_new_units_facts_and_assessments(first: str) -> None:
    with Store.open(first) as store:
        row = store.add_fact(1, Fact("蓬江区", "aid", "有", "2020-07-05", amount=Fraction("120.5")), "", "张三")
        assert store.facts(1)[-1] == row
        assert store.create_assessment("丙考核", "s", "t", "h", list(store.assessment(1).units), "张三").id == 3
        assert store.verify_log() is None


def test_the_migrations_are_one_chain() -> None:
    """From the first to the last, each upon the one before, so that every database takes the same way."""
    chain = [each.revision for each in ScriptDirectory.from_config(migrate._config()).walk_revisions()]
    assert chain == [f"{number:04}" for number in range(len(chain), 0, -1)]
    assert ScriptDirectory.from_config(migrate._config()).get_heads() == [chain[0]]


def test_the_statements_for_postgresql_use_nothing_of_sqlites_own() -> None:
    said = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": said})
    revision = ScriptDirectory.from_config(migrate._config()).get_revision("0002")
    assert revision is not None
    with Operations.context(context):
        revision.module.upgrade()
    assert "ALTER TABLE fact ADD COLUMN amount TEXT" in said.getvalue()
    assert "id SERIAL NOT NULL" in said.getvalue()
    assert "PRAGMA" not in said.getvalue()
