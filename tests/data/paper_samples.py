"""Papers made by hand, with every kind of block, and what of them can be read back from a .docx or a PDF."""

from __future__ import annotations

import io
import os
import re
import shutil
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from docx import Document
from docx.document import Document as Read
from docx.table import Table as Told

from data.papers.paper import Attachments, Block, Copies, Heading, PageBreak, Paper, Signature, Table, Text

MOMENT = datetime(2020, 12, 4, 1, 30, tzinfo=UTC)
MARKING, STAMP = "内部资料·未经审定　示例数据", "锁定版第3号　第57版　2020年12月4日 09:30锁定　校验码1A2B-3C4D"
UNITS = ("蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市")
RUNNING = "各地党委和政府坚决贯彻落实精准扶贫精准脱贫基本方略建档立卡贫困人口全部稳定脱贫"
SCORES = Table(
    "表1　综合考核结果",
    (
        ("考核对象", "得分", "等次", "各考核方式得分", "各考核方式得分", "各考核方式得分"),
        ("考核对象", "得分", "等次", "交叉考核", "市级考核", "日常工作"),
    ),
    tuple((unit, f"9{n}.36", "好", "95.00", "", "91.00") for n, unit in enumerate(UNITS)),
    (36, 24, 24, 24, 24, 24),
)
LIST = Table(
    "附表1　问题清单",
    (("序号", "考核对象", "问题"),),
    tuple((f"第{n}行", UNITS[n % 7], "资料不齐，" * (1 + n % 3 * 8)) for n in range(1, 41)),
    (16, 24, 116),
)
WIDE = Table(
    "附表2　各指标得分",
    (("考核对象", *(f"指标{n}" for n in range(1, 13))),),
    tuple((f"第{n}镇（街道）", *["95.00"] * 12) for n in range(1, 77)),
    (57, *[14] * 12),
    across=True,
)
BLOCKS: tuple[Block, ...] = (
    Text("现将考核情况报告如下。"),
    Heading("一、基本情况"),
    Text(f"{RUNNING}。"),
    Heading("（一）考核对象", 2),
    Heading("1. 得分。", 3),
    SCORES,
    Text("python cli.py score", code=True),
    PageBreak(),
    LIST,
    WIDE,
    Heading("二、处理建议"),
    Text("“好”等次的，按六（六）予以表扬。"),
    Attachments(("综合考核结果表", "问题清单")),
    Signature("江门市扶贫开发领导小组办公室", date(2020, 12, 8)),
    Copies(("市委组织部", "市委农办")),
)


def paper(*blocks: Block, marking: str = MARKING, stamp: str = STAMP, number: str = "") -> Paper:
    """A paper of these blocks."""
    title = ("2020年江门市县级党委和政府", "扶贫开发工作成效考核情况报告")
    return Paper("考核情况报告", title, blocks, marking, stamp, MOMENT, "市扶贫开发领导小组", number)


def read(content: bytes) -> Read:
    """As another program opens it."""
    return Document(io.BytesIO(content))


def cells(table: Told) -> list[list[str]]:
    """Every cell's text, merged ones repeated."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def needs_office() -> None:
    """Without LibreOffice the test skips, and fails where CI=true."""
    if shutil.which("soffice") is None:
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)("LibreOffice is not installed")


Letter = tuple[str, float, float, float, float]


def letters(pdf: bytes, number: int) -> list[Letter]:
    """Each letter of a page with the sides of its box: left, bottom, right, top, in mm from the lower left corner."""
    page = pypdfium2.PdfDocument(pdf)[number].get_textpage()
    told = [(page.get_text_range(n, 1), *page.get_charbox(n, loose=True)) for n in range(page.count_chars())]
    return [(text, *(side * 25.4 / 72 for side in box)) for text, *box in told if text.strip()]


def body_lines(pdf: bytes, number: int) -> list[str]:
    """The lines of text between the margins of a page, from the top."""
    rows: dict[int, list[tuple[float, str]]] = {}
    for text, left, bottom, _, _ in letters(pdf, number):
        if 33 < bottom < 258:
            rows.setdefault(round(bottom / 2), []).append((left, text))
    return ["".join(text for _, text in sorted(rows[row])) for row in sorted(rows, reverse=True)]


def pages(pdf: bytes) -> list[str]:
    """The text of each page, without spaces and breaks."""
    document = pypdfium2.PdfDocument(pdf)
    return [re.sub(r"\s", "", document[n].get_textpage().get_text_bounded()) for n in range(len(document))]
