"""A sampling frame (抽样框), the 名册 to draw from: households by number only, or places by name; nothing that names a person.

A file in which a name, an identity number or a telephone number seems to stand is refused whole, and nothing of it is
kept or repeated: the message says only where. Columns are found by their headings; the others are neither read nor kept.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.sheets import guard
from data.sheets.grid import Cell, Grid, a1
from data.sheets.ods import read_ods
from data.sheets.problems import RefusalError
from data.sheets.text import read_text
from data.sheets.xls import read_xls
from data.sheets.xlsx import read_xlsx
from scoring.sampling import LEVELS, Entry, Level

FORMATS = ".xlsx、.xls、.et、.ods、.csv"
MOST_TOLD = 20
"""Problems listed; more help nobody."""
MOST_KINDS = 40
"""Different kinds a column may have and still be a column of kinds."""
_DEEPEST_HEAD = 15
_READERS = {"xlsx": read_xlsx, "xls": read_xls, "ods": read_ods, "text": read_text}

_ASK = "抽样只需户编号，请删去姓名、身份证号、电话等个人信息后再上传；本次没有保留文件中的任何内容"
_PERSONAL_HEADS = (
    ("姓名", "姓名"), ("户主", "姓名"), ("名字", "姓名"), ("联系人", "姓名"), ("身份证", "身份证号"), ("证件号", "身份证号"),
    ("公民身份", "身份证号"), ("电话", "电话"), ("手机", "电话"), ("联系方式", "电话"), ("银行", "银行账号"), ("账号", "银行账号"),
    ("帐号", "银行账号"), ("卡号", "银行账号"), ("住址", "住址"), ("地址", "住址"), ("出生", "出生日期"),
)  # fmt: skip
_IDENTITY = re.compile(r"(?<!\d)[1-8]\d{5}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx](?!\d)")
_TELEPHONE = re.compile(r"(?<![\dA-Za-z-])(?:(?:\+?86)?1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![\dA-Za-z])")

_NUMBER = {"户编号", "农户编号", "贫困户编号", "家庭编号", "户号", "户码", "编号"}
_PLACES: dict[str, Level] = {
    **dict.fromkeys(("市", "地市", "盟市", "所在市", "受帮扶市", "地级市"), "city"),
    **dict.fromkeys(("县", "旗县", "区县", "县区", "市县", "所在县", "贫困县", "县名", "县名称", "旗县区"), "county"),
    **dict.fromkeys(("镇", "乡镇", "镇街", "街道", "所在镇", "乡镇街道", "镇名", "镇名称", "苏木", "苏木乡镇"), "town"),
    **dict.fromkeys(("村", "行政村", "村居", "村社区", "所在村", "村名", "村名称", "嘎查村", "行政村名称"), "village"),
}  # fmt: skip
_KINDS = {"类别", "类型", "属性"}
_OWN_KINDS: dict[Level, set[str]] = {
    "household": {"户类型", "户类别", "户属性", "贫困户类型", "贫困户类别", "贫困户属性", "贫困类型", "致贫原因", "主要致贫原因",
                  "劳动能力", "安置方式"},
    "village": {"村类型", "村类别", "村属性"},
}  # fmt: skip
_SUMS = {"合计", "总计", "小计", "共计"}


@dataclass(frozen=True)
class Frame:
    """A list as read, or why it was not. With any problem there are no entries. ``notes`` need no mending."""

    file: str
    level: Level
    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind in the list, in the order in which they first stand."""
        return tuple(dict.fromkeys(kind for entry in self.entries for kind in sorted(entry.kinds)))

    @property
    def hash(self) -> str:
        """SHA-256 of the entries in their order: the same list has the same, saved as .xlsx or as .csv."""
        return frame_hash(self.entries)


