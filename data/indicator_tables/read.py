"""A file of indicator tables, opened once; recognised again at each answer, since two answers change what the columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from data.indicator_tables.checks import check_table
from data.indicator_tables.columns import tells
from data.indicator_tables.heads import Block, blocks_of
from data.indicator_tables.model import Answers, Column, IndicatorTable, Reading, total
from data.indicator_tables.problems import told
from data.indicator_tables.questions import AMOUNT_COLUMN, APART, NAME_COLUMN, TABLES, chosen_tables, questions_of
from data.indicator_tables.rows import read_rows
from data.indicator_tables.spelling import amount_of, head_role, is_note
from data.rosters_file import open_file
from data.sheets import words
from data.sheets.grid import Grid, a1
from data.sheets.problems import Problem
from scoring import exact


@dataclass(frozen=True)
class IndicatorFile:
    """An uploaded file: its sheets, or why it cannot be opened."""

    name: str
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def stem(self) -> str:
        """The name without its ending, which serves where no table has a title."""
        return PurePath(self.name).stem


def read_indicator_file(name: str, content: bytes) -> IndicatorFile:
    """Open a file from outside, in a process of its own. Whatever the bytes are, this returns."""
    grids, refusal = open_file(content, called="指标表")
    return IndicatorFile(name, tuple(grids), (refusal,) if refusal else ())


def recognise(file: IndicatorFile, answers: Answers | None = None) -> Reading:
    """The file's tables under these answers, with all problems and questions. Pure; the file is not changed."""
    answers = answers or {}
    if file.problems:
        return Reading(file.name, (), (), file.problems, ())
    problems: list[Problem] = []
    tables: list[IndicatorTable] = []
    for grid in file.grids:
        tables += _tables_of(grid, len(tables), answers, problems)
    used = chosen_tables(tables, answers)
    problems = problems if tables else [*(one for one in problems if one.level == "error"), told("no-table")]
    found = [*problems, *(one for table in used for one in table.problems), *_baseless(used, answers)]
    return Reading(
        file.name,
        tuple(tables),
        tuple(used),
        tuple(dict.fromkeys(found)),
        tuple(questions_of(tables, used, file.stem, answers)),
    )


def _baseless(used: Sequence[IndicatorTable], answers: Answers) -> list[Problem]:
    """Tables from which only additions and deductions would be scored."""
    wanting = [table for table in used if table.items and not table.of("base")]
    if len(wanting) < len(used) and answers.get(TABLES) != APART:
        return []
    return [told("no-base", sheet=table.sheet, where=f"“{table.title or table.sheet}”") for table in wanting]


def tally(tables: Sequence[IndicatorTable]) -> str:
    """What was recognised, in a line: 共3级、28项，合计100分；另有加分项2项，最多加10分."""
    if not tables:
        return "没有识别出指标"
    items = [item for table in tables for item in table.items]
    base = [item for item in items if item.role == "base"]
    unit = {"points": "分", "weight": "%"}.get(tables[0].measured, "")
    sums = [exact.plain(table.base) + unit for table in tables if table.of("base")]
    said = f"共{max(table.depth for table in tables)}级、{len(base)}项"
    if not unit:
        said += "，没有分值或权重"
    elif sums:
        said += f"，合计{'、'.join(dict.fromkeys(sums))}"
    for role, word in (("bonus", "加"), ("deduction", "扣")):
        extra = [item for item in items if item.role == role]
        most = exact.plain(total(item.amount for item in extra))
        said += f"；另有{word}分项{len(extra)}项，合计最多{word}{most}分" if extra else ""
    return said


def answered_lines(reading: Reading, answers: Answers) -> list[str]:
    """For a terminal: the tally, then every question with the answer it has, and whether somebody gave it."""
    lines = [tally(reading.tables)]
    for question in reading.questions:
        given = "按所写" if question.id in answers else "按默认"
        lines.append(f"{question.text}　{given}：{answers.get(question.id, question.default) or '（空）'}")
    return lines


