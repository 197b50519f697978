"""The clause register (条款落实): every clause of the five documents, and what became of it in the product.

``schemes/clauses.tsv`` holds the clauses as they were read out of the documents; ``schemes/register.tsv`` says of each
whether it is implemented (已落实: an element of a scheme or code does it), shown (照原文展示: its words are there to
read, nothing is computed from them) or left out (未纳入), where, and why. A place is a path in a scheme
(``limits.leader``, ``indicators.5-9``, ``groups.helper.indicators.3``; ``jiangmen-2020-town:steps.self`` where only one of
several schemes is meant), a file of ours (``pages/collect/upload.py``) or ``text``: the document's text on 方案与口径.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from data.clauses import Clause, document_text, find, part_of, read_clauses
from data.schemes import FOLDER, scheme, scheme_ids
from scoring.kinds import Element
from scoring.scheme import Scheme

ROOT = FOLDER.parents[1]
CLAUSES, REGISTER = FOLDER / "clauses.tsv", FOLDER / "register.tsv"
COLUMNS = ("id", "status", "schemes", "places", "note")
TEXT = "text"
"""The place of a clause that is only shown: in the document's text."""

Status = Literal["implemented", "shown", "left_out"]
STATUSES: dict[Status, str] = {"implemented": "已落实", "shown": "照原文展示", "left_out": "未纳入"}

DOCUMENTS: dict[str, tuple[str, ...]] = {
    "江门2020": ("jiangmen-2020-county", "jiangmen-2020-town", "jiangmen-2020-city"),
    "乳源2017": ("ruyuan-2017",),
    "曲江2018": ("qujiang-2018",),
    "内蒙古2018": ("neimenggu-2018",),
    "广东2019": ("guangdong-2019",),
    "广东2019东西部": ("dongxi-2019-city", "dongxi-2019-department"),
}
"""The documents by the name that clauses.tsv gives them, each with the schemes drawn from it."""

_KEYS = ("id", "no", "grade", "action", "clause", "path", "groups", "indicators", "name")
_HEAD = dict.fromkeys(("版记", "标题", "印发日期"), "文头")
_RANGE = re.compile(r"(\d+)-(\d+)")


class RegisterError(ValueError):
    """The register does not hold: every problem, each with its line, what is wrong, and the mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Place:
    """Where a clause is to be found: a path in one scheme with what stands there, or a file with nothing."""

    path: str
    scheme: str = ""
    found: tuple[Any, ...] = ()
    cites: tuple[str, ...] = ()
    assumed: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a file of ours: a page or a module."""
        return not self.scheme


@dataclass(frozen=True)
class Entry:
    """One clause: its words as printed, and what became of it. ``home`` is where its words stand in the text."""

    id: str
    source: str
    clause: str
    words: str
    status: Status
    schemes: tuple[str, ...]
    paths: tuple[str, ...]
    note: str
    home: str = ""
    places: tuple[Place, ...] = field(default=(), compare=False)


