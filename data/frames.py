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
from pathlib import PurePath

from data import persons
from data.sheets.grid import Cell, Grid, a1
from data.sheets.opening import open_grids
from data.sheets.problems import RefusalError
from scoring.sampling import LEVELS, Entry, Level

ENDINGS = (".xlsx", ".xls", ".et", ".ods", ".csv")
FORMATS = "、".join(ENDINGS)
MOST_TOLD = 20
"""Problems listed; more help nobody."""
MOST_KINDS = 40
"""Different kinds a column may have and still be a column of kinds."""

_ASK = "抽样只需户编号，请删去姓名、身份证号、电话等个人信息后再上传；本次没有保留文件中的任何内容"
_HOUSEHOLD = re.compile(r"(?=.*\d)[0-9A-Za-z/-]+")

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
    """A list as read, or why it was not. With any problem there are no entries. ``notes`` need no mending.

    ``doubts``: where a name may stand, without the name; somebody who has looked says that it is none.
    """

    file: str
    level: Level
    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

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


def kept_name(name: str) -> str:
    """What is kept of an uploaded file's name: its ending. The rest may name a person, and the hash tells files apart."""
    ending = PurePath(name).suffix.lower()
    return f"名册{ending}" if ending in ENDINGS else "名册"


def read_frame(name: str, content: bytes, level: Level = "household") -> Frame:
    """Read a list of what is on that level, in this process. Whatever the bytes are, this returns."""
    name = kept_name(name)
    try:
        grids = [grid for grid in open_grids(content) if grid.cells]
    except RefusalError as refusal:
        return Frame(name, level, problems=(f"{refusal.problem.message}。{refusal.problem.mend}",))
    if personal := list(_personal(grids)):
        return Frame(name, level, problems=_some([*personal], _ASK))
    reading = _Reading(level, len(grids) > 1)
    for grid in grids:
        reading.read(grid)
    return reading.concluded(name)


def _personal(grids: Sequence[Grid]) -> Iterator[str]:
    """Where a person seems to be named; never what stands there."""
    for grid in grids:
        where = f"工作表“{grid.name}”" if len(grids) > 1 and grid.name else ""
        for (row, column), cell in sorted(grid.cells.items()):
            if what := persons.told(cell.text, row):
                yield f"{where}第{row}行{a1(1, column)[:-1]}列{what}"


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
    seen: dict[tuple[str, str], list[str]] = field(default_factory=dict)

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
        for column in head.kinds:
            self._saw("类别", _kinds(grid.at(row, column)), f"{where}{a1(row, column)}")
        if self.level == "household" and "village" in head.places:
            column = head.places["village"]
            self._saw("村", [_plain(grid.at(row, column).text)], f"{where}{a1(row, column)}")
        self._keep(Entry(name, places, kinds), at)

    def _saw(self, column: str, values: Iterable[str], at: str) -> None:
        """Remember where a value that may be a name stood; a name stands once."""
        for value in filter(persons.may_be_name, values):
            self.seen.setdefault((column, value), []).append(at)

    def _keep(self, entry: Entry, at: str) -> None:
        key = (entry.name, entry.places)
        before = self.entries.get(key)
        if before is not None and self.level == "household":
            self.problems.append(f"{at}户编号与{self.first[key]}重复。请核对，每户只列一行")
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
        doubts = tuple(f"{where[0]}“{column}”像人名" for (column, _), where in self.seen.items() if len(where) == 1)
        frame = Frame(name, self.level, tuple(self.entries.values()), (), tuple(self.notes), doubts)
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
    for row in [row for row in grid.rows if row <= persons.HEAD]:
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
    if level == "household" and not _HOUSEHOLD.fullmatch(name):
        return f"不像户编号：户编号须有数字，此外只用字母、“-”和“/”。{_ASK}"
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
