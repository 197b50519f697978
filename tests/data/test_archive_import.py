"""归档包 into another installation: the same results, its own log attached, and every tampering refused in words."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.access import Duty, Person
from data.archive_import import Unfit, attached_log, import_archive, prove
from data.archive_import import unpacking as limits
from data.demo import all_demos, load_one
from data.documents.archive import MANIFEST, archive, kept_of
from data.documents.as_json import results_json
from data.documents.zipping import zipped
from data.locked import Locked, open_locked
from data.state import load_state
from data.store import NotAllowed, Store, StoreProblem
from data.store.location import sqlite_url
from data.verify import verify
from tests.data.locks import TODAY, locked_of, settled
from tests.pages import builders

Files = dict[str, bytes]
WHEN = datetime(2020, 12, 8, tzinfo=UTC)
SHEETS, FACTS, LOG, ASSESSMENT = "数据/评分表.jsonl", "数据/情形.jsonl", "数据/操作日志.jsonl", "数据/考核.json"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Another office's store with 江门's seven, one limited by a 记过."""
    with Store.open(sqlite_url(tmp_path_factory.mktemp("那边") / "a.db")) as opened:
        builders.county(opened)
        yield opened


@pytest.fixture(scope="module")
def locked(there: Store) -> Locked:
    return locked_of(there, 1)


@pytest.fixture(scope="module")
def packed(there: Store, locked: Locked) -> bytes:
    return archive(locked, kept_of(there, locked))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / "b.db")) as opened:
        yield opened