def frame_hash(entries: Iterable[Entry]) -> str:
    """SHA-256 over one line of JSON an entry: its name, places and kinds."""
    lines = (json.dumps([e.name, e.places, sorted(e.kinds)], ensure_ascii=False) for e in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read_frame(name: str, content: bytes, level: Level = "household") -> Frame:
    """Read a list of what is on that level, in this process. Whatever the bytes are, this returns."""
    try:
        grids = [grid for grid in _grids(content) if grid.cells]
    except RefusalError as refusal:
        return Frame(name, level, problems=(f"{refusal.problem.message}。{refusal.problem.mend}",))
    if personal := list(_personal(grids)):
        return Frame(name, level, problems=_some([*personal], _ASK))
    reading = _Reading(level, len(grids) > 1)
    for grid in grids:
        reading.read(grid)
    return reading.concluded(name)


def _grids(content: bytes) -> list[Grid]:
    """The sheets of a file. A crafted or broken one can make a parser fail in any way: that is a damaged file."""
    kind = guard.file_kind(content)
    try:
        return _READERS[kind](content)
    except (RefusalError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise RefusalError("damaged") from error


def _personal(grids: Sequence[Grid]) -> Iterator[str]:
    """Where a person seems to be named; never what stands there."""
    for grid in grids:
        where = f"工作表“{grid.name}”" if len(grids) > 1 and grid.name else ""
        for (row, column), cell in sorted(grid.cells.items()):
            if what := _personal_cell(cell.text, row):
                yield f"{where}第{row}行{a1(1, column)[:-1]}列{what}"


def _personal_cell(text: str, row: int) -> str:
    plain = _plain(text)
    if row <= _DEEPEST_HEAD and len(plain) <= 12 and "编号" not in plain:
        named = next((what for word, what in _PERSONAL_HEADS if word in plain), "")
        if named:
            return f"是“{named}”一列"
    digits = re.sub(r"(?<=\d)[ \u00a0](?=\d)", "", unicodedata.normalize("NFKC", text))
    if any(_is_day(*map(int, found.groups())) for found in _IDENTITY.finditer(digits)):
        return "像身份证号"
    return "像电话号码" if _TELEPHONE.search(digits) else ""


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _some(told: list[str], ask: str) -> tuple[str, ...]:
    shown = [f"{one}。{ask}" for one in told[:1]] + [f"{one}，也请删去" for one in told[1:MOST_TOLD]]
    return (*shown, *((f"另有{len(told) - MOST_TOLD}处",) if len(told) > MOST_TOLD else ()))


@dataclass
class _Head:
    """Where the columns of a list are."""

    row: int
    number: int | None = None
    places: dict[Level, int] = field(default_factory=dict)
    kinds: list[int] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


@dataclass
class _Reading:
    """What has been read so far."""

    level: Level
    several: bool
    entries: dict[tuple[object, ...], Entry] = field(default_factory=dict)
    first: dict[tuple[object, ...], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    found: bool = False

    def read(self, grid: Grid) -> None:
        """One sheet; one that is hidden, or has no such columns, is told and left."""
        where = f"工作表“{grid.name}”" if self.several and grid.name else ""
        if grid.hidden:
            self.notes.append(f"{where}是隐藏的，没有读取")
            return
        head = find_head(grid, self.level)
        if head is None:
            self.notes.append(f"{where}没有“{_needed(self.level)}”一列，没有读取")
            return
        self.found = True
        if head.others:
            self.notes.append(f"{where}“{'、'.join(head.others)}”与抽样无关，没有读取，也没有保留")
        for row in [row for row in grid.rows if row > head.row]:
            self._row(grid, head, row, where)

    def _row(self, grid: Grid, head: _Head, row: int, where: str) -> None:
        texts = {column: _plain(cell.text) for column, cell in grid.rows[row].items()}
        if not _SUMS.isdisjoint(texts.values()):
            return
        own = head.number if self.level == "household" else head.places[self.level]
        assert own is not None
        name, at = _plain(grid.at(row, own).text), f"{where}{a1(row, own)}"
        if trouble := _name_trouble(name, grid.at(row, own), self.level):
            if name or any(texts.get(column) for column in (*head.places.values(), *head.kinds)):
                self.problems.append(f"{at}{trouble}")
            return
        places = tuple((level, text) for level, column in head.places.items()
                       if level != self.level and (text := _plain(grid.at(row, column).text)))  # fmt: skip
        kinds = frozenset(kind for column in head.kinds for kind in _kinds(grid.at(row, column)))
        self._keep(Entry(name, places, kinds), at)

    def _keep(self, entry: Entry, at: str) -> None:
        key = (entry.name, entry.places)
        before = self.entries.get(key)
        if before is not None and self.level == "household":
            self.problems.append(f"{at}户编号“{entry.name}”与{self.first[key]}重复。请核对，每户只列一行")
            return
        self.first.setdefault(key, at)
        self.entries[key] = Entry(entry.name, entry.places, entry.kinds | (before.kinds if before else frozenset()))

    def concluded(self, name: str) -> Frame:
        """The list as a whole: with any problem nothing is taken."""
        if not self.found:
            told = f"没有找到“{_needed(self.level)}”一列。请在表头写明“{_needed(self.level)}”，另可有“镇”“村”“类别”各列"
            self.problems.append(told)
        elif not self.entries and not self.problems:
            self.problems.append("表头之下没有内容。请填写后再上传")
        frame = Frame(name, self.level, tuple(self.entries.values()), notes=tuple(self.notes))
        if len(frame.kinds) > MOST_KINDS:
            self.problems.append(
                f"“类别”有{len(frame.kinds)}种不同的写法，不像类别。请只填类别（如分散贫困户），不填姓名或说明"
            )
        if not self.problems:
            return frame
        rest = len(self.problems) - MOST_TOLD
        more = (f"另有{rest}处",) if rest > 0 else ()
        return Frame(name, self.level, problems=(*self.problems[:MOST_TOLD], *more))


def find_head(grid: Grid, level: Level) -> _Head | None:
    """The row of headings: the first that has the column of what is drawn."""
    for row in [row for row in grid.rows if row <= _DEEPEST_HEAD]:
        head = _Head(row)
        for column, cell in grid.rows[row].items():
            _heading(head, column, _title(cell.text), level)
        if head.number is not None if level == "household" else level in head.places:
            return head
    return None


def _heading(head: _Head, column: int, title: str, level: Level) -> None:
    if title in _NUMBER and head.number is None:
        head.number = column
    elif title in _PLACES and _PLACES[title] not in head.places:
        head.places[_PLACES[title]] = column
    elif title in _KINDS or title in _OWN_KINDS.get(level, ()):
        head.kinds.append(column)
    elif title and title != "序号":
        head.others.append(title)


def _needed(level: Level) -> str:
    return "户编号" if level == "household" else LEVELS[level]


def _name_trouble(name: str, cell: Cell, level: Level) -> str:
    if cell.kind in ("formula", "error"):
        return f"的公式没有算出“{_needed(level)}”。请改填数值后再上传"
    if not name:
        return f"缺“{_needed(level)}”。请补填，或删去这一行"
    if level == "household" and not any(char.isdigit() for char in name):
        return f"不像户编号。{_ASK}"
    return ""


def _kinds(cell: Cell) -> Iterator[str]:
    for part in re.split(r"[;；/,，\n]", cell.text):
        if text := _plain(part):
            yield text


def _title(text: str) -> str:
    """A heading without blanks and without what stands in brackets: "镇（街）" is 镇."""
    return re.sub(r"\([^)]*\)|\*", "", _plain(text))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
