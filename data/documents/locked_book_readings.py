"""The sheets 口径 and 原文条款 of a 锁定版's workbook: what rests on a reading, and the words of every clause that is cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from data.beijing import local
from data.clauses import Clause, document_text, find, part_of, read_clauses
from data.documents.assumption_table import rows as reading_rows
from data.documents.locked_book_frame import plain_table
from data.locked import Locked
from data.papers.words import cited
from scoring.kinds import Ruled
from scoring.rulebook import rules
from scoring.scheme import Scheme

READINGS, CLAUSES = "口径", "原文条款"
NO_READINGS = "本方案各项规则均有原文条款，没有按口径处理的事项。"
NO_TEXT = "系统未收录该条原文，请查阅文件。"
_READING_COLUMNS = {
    "序号": 6.0,
    "事项": 16.0,
    "原文未规定": 24.0,
    "现行口径": 40.0,
    "其他口径及对本次考核的影响": 48.0,
    "确认情况": 22.0,
}
_CLAUSE_COLUMNS = {"条款": 14.0, "标题": 20.0, "原文": 88.0, "据此形成的规则": 40.0}
_LONGEST = 700
"""Letters of one row's text: more would need a row higher than spreadsheets have."""
_STOPS = "。；;"


def readings_table(sheet: Worksheet, locked: Locked) -> int:
    """Write 口径. Returns the row of the heads."""
    state = locked.state
    rows = [[row[name] for name in _READING_COLUMNS] for row in reading_rows(state, local)]
    waiting = len(state.unconfirmed)
    told = f"以下{len(rows)}项原文未作规定，按所列口径处理，" + (
        f"其中{waiting}项尚未确认。" if waiting else "均已确认。"
    )
    return plain_table(sheet, locked, "口径", _READING_COLUMNS, rows, [told if rows else NO_READINGS], ("序号",))


def clauses_table(sheet: Worksheet, locked: Locked) -> int:
    """Write 原文条款. Returns the row of the heads."""
    scheme = locked.state.scheme
    rows = [row for key, clause in _quoted(scheme) for row in _clause_rows(scheme, key, clause)]
    notes = [f"文件：{cited(scheme.document)}。凡方案引用的条款逐条摘录；表格各栏以空格相隔。"]
    return plain_table(sheet, locked, "原文条款", _CLAUSE_COLUMNS, rows, notes)


def cites_of(scheme: Scheme) -> tuple[str, ...]:
    """Every clause that anything in a scheme cites, each once, in the order of the scheme."""
    return tuple(dict.fromkeys(_cites(scheme)))


def _cites(value: Any) -> Iterator[str]:
    if isinstance(value, Ruled):
        yield from value.cite
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _cites(getattr(value, name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _cites(each)


def _quoted(scheme: Scheme) -> list[tuple[str, Clause | None]]:
    """Each cited clause with its text, in the document's order; those without a text come last."""
    clauses = read_clauses(document_text(scheme.document.text))
    part = part_of(clauses, scheme.document.title)
    order = {id(clause): number for number, clause in enumerate(clauses)}
    found = [(cite, find(clauses, cite, part)) for cite in cites_of(scheme)]
    return sorted(found, key=lambda pair: (len(order), 0) if pair[1] is None else (order[id(pair[1])], 0))


def _clause_rows(scheme: Scheme, cite: str, clause: Clause | None) -> Iterator[list[object]]:
    """A clause paragraph by paragraph; what was drawn from it stands beside the first."""
    told = "\n".join(f"{rule.kind}：{_short(rule.text)}" for rule in rules(scheme) if cite in rule.cites)
    texts = _texts(clause) if clause else [NO_TEXT]
    for number, text in enumerate(texts or [""]):
        first = number == 0
        where = cite if clause is None or clause.key == cite else f"{cite}（见{clause.key}）"
        yield [where, clause.title if clause and first else "", text, told if first else ""]


def _texts(clause: Clause) -> list[str]:
    printed = ["　".join(cell for cell in row if cell) for row in clause.rows]
    return [piece for text in (*clause.paragraphs, *printed) for piece in _pieces(text)]


def _pieces(text: str) -> Iterator[str]:
    """A long paragraph in pieces that end with a sentence, where one ends in time."""
    while len(text) > _LONGEST:
        end = max(text.rfind(stop, 0, _LONGEST) for stop in _STOPS) + 1
        end = end if end > _LONGEST // 4 else _LONGEST
        yield text[:end]
        text = text[end:]
    yield text


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:120]}…"
