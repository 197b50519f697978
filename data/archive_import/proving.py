"""A 归档包 held to itself: every file to its hash, every log line to its own, the results computed anew to those it brings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from data.archive_import import model
from data.archive_import.model import fraction, moment
from data.archive_import.unpacking import AGAIN, Unfit, members
from data.documents import archive_data as parts
from data.documents.as_json import results_json
from data.locked import fingerprint
from data.state import State, UnfitError, scored
from data.store import Assessment, FactRow, Loaded, LogEntry, Setting, StoreProblem, Submission, UnitRow, marks_json
from data.store.imports import BROUGHT_BY, VERB
from data.store.log import digest
from scoring.gather import MarksError
from scoring.load import load_scheme
from scoring.marks import Fact
from scoring.scheme_text import SchemeError

ABOUT, MANIFEST, TAKEN_SCHEME, RESULTS = "说明.txt", "目录.json", "方案（采用时原文）.yaml", "结果.json"
_LOCKING = ("锁定", VERB)  # an imported assessment is locked by the line that brought it in
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Proved:
    """An archive of which everything fits: what it brings, with the numbers of the installation it comes from."""

    locked: model.Locked
    loaded: Loaded
    state: State
    standing: model.Standing
    log: tuple[LogEntry, ...]
    originals: Mapping[str, bytes]
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the archive itself."""
        return hashlib.sha256(self.content).hexdigest()


def prove(name: str, content: bytes) -> Proved:
    """Read an archive and prove it. Raises Unfit, in words, for the first thing that does not fit."""
    files = members(content)
    contents = _contents(files)
    loaded, log, standing = _loaded(files, contents), log_of(files), _one(files, parts.STANDING, model.Standing)
    originals = _originals(files, contents, loaded)
    _insist_log(contents.locked, loaded, log)
    state = _state(loaded)
    _insist_results(files, contents.locked, state)
    return Proved(contents.locked, loaded, state, standing, log, originals, name, content)


def _contents(files: Mapping[str, bytes]) -> model.Contents:
    """The list of files, each of which is there with its hash, and none besides."""
    if MANIFEST not in files:
        raise Unfit(f"压缩包内没有{MANIFEST}，不是本系统的归档包。{AGAIN}")
    try:
        told = json.loads(files[MANIFEST])
    except (ValueError, RecursionError):
        raise Unfit(f"{MANIFEST}无法识别，可能已被改动。{AGAIN}") from None
    if isinstance(told, dict) and "format" not in told:
        raise Unfit("该归档包由旧版程序生成，不含可导入的数据。请提供单位用新版程序重新生成归档包。没有导入任何内容。")
    contents = _one(files, MANIFEST, model.Contents)
    listed = {one.path: one for one in contents.files}
    if extra := sorted(files.keys() - listed.keys() - {ABOUT, MANIFEST}):
        raise Unfit(f"压缩包内多出{MANIFEST}没有列出的文件“{extra[0]}”。{AGAIN}")
    for path, one in listed.items():
        if path not in files:
            raise Unfit(f"压缩包内缺少“{path}”。{AGAIN}")
        if len(files[path]) != one.bytes or hashlib.sha256(files[path]).hexdigest() != one.sha256:
            raise Unfit(f"“{path}”的内容与{MANIFEST}所列的校验值不一致，已被改动或损坏。{AGAIN}")
    return contents


def _one(files: Mapping[str, bytes], path: str, kind: type[Model]) -> Model:
    if path not in files:
        raise Unfit(f"压缩包内缺少“{path}”。{AGAIN}")
    try:
        return kind.model_validate_json(files[path])
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])[:80]
        raise Unfit(f"“{path}”的内容不合格式（{where}），已被改动，或由更新的版本生成。{AGAIN}") from None