def opened(content: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def again(files: Files) -> bytes:
    return zipped(list(files.items()), WHEN)


def relisted(files: Files) -> Files:
    """As a forger would: the list of files says what they are now."""
    contents = json.loads(files[MANIFEST])
    for one in contents["files"]:
        if one["path"] in files:
            one["bytes"], one["sha256"] = len(files[one["path"]]), hashlib.sha256(files[one["path"]]).hexdigest()
    return files | {MANIFEST: json.dumps(contents, ensure_ascii=False).encode()}


def refused(here: Store, content: bytes, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        import_archive(here, "归档包.zip", content, "李四")
    assert here.assessments() == []
    assert here.log() == []
    assert here.wrong_originals() == (0, [])


def test_an_imported_assessment_has_the_same_results_and_says_where_it_came_from(
    here: Store, locked: Locked, packed: bytes
) -> None:
    made = import_archive(here, "归档包.zip", packed, "李四")
    state = load_state(here, made.assessment)
    assert results_json(state.results) == results_json(locked.state.results)
    assert [(s.unit, s.component, s.revision, s.actor, s.at) for s in state.submissions] == [
        (s.unit, s.component, s.revision, s.actor, s.at) for s in locked.state.submissions
    ]
    (entry,) = here.log()
    assert (entry.action, entry.actor, entry.version) == ("导入存档", "李四", 1)
    assert entry.details["source_fingerprint"] == locked.record.hash
    (record,) = here.locked_versions(made.assessment)
    assert record.number == locked.record.number
    assert locked.record.code in record.note
    assert open_locked(here, made.assessment, record.number, TODAY).given(state.results.of("新会区")).grade == "较好"  # type: ignore[union-attr]


def test_an_import_bears_the_name_of_the_sign_in(here: Store, packed: bytes) -> None:
    import_archive(here.by(Person("赵一", "zhao@example.org", (Duty("manage"),))), "归档包.zip", packed, "冒名者")
    (entry,) = here.log()
    assert (entry.actor, entry.details["account"]) == ("赵一", "zhao@example.org")


def test_the_log_of_the_other_installation_is_attached_word_for_word(there: Store, here: Store, packed: bytes) -> None:
    made = import_archive(here, "归档包.zip", packed, "李四")
    upto = [entry for entry in reversed(there.log(1)) if entry.action != "导出文件"]
    attached = list(attached_log(here, made.assessment))
    assert attached == upto[: len(attached)]
    assert attached[-1].action == "锁定"
    assert attached_log(there, 1) == ()


def test_whatever_was_imported_is_covered_by_the_verification(here: Store, packed: bytes) -> None:
    import_archive(here, "归档包.zip", packed, "李四")
    assert [one for one in verify(here) if one.weight != "fine"] == []
    with here._database.writing() as connection:
        connection.exec_driver_sql("UPDATE submission SET marks = replace(marks, '\"85\"', '\"95\"') WHERE unit = '蓬江区'")
    told = [one.words for one in verify(here) if one.weight == "bad"]
    assert any("蓬江区第1次评分表" in words and "与上报时不一致" in words for words in told)


@pytest.mark.slow
@pytest.mark.parametrize("demo", all_demos(), ids=lambda demo: demo.scheme_id)
def test_every_demo_goes_over_and_may_be_archived_again(tmp_path: Path, demo) -> None:
    content, before = b"", None
    for name in ("甲", "乙", "丙")[: 3 if demo.scheme_id == "jiangmen-2020-county" else 2]:
        with Store.open(sqlite_url(tmp_path / f"{name}.db")) as store:
            number = import_archive(store, "归档包.zip", content, "李四").assessment if content else load_one(store, demo).id
            now = results_json(load_state(store, number).results)
            assert before in (None, now)
            found = locked_of(store, number)
            content, before = archive(found, kept_of(store, found)), now
            assert [one.words for one in verify(store) if one.weight == "bad"] == []


def test_what_was_settled_comes_along(tmp_path: Path, here: Store) -> None:
    with Store.open(sqlite_url(tmp_path / "a.db")) as store:
        made = builders.county(store)
        builders.last_sheet(store, made)
        found = settled(store, store.assessment(made.id))
        content = archive(found, kept_of(store, found))
    brought = import_archive(here, "归档包.zip", content, "李四").assessment
    assert here.assessment(brought).state == "final"
    step = here.settlings(brought)["settled"]
    assert (step.number, step.grades["新会区"].grade) == ("江扶会〔2020〕5号", "较好")
    with pytest.raises(StoreProblem, match="已定稿"):
        here.set_setting(brought, "assumption:x", "y", "李四")


def test_the_same_archive_is_recognised_here_and_where_it_came_from(there: Store, here: Store, packed: bytes) -> None:
    import_archive(here, "归档包.zip", packed, "李四")
    for store in (here, there):
        lines = len(store.log())
        with pytest.raises(StoreProblem, match="本系统中已有"):
            import_archive(store, "别名.zip", packed, "王五")
        assert len(store.log()) == lines


def test_two_archives_of_one_assessment_are_told_apart_by_their_names(tmp_path: Path, here: Store) -> None:
    with Store.open(sqlite_url(tmp_path / "a.db")) as store:
        made = builders.county(store)
        for sheet in store.submissions(made.id)[:4]:
            found = locked_of(store, made.id)
            import_archive(here, "归档包.zip", archive(found, kept_of(store, found)), "李四")
            store.withdraw(sheet.id, "李经办", "误传")
    name = "2020年江门市 · 县级"
    assert [one.name for one in here.assessments()] == [name, f"{name}（存档）", f"{name}（存档2）", f"{name}（存档3）"]


def test_only_who_manages_may_import(here: Store, packed: bytes) -> None:
    for role in ("view", "plan", "fill", "review"):
        with pytest.raises(NotAllowed):
            import_archive(here.by(Person("王五", "w", (Duty(role),))), "归档包.zip", packed, "王五")  # type: ignore[arg-type]
    assert here.assessments() == []
    import_archive(here.by(Person("赵六", "z", (Duty("manage"),))), "归档包.zip", packed, "别人")
    assert here.log()[0].actor == "赵六"


def test_a_store_that_computes_otherwise_keeps_nothing(here: Store, packed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(_: object) -> str:
        raise StoreProblem("导入后重新计算的结果与归档包不一致")

    monkeypatch.setattr("data.archive_import.bringing._again", lambda loaded, proved: other(loaded))
    with pytest.raises(StoreProblem, match="不一致"):
        import_archive(here, "归档包.zip", packed, "李四")
    assert (here.assessments(), here.log(), here.wrong_originals()) == ([], [], (0, []))


def test_an_imported_sheet_keeps_to_the_group_that_it_was_marked_in(here: Store, packed: bytes) -> None:
    """It is older than the roster here, which came with it: that roster says its group."""
    made = import_archive(here, "归档包.zip", packed, "李四").assessment
    units = here.assessment(made).units
    mine = [one.id for one in here.submissions(made) if one.unit == units[0].name]
    for each in mine:
        here.withdraw(each, "李四", "改组")
    here.correct_roster(made, [replace(units[0], group="town"), *units[1:]], "李四", "改组")
    with pytest.raises(StoreProblem, match="的组别在这份评分表上报之后已经更改"):
        here.restore(mine[0], "李四", "恢复")
    here.correct_roster(made, units, "李四", "改回")
    assert here.restore(mine[0], "李四", "恢复").state == "taken"


# Tampering


def put(path: str, old: str, new: str) -> Callable[[Files], Files]:
    """Write something else into a file of the archive."""

    def change(files: Files) -> Files:
        text = files[path].decode()
        assert old in text
        return files | {path: text.replace(old, new, 1).encode()}

    return change


def without_line(number: int) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        lines = files[LOG].splitlines(keepends=True)
        return files | {LOG: b"".join(lines[:number] + lines[number + 1 :])}

    return change


def first_original(files: Files) -> str:
    return next(name for name in files if name.startswith("原始评分表/"))


TAMPERINGS = [
    ("a mark", put(SHEETS, '\\"85\\"', '\\"95\\"'), "与上报时所记的不一致"),
    ("a tick", put(SHEETS, '较好', '好'), "与上报时所记的不一致"),
    ("a unit of a sheet", put(SHEETS, '"unit":"蓬江区"', '"unit":"台山市"'), "不一致|上报记录|有误|重复"),
    ("a file of a sheet", put(SHEETS, '"file":"', '"file":"0000'), "不合格式"),
    ("a fact", put(FACTS, "记过", "警告"), "与操作日志所记的不一致"),
    ("a fact's check", put(FACTS, '"confirmed":true', '"confirmed":false'), "无法识别"),
    ("a roster's name", put(ASSESSMENT, "蓬江区", "蓬江"), "无法按其方案计分|重新计算"),
    ("a code of the roster", put(ASSESSMENT, "440703", "440799"), "重新计算"),
    ("the version", put(ASSESSMENT, '"version": 24', '"version": 23'), "不是同一个锁定版"),
    ("the demo's mark", put(ASSESSMENT, '"demo": true', '"demo": false'), "不是同一个锁定版"),
    ("the state", put(ASSESSMENT, '"state": "draft"', '"state": "final"'), "重新计算"),
    ("a result", put("结果.json", "较好", "好"), "重新计算"),
    ("the scheme", put("方案（采用时原文）.yaml", "weight: 40", "weight: 41"), "方案|校验值"),
    ("a log line's actor", put(LOG, "李经办", "王五"), "操作日志第"),
    ("a log line's time", put(LOG, '"at":"20', '"at":"21'), "操作日志第"),
    ("a log line dropped", without_line(5), "操作日志"),
    ("the first log line dropped", without_line(0), "操作日志"),
    ("the last log line dropped", without_line(24), "不是锁定版第1号的锁定记录"),
    ("the log emptied", lambda files: files | {LOG: b""}, "操作日志"),
    ("a field more", put(FACTS, '{"id"', '{"more":1,"id"'), "不合格式"),
    ("a number that is none", put(SHEETS, '"revision":1', '"revision":"1"'), "不合格式"),
    ("no JSON", lambda files: files | {SHEETS: b"\xff\xfe{"}, "不合格式"),
    ("nesting without end", lambda files: files | {ASSESSMENT: b"[" * 200_000}, "不合格式"),
    ("an original's content", lambda files: files | {first_original(files): b"other"}, "原始文件"),
]


@pytest.mark.parametrize(("change", "why"), [each[1:] for each in TAMPERINGS], ids=[each[0] for each in TAMPERINGS])
def test_whatever_is_changed_is_found_by_the_list_and_without_it(
    here: Store, packed: bytes, change: Callable[[Files], Files], why: str
) -> None:
    changed = change(opened(packed))
    refused(here, again(changed), "校验值不一致")
    refused(here, again(relisted(changed)), why)


def test_marks_changed_in_the_archive_of_reviewed_sheets_are_found(tmp_path: Path, here: Store) -> None:
    """提交 and 复核 name the sheets in the log, too: what the line of the upload said of the marks still holds."""
    with Store.open(sqlite_url(tmp_path / "a.db")) as store:
        made = builders.county(store)
        store.set_review_required(made.id, True, "赵六")
        every = [one.id for one in store.submissions(made.id)]
        store.hand_in(every, "李经办")
        store.review(every, "赵六")
        found = locked_of(store, made.id)
        files = opened(archive(found, kept_of(store, found)))
    refused(here, again(relisted(put(SHEETS, '\\"85\\"', '\\"95\\"')(files))), "与上报时所记的不一致")
    import_archive(here, "归档包.zip", again(files), "李四")


def test_two_originals_in_each_others_place_are_found(here: Store, packed: bytes) -> None:
    files = opened(packed)
    one, other = [name for name in files if name.startswith("原始评分表/")][:2]
    refused(here, again(relisted(files | {one: files[other], other: files[one]})), "原始文件")


def test_a_member_more_or_less_is_found(here: Store, packed: bytes) -> None:
    files = opened(packed)
    refused(here, again(files | {"更多.txt": b"x"}), "多出")
    for name in (FACTS, "结果.json", first_original(files)):
        refused(here, again({path: body for path, body in files.items() if path != name}), "缺少")
    refused(here, again({path: body for path, body in files.items() if path != MANIFEST}), "不是本系统的归档包")


def test_an_archive_of_an_earlier_program_is_told_as_such(here: Store, packed: bytes) -> None:
    files = opened(packed)
    contents = json.loads(files[MANIFEST])
    del contents["format"]
    refused(here, again(files | {MANIFEST: json.dumps(contents).encode()}), "旧版程序生成")


def test_another_engine_is_named_where_its_results_differ(here: Store, packed: bytes) -> None:
    files = put("结果.json", "较好", "好")(opened(packed))
    contents = json.loads(files[MANIFEST])
    contents["locked"]["engine"] = "99"
    refused(here, again(relisted(files | {MANIFEST: json.dumps(contents).encode()})), "计分引擎99版")


# Hostile zips


def raw(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as written:
        for info, body in entries:
            written.writestr(info, body)
    return kept.getvalue()


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a/../x", "C:x", "a\\..\\x", "a/b/c", "目录/", "x\n", "x\u202e", "a//b", ".", "x" * 500]
)
def test_no_name_that_could_lead_anywhere_is_taken(here: Store, name: str) -> None:
    refused(here, raw((MANIFEST, b"{}"), (name, b"x")), "文件名|同名")


def test_a_link_is_not_taken(here: Store) -> None:
    link = zipfile.ZipInfo("链接")
    link.external_attr = 0o120777 << 16
    refused(here, raw((MANIFEST, b"{}"), (link, b"/etc/passwd")), "文件名")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_not_taken(here: Store) -> None:
    refused(here, raw((MANIFEST, b"{}"), (MANIFEST, b"{}")), "同名")
    refused(here, raw(("A.txt", b""), ("a.txt", b"")), "同名")


def test_a_bomb_is_refused_before_it_is_unpacked(here: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = raw((MANIFEST, b"{}"), ("弹.json", b"0" * 30_000_000))

    def never(*_: object) -> bytes:
        raise AssertionError("unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "read", never)
    refused(here, bomb, "压缩比异常")
    monkeypatch.setattr(limits, "MOST_UNPACKED", 1_000_000)
    refused(here, bomb, "过大")
    monkeypatch.setattr(limits, "MOST_MEMBERS", 1)
    refused(here, bomb, "超过1个")
    monkeypatch.setattr(limits, "MOST_BYTES", 100)
    refused(here, bomb, "不能导入")


def test_what_lies_about_its_size_is_refused(here: Store, packed: bytes) -> None:
    at = packed.rindex(b"PK\x01\x02")
    refused(here, packed[: at + 24] + b"\x01\x00\x00\x00" + packed[at + 28 :], "损坏|校验值|不一致|过大")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", "归档".encode(), b"\0" * 1000, b"%PDF-1.7"])
def test_what_is_no_zip_is_refused(here: Store, content: bytes) -> None:
    refused(here, content, "归档包|损坏")


@pytest.mark.parametrize("of_office", ["[Content_Types].xml", "META-INF/manifest.xml"])
def test_a_workbook_picked_by_mistake_is_told_to_be_no_archive(here: Store, of_office: str) -> None:
    refused(here, raw((of_office, b"<a/>"), ("xl/theme/theme1.xml", b"<a/>")), "文件不是归档包")


def test_an_encrypted_zip_is_refused(here: Store, packed: bytes) -> None:
    at = packed.index(b"PK\x01\x02")
    refused(here, packed[: at + 8] + b"\x01" + packed[at + 9 :], "加密")


def test_a_flipped_byte_never_brings_in_something_else(packed: bytes, locked: Locked) -> None:
    """Bytes that say nothing, such as times, may be anything; else it is refused in words."""
    draw, refusals = random.Random(8), 0
    for _ in range(40):
        at = draw.randrange(len(packed))
        try:
            found = prove("归档包.zip", packed[:at] + bytes([packed[at] ^ (1 << draw.randrange(8))]) + packed[at + 1 :])
        except Unfit:
            refusals += 1
        else:
            assert found.locked.sha256 == locked.record.hash
    assert refusals > 20


@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99, 0.9999])
def test_an_archive_cut_short_is_refused(here: Store, packed: bytes, share: float) -> None:
    refused(here, packed[: int(len(packed) * share)], "损坏")