def entries() -> tuple[Entry, ...]:
    """The whole register in the documents' order, every place resolved. Raises RegisterError, all problems at once."""
    return _entries(CLAUSES.stat().st_mtime_ns, REGISTER.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _entries(*_moments: int) -> tuple[Entry, ...]:
    return read(CLAUSES.read_text(encoding="utf-8"), REGISTER.read_text(encoding="utf-8"))


def of_scheme(scheme_id: str) -> tuple[Entry, ...]:
    """The register of the document that a scheme is drawn from; nothing for a scheme of one's own."""
    sources = {source for source, ids in DOCUMENTS.items() if scheme_id in ids}
    return tuple(entry for entry in entries() if entry.source in sources)


def counts(rows: Iterable[Entry]) -> dict[Status, int]:
    """How many rows have each status, the statuses in their order."""
    counted = Counter(row.status for row in rows)
    return {status: counted[status] for status in STATUSES}


def read(clauses_text: str, register_text: str) -> tuple[Entry, ...]:
    """Both tables as one register. Raises RegisterError."""
    clauses = {row["id"]: row for _, row in _rows(clauses_text)}
    problems: list[str] = []
    told: dict[str, Entry] = {}
    for line, row in _rows(register_text):
        where = f"{REGISTER.name} 第 {line} 行"
        found = list(_mistakes(row, clauses, told))
        problems += [f"{where}　{problem}" for problem in found]
        if not found:
            entry, faults = _entry(clauses[row["id"]], row)
            told[entry.id] = entry
            problems += [f"{where}　{entry.id}：{fault}" for fault in faults]
    named = {row["id"] for _, row in _rows(register_text)}
    problems += [
        f"{REGISTER.name}　没有写 {key}（{clauses[key]['clause']}）；请补一行" for key in clauses if key not in named
    ]
    if problems:
        raise RegisterError(problems)
    return tuple(told[key] for key in clauses)


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line; a missing cell is empty."""
    reader = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE, restval="")
    for row in reader:
        yield reader.line_num, {str(name): value or "" for name, value in row.items()}


def _mistakes(row: Mapping[str, str], clauses: Mapping[str, Any], told: Mapping[str, Entry]) -> Iterator[str]:
    """What is wrong with a line before its places are looked up."""
    missing = [name for name in COLUMNS if name not in row]
    if missing:
        yield f"缺少列：{'、'.join(missing)}；第一行应为 {'、'.join(COLUMNS)}，以制表符分隔"
        return
    if row["id"] not in clauses:
        yield f"没有“{row['id']}”这一条；编号见 {CLAUSES.name}"
    elif row["id"] in told:
        yield f"{row['id']} 写了两次；请只留一行"
    if row["status"] not in get_args(Status):
        yield f"状态“{row['status']}”不认识；可用：{'、'.join(get_args(Status))}"
    if row["status"] == "left_out" and not row["note"].strip():
        yield f"{row['id']} 未纳入而没有理由；请在 note 写明"
    if row["status"] != "left_out" and not row["places"].strip():
        yield f"{row['id']} 没有写在哪里；请在 places 写方案的路径或文件"


def _entry(clause: Mapping[str, str], row: Mapping[str, str]) -> tuple[Entry, list[str]]:
    ids = tuple(_listed(row["schemes"]))
    faults = [f"“{clause['source']}”没有“{one}”这个方案" for one in ids if one not in DOCUMENTS[clause["source"]]]
    schemes = [scheme(one) for one in ids if one in scheme_ids()]
    places: list[Place] = []
    for path in _listed(row["places"]):
        try:
            places += resolve(path, schemes)
        except LookupError as problem:
            faults.append(str(problem.args[0]))
    faults += [f"{one.id} 里没有一处；请在 places 补上，或从 schemes 去掉它"
               for one in schemes if places and not any(p.scheme in ("", one.id) for p in places)]  # fmt: skip
    entry = Entry(
        clause["id"], clause["source"], clause["clause"], clause["words"], _status(row["status"]), ids,
        tuple(_listed(row["places"])), row["note"].strip(), home_key(clause["source"], clause["clause"]), tuple(places),
    )  # fmt: skip
    return entry, faults


def _status(text: str) -> Status:
    return next(status for status in STATUSES if status == text)


def _listed(cell: str) -> Iterator[str]:
    return (part.strip() for part in cell.split(";") if part.strip())


def resolve(path: str, schemes: Sequence[Scheme]) -> list[Place]:
    """What a place leads to, in each of the schemes that has it. Raises LookupError in words."""
    if path == TEXT:
        return [Place(TEXT)]
    if "/" in path:
        if not (ROOT / path).exists() or ".." in Path(path).parts:
            raise LookupError(f"没有“{path}”这个文件；请核对路径")
        return [Place(path)]
    only, _, rest = path.rpartition(":")
    found = [place for one in schemes if only in ("", one.id) and (place := _in_scheme(rest, one))]
    if not found:
        raise LookupError(
            f"“{path}”在{'、'.join(one.id for one in schemes) or '（未写方案）'}里找不到；请核对路径和编号"
        )
    return found


def _in_scheme(path: str, one: Scheme) -> Place | None:
    """The path in one scheme; None where it leads nowhere or to something empty."""
    here: tuple[Any, ...] = (one,)
    rests: Any = None
    for step in path.split("."):
        here = tuple(_steps(here, step))
        rests = next((thing for thing in here if getattr(thing, "cite", None) is not None), rests)
    if not here or all(thing in (None, "", (), {}) for thing in here):
        return None
    carriers = [thing for thing in here if hasattr(thing, "cite")] or ([rests] if rests is not None else [])
    cites = tuple(dict.fromkeys(cite for thing in carriers for cite in thing.cite))
    assumed = next((thing.assumed for thing in carriers if getattr(thing, "assumed", None)), "")
    return Place(path, one.id, here, cites, assumed)


def _steps(things: Iterable[Any], step: str) -> Iterator[Any]:
    """One step further down: a field of an element, or the rows of that name or number."""
    for thing in things:
        if isinstance(thing, Element) and step in type(thing).model_fields:
            value = getattr(thing, step)
            yield from value if isinstance(value, tuple) else (value,)
        elif isinstance(thing, Element) and not isinstance(thing, Scheme) and _named(thing, step):
            yield thing
        elif isinstance(thing, Element) and hasattr(thing, "items") and not isinstance(thing, Scheme):
            yield from (row for row in thing.items if _named(row, step))


def _named(row: Any, step: str) -> bool:
    """Whether a row goes by this name: its id, its number (or a range of them), its grade, its action …"""
    numbers = _RANGE.fullmatch(step)
    for key in _KEYS:
        value = getattr(row, key, None)
        if numbers and key == "no" and value is not None:
            return int(numbers[1]) <= value <= int(numbers[2])
        last = value[-1] if isinstance(value, tuple) and value else value
        if last not in (None, "", ()) and str(last) == step:
            return True
    return False


def source_of(scheme_id: str) -> str:
    """The document that a scheme is drawn from, by its name in the register; "" for a scheme of one's own."""
    return next((source for source, ids in DOCUMENTS.items() if scheme_id in ids), "")


@lru_cache(maxsize=16)
def text_of(source: str) -> tuple[tuple[Clause, ...], str]:
    """The clauses of a document's paper, and in which part of the paper the document stands."""
    document = scheme(DOCUMENTS[source][0]).document
    clauses = read_clauses(document_text(document.text))
    return clauses, part_of(clauses, document.title)


def home_key(source: str, clause: str) -> str:
    """The clause of the text under which a row's words stand: 附件2-1 for "附2-1 部署推动"; "" where there is none."""
    found = home(source, clause)
    return found.key if found else ""


def home(source: str, clause: str) -> Clause | None:
    """The same as a clause. A row of several clauses (三/六) leads to the first."""
    return named(*text_of(source), clause)


def named(clauses: Sequence[Clause], part: str, clause: str) -> Clause | None:
    """The clause that the register or a doubt names: "附2-1 部署推动" is 附件2-1, 版记 and 标题 stand in 文头."""
    first = clause.split()[0].split("/")[0]
    return find(clauses, _HEAD.get(first, first), part)


def words_of(entry: Entry) -> tuple[str, ...]:
    """The pieces of the document that a row quotes, without the dots and bars between them."""
    return tuple(piece.strip() for piece in re.split("…+|｜", entry.words) if piece.strip())


def stand_in_text(entry: Entry) -> bool:
    """Whether the row's words stand in the clause that it names, or beneath it."""
    clauses, part = text_of(entry.source)
    top = home(entry.source, entry.clause)
    if top is None:
        return False
    below = [one for one in clauses if one.key.startswith(top.key) and one.part in ("", part, top.part)]
    printed = squeezed("".join(f"{one.key}{one.text}{''.join(''.join(row) for row in one.rows)}" for one in below))
    return all(squeezed(piece) in printed for piece in words_of(entry))


def agrees(entry: Entry, place: Place) -> bool:
    """Whether what stands at a place rests on the row's clause: it cites it, one above or beneath it, or the row's note
    names the clause that it does cite; or it owns up that it is assumed. Files and plain words rest on nothing."""
    clauses, part = text_of(entry.source)
    cited = {found.key for cite in place.cites if (found := find(clauses, cite, part))}
    near = any(key.startswith(entry.home) or entry.home.startswith(key) or key in entry.note for key in cited)
    return near or bool(place.assumed) or not place.cites


def squeezed(text: str) -> str:
    """Letters and digits alone, after NFKC: how texts that were typed twice are compared."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))
