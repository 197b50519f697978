"""A paper as text and tables, before any format: written once, laid out as docx, HTML, PDF or picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Heading:
    """一、… (level 1), （一）… (2) or 1. … (3)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """One paragraph. ``cites`` are the clauses (六（五）) or 口径 that its statements rest on; ``code``: a line to type."""

    text: str
    cites: tuple[str, ...] = ()
    code: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its name above. ``heads`` are one or two rows; ``widths`` in mm add up to at most 156, or 225 ``across``.

    Columns before ``left`` are flush left. ``across``: on pages of their own, A4 landscape.
    """

    caption: str
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    left: int = 1
    across: bool = False


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期 at the end; a day of None leaves 年　月　日 to be filled in."""

    body: str
    day: date | None


@dataclass(frozen=True)
class Attachments:
    """附件说明: the names, numbered where there are several."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Copies:
    """抄送, at the very end."""

    to: tuple[str, ...]


Block = Heading | Text | Table | PageBreak | Signature | Attachments | Copies


@dataclass(frozen=True)
class Paper:
    """One paper. ``title`` is one line or several, broken where sense breaks; ``addressee`` is the 主送, "" for none.

    ``marking`` stands on top of every page (内部资料·未经审定　示例数据), ``stamp`` below it (锁定版第3号…); ``number`` is the 文号 with
    〔〕, "" where none was given. ``moment`` stands as the file's time of writing. ``name`` is the file's stem.
    """

    name: str
    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    marking: str
    stamp: str
    moment: datetime
    addressee: str = ""
    number: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every heading and paragraph, in order: what a reader reads."""
        return tuple(block.text for block in self.blocks if isinstance(block, Heading | Text))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


class Unready(Exception):  # noqa: N818 - a condition with its remedy
    """A paper cannot be made yet; ``str`` says why and what to do, in Chinese."""