def _tables_of(grid: Grid, before: int, answers: Answers, problems: list[Problem]) -> list[IndicatorTable]:
    if not grid.cells:
        return []
    if grid.hidden:
        problems.append(told("hidden-sheet", sheet=grid.name))
        return []
    blocks = [block for block in blocks_of(grid) if block.rows]
    if not blocks:
        problems.append(told("sheet-ignored", sheet=grid.name))
    return [_table(block, f"t{before + index}", answers) for index, block in enumerate(blocks, 1)]


def _table(block: Block, table_id: str, answers: Answers) -> IndicatorTable:
    table = IndicatorTable(table_id, block.grid.name, block.title, block.area, tuple(block.columns))
    _choose_columns(table, answers)
    for first, _ in block.repeated:
        table.problems.append(told("header-repeated", sheet=table.sheet, cell=a1(first, table.columns[0].number)))
    if not table.name_column:
        table.problems.append(told("no-table", sheet=table.sheet))
        return table
    read_rows(block, table, answers)
    _ignored(block, table)
    if not table.items:
        table.problems.append(told("no-items", sheet=table.sheet, cell=a1(block.top, table.columns[0].number)))
    check_table(table)
    return table


def _choose_columns(table: IndicatorTable, answers: Answers) -> None:
    """Which column names the items and which has their amounts: as answered, else as recognised."""
    names = [
        column
        for column in table.columns
        if column.role in ("level", "name", "detail") and (column.role == "name" or not tells(column.head))
    ]
    amounts = [column for column in table.columns if column.role in ("points", "weight")]
    table.name_columns, table.amount_columns = tuple(names), tuple(amounts)
    name = _answered(names, answers.get(f"{NAME_COLUMN}-{table.id}"))
    name = name or next((column for column in names if column.role == "name"), None)
    table.name_column = name.number if name else 0
    amount = _answered(amounts, answers.get(f"{AMOUNT_COLUMN}-{table.id}"))
    after = [column for column in amounts if name and column.number > name.number]
    points = [column for column in after or amounts if column.role == "points"]
    spoken = [column for column in points if head_role(column.head)]
    amount = amount or next(iter([*spoken, *points, *after, *amounts]), None)
    table.amount_column = amount.number if amount else 0
    known = next((column for column in names if column.role == "name"), name)
    if name and known:
        table.columns = tuple(_moved(column, name, known) for column in table.columns)


def _moved(column: Column, name: Column, known: Column) -> Column:
    """A column's role once another than the known one names the items: what stands before it is a level, the rest a detail.

    Categories that stand behind the known names stay what they are.
    """
    behind = column.role == "level" and column.number > known.number and column.number != name.number
    if column.role not in ("level", "name", "detail") or behind or name.number == known.number:
        return column
    if column.number == name.number:
        return Column(column.number, column.head, "name")
    before = column.number < name.number and column.role != "detail"
    return Column(column.number, column.head, "level" if before else "detail")


def _answered(columns: Iterable[Column], label: str | None) -> Column | None:
    return next((column for column in columns if column.label == label), None)


def _beside(block: Block, table: IndicatorTable, column: Column) -> None:
    """Texts in a column without a heading are notes beside the table; numbers are told as not used."""
    texts = [own[column.number] for row in block.rows if column.number in (own := block.own(row))]
    if not any(amount_of(text) for text in texts):
        table.notes.extend(map(words.tidy, texts))
    else:
        cell = a1(block.head, column.number)
        table.problems.append(told("column-ignored", sheet=table.sheet, cell=cell, value=column.letter))


def _ignored(block: Block, table: IndicatorTable) -> None:
    for column in table.columns:
        spare = (
            column in table.amount_columns
            and column.number > table.name_column
            and column.number != table.amount_column
        )
        filled = any(not is_note(text) for row in block.rows if (text := block.own(row).get(column.number)))
        if column.role == "other" and not column.head and filled:
            _beside(block, table, column)
        elif (column.role == "other" or spare) and filled:
            cell = a1(block.head, column.number)
            table.problems.append(told("column-ignored", sheet=table.sheet, cell=cell, value=column.head))