def _lines(files: Mapping[str, bytes], path: str, kind: type[Model]) -> list[Model]:
    if path not in files:
        raise Unfit(f"压缩包内缺少“{path}”。{AGAIN}")
    found = []
    for number, line in enumerate(files[path].splitlines(), start=1):
        try:
            found.append(kind.model_validate_json(line))
        except ValidationError:
            raise Unfit(f"“{path}”第{number}行不合格式，已被改动，或由更新的版本生成。{AGAIN}") from None
    return found


def _loaded(files: Mapping[str, bytes], contents: model.Contents) -> Loaded:
    """All that the calculation needs, as the store would have read it."""
    told = _one(files, parts.ASSESSMENT, model.Assessment)
    sheets, facts = _lines(files, parts.SHEETS, model.Sheet), _lines(files, parts.FACTS, model.Fact)
    settings = _lines(files, parts.SETTINGS, model.Setting)
    if (told.name, told.version, told.demo) != (contents.locked.assessment, contents.locked.version, contents.locked.demo):
        raise Unfit(f"{parts.ASSESSMENT}与{MANIFEST}所说的不是同一个锁定版。{AGAIN}")
    try:
        text = files[TAKEN_SCHEME].decode()
        units = tuple(_unit(unit) for unit in told.units)
        return Loaded(
            Assessment(told.id, told.name, told.scheme_id, text, told.scheme_hash, told.state, told.version, told.demo,
                       moment(told.created_at), units),
            [_submission(told.id, sheet) for sheet in sheets],
            [_fact(row) for row in facts],
            {one.key: Setting(one.key, one.value, one.actor, moment(one.at), one.paper) for one in settings},
        )  # fmt: skip
    except (KeyError, ValueError, StoreProblem):
        raise Unfit(f"方案原文或评分表内容无法识别，已被改动，或由更新的版本生成。{AGAIN}") from None


def _unit(unit: model.Unit) -> UnitRow:
    return UnitRow(unit.name, unit.group, unit.region, tuple((name, fraction(n)) for name, n in unit.helps))


def _submission(assessment: int, one: model.Sheet) -> Submission:
    sheet = marks_json.decode(one.unit, one.component, one.marks)
    if marks_json.encode(sheet) != one.marks:
        raise ValueError(one.id)
    return Submission(
        one.id, assessment, one.unit, one.component, one.revision, "taken", one.file, one.file_name, sheet, one.actor, moment(one.at)
    )


def _fact(row: model.Fact) -> FactRow:
    fact = Fact(row.unit, row.fact, row.value, row.date, row.basis, row.confirmed, fraction(row.amount))
    checked = row.confirmed_at and moment(row.confirmed_at)
    if row.confirmed != (row.confirmed_by is not None and checked is not None):
        raise ValueError(row.id)
    return FactRow(row.id, fact, row.note, row.actor, moment(row.at), row.confirmed_by, checked, False)


def log_of(files: Mapping[str, bytes]) -> tuple[LogEntry, ...]:
    """The log that an archive brings, the first first. Raises Unfit."""
    lines = _lines(files, parts.LOG, model.Line)
    return tuple(
        LogEntry(one.seq, moment(one.at), one.actor, one.assessment, one.action, one.subject, one.details, one.prev_hash,
                 one.hash, one.version)
        for one in lines
    )  # fmt: skip


def _originals(files: Mapping[str, bytes], contents: model.Contents, loaded: Loaded) -> dict[str, bytes]:
    found = {}
    for one in contents.originals:
        body = files.get(one.path)
        if body is None or hashlib.sha256(body).hexdigest() != one.sha256:
            raise Unfit(f"原始文件“{one.path}”与其校验值不一致，已被改动、调换或缺失。{AGAIN}")
        found[one.sha256] = body
    for each in loaded.submissions:
        if each.file_sha256 not in found:
            raise Unfit(f"{each.unit}的评分表缺少原始文件《{each.file_name}》。{AGAIN}")
    return found


def _insist_log(locked: model.Locked, loaded: Loaded, log: tuple[LogEntry, ...]) -> None:
    """Each line follows from what it says, no version is without its line, and the last one locked what is here."""
    before: LogEntry | None = None
    for entry in log:
        follows = before is None or (entry.seq > before.seq and (entry.seq > before.seq + 1 or entry.prev_hash == before.hash))
        if entry.hash != _digest(entry) or entry.assessment != loaded.assessment.id or not follows:
            raise Unfit(f"操作日志第{entry.seq}条与其校验值不符，已被改动或调换。{AGAIN}")
        before = entry
    versions = {entry.version for entry in log}
    if missing := sorted(set(range(1, loaded.assessment.version + 1)) - versions):
        raise Unfit(f"操作日志缺少第{missing[0]}版的记录，已被删减。{AGAIN}")
    last = log[-1]
    if last.action not in _LOCKING or (last.details.get("fingerprint"), last.details.get("number")) != (locked.sha256, locked.number):
        raise Unfit(f"操作日志的最后一条不是锁定版第{locked.number}号的锁定记录，已被改动或删减。{AGAIN}")
    for words in (*_sheets_told(loaded, log), *_facts_told(loaded, log)):
        raise Unfit(f"{words}{AGAIN}")


def _digest(entry: LogEntry) -> str:
    try:
        return digest(entry)
    except (ValueError, RecursionError, UnicodeEncodeError):
        return ""


def _sheets_told(loaded: Loaded, log: tuple[LogEntry, ...]) -> Iterator[str]:
    listed = [one for entry in log if entry.action in BROUGHT_BY for one in _dicts(entry.details.get("sheets"))]
    told = {(one.get("unit"), one.get("component"), one.get("revision")): one.get("marks") for one in listed}
    for each in loaded.submissions:
        key = (each.unit, each.component, each.revision)
        if key not in told:
            yield f"{each.unit}第{each.revision}次评分表在操作日志中没有上报记录，日志已被删减或评分表已被调换。"
        elif told[key] not in (None, hashlib.sha256(marks_json.encode(each.sheet).encode()).hexdigest()):
            yield f"{each.unit}第{each.revision}次评分表的分值与上报时所记的不一致，已被改动。"


def _facts_told(loaded: Loaded, log: tuple[LogEntry, ...]) -> Iterator[str]:
    listed = [one for entry in log for one in (entry.details, *_dicts(entry.details.get("facts"))) if "fact" in one]
    told = {(one.get("id"), one.get("unit"), one.get("fact"), one.get("value"), one.get("date")) for one in listed}
    for row in loaded.facts:
        if (row.id, row.fact.unit, row.fact.fact, row.fact.value, row.fact.date) not in told:
            yield f"{row.fact.unit}的情形“{row.fact.value}”与操作日志所记的不一致，已被改动或日志已被删减。"


def _dicts(value: object) -> list[dict]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _state(loaded: Loaded) -> State:
    own = loaded.assessment
    try:
        if load_scheme(own.scheme_text, own.scheme_id).hash != own.scheme_hash:
            raise Unfit(f"方案原文与其校验值不一致：或被改动，或由规则不同的程序版本生成。{AGAIN}")
        return scored(loaded)
    except (SchemeError, UnfitError, MarksError, RecursionError) as error:
        raise Unfit(f"本程序无法按其方案计分：{error} {AGAIN}") from None


def _insist_results(files: Mapping[str, bytes], locked: model.Locked, state: State) -> None:
    """What this program computes is what the archive says, to the last step and digit."""
    again = (json.dumps(results_json(state.results), ensure_ascii=False, indent=1) + "\n").encode()
    same = again == files.get(RESULTS) and fingerprint(state) == locked.sha256 and state.scheme.hash == locked.scheme_sha256
    if same:
        return
    if state.results.engine != locked.engine:
        raise Unfit(
            f"归档包由计分引擎{locked.engine}版生成，本程序为{state.results.engine}版，算得的结果不同，不能导入。"
            "请改用与归档包相同版本的程序导入。没有导入任何内容。"
        )
    raise Unfit(f"按归档包内的评分表、情形和方案重新计算，结果与包内所列的不一致，已被改动。{AGAIN}")
