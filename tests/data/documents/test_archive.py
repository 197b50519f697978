"""归档包 and 送审包: whole, provable, computed again from themselves, and safe whatever uploaded files are called."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli import main
from data.demo import demo_of, load_one
from data.documents.archive import ABOUT, MANIFEST, ORIGINALS, Kept, archive, kept_of
from data.documents.kinds import PACKED, Unready, kind, make
from data.documents.pack import CONTENTS
from data.documents.zipping import zipped
from data.locked import Locked, lock, open_locked, unkept
from data.store import Store, StoreProblem
from data.store.location import FILE_NAME, sqlite_url
from tests.data.locks import TODAY, locked_of, settled
from tests.pages import builders
from tests.pages.builders import CLERK


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as opened:
        yield opened


@pytest.fixture
def locked(store: Store) -> Locked:
    return locked_of(store, builders.county(store).id)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_every_original_that_counts_is_in_the_archive_byte_for_byte(store: Store, locked: Locked) -> None:
    files = opened(archive(locked, kept_of(store, locked)))
    manifest = json.loads(files[MANIFEST])
    assert len(manifest["originals"]) == 21  # 20 sheets that count, and one 自查自评
    for told in manifest["originals"]:
        assert hashlib.sha256(files[told["path"]]).hexdigest() == told["sha256"]
        assert store.original(told["sha256"])[1] == files[told["path"]]


def test_the_list_of_files_proves_every_other_file(store: Store, locked: Locked) -> None:
    files = opened(archive(locked, kept_of(store, locked)))
    told = {each["path"]: each["sha256"] for each in json.loads(files[MANIFEST])["files"]}
    assert set(files) - set(told) == {ABOUT, MANIFEST}
    assert all(hashlib.sha256(files[path]).hexdigest() == sha256 for path, sha256 in told.items())


def test_the_archive_says_which_figures_it_holds_and_how_far_they_came(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    files = opened(archive(settled_one := settled(store, store.assessment(made.id)), kept_of(store, settled_one)))
    about, standing = files[ABOUT].decode(), json.loads(files["审定情况.json"])
    assert "内部资料·已审定未批复　示例数据" in about
    assert settled_one.record.hash in about
    assert standing["steps"]["settled"]["number"] == "江扶会〔2020〕5号"
    assert standing["steps"]["settled"]["grades"]["新会区"]["grade"] == "较好"
    assert "approved" not in standing["steps"]


def test_the_log_ends_with_the_lock_so_that_taking_documents_out_changes_no_archive(
    store: Store, locked: Locked
) -> None:
    before = archive(locked, kept_of(store, locked))
    store.record_export(locked.record.assessment, "考核情况报告", {"sha256": "0" * 64}, CLERK)
    store.set_setting(
        locked.record.assessment, "towns_shown:440781", "1", CLERK, action="公开镇级成绩", subject="台山市"
    )
    again = open_locked(store, locked.record.assessment, 1, TODAY)
    assert archive(again, kept_of(store, again)) == before
    log = opened(before)["操作日志.csv"].decode()
    assert log.strip().splitlines()[-1].split(",")[3] == "锁定"
    assert "导出文件" not in log


def test_two_archives_of_one_lock_are_the_same_bytes(store: Store, locked: Locked) -> None:
    assert archive(locked, kept_of(store, locked)) == archive(locked, kept_of(store, locked))


@pytest.mark.slow
@pytest.mark.parametrize("scheme_id", ["jiangmen-2020-county", "dongxi-2019-city"])
def test_what_the_archive_holds_gives_its_results_again(
    store: Store, scheme_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that 说明.txt gives, typed in the folder where the archive was unpacked."""
    found = locked_of(store, load_one(store, demo_of(scheme_id)).id)
    with zipfile.ZipFile(io.BytesIO(archive(found, kept_of(store, found)))) as packed:
        packed.extractall(tmp_path / "解压")
    monkeypatch.chdir(tmp_path / "解压")
    capsys.readouterr()
    sheets = sorted(str(path) for path in Path(ORIGINALS).iterdir())
    assert main(["score", "--scheme", "方案.yaml", "--facts", "情形.csv", "--json", *sheets]) == 0
    again = {each["unit"]: each for each in json.loads(capsys.readouterr().out)["units"]}
    for told in json.loads(Path("结果.json").read_text(encoding="utf-8"))["units"]:
        for name in ("score", "exact", "grade", "score_grade", "rank", "components", "missing"):
            assert again[told["unit"]][name] == told[name], (told["unit"], name)


HOSTILE = ["../../../etc/passwd.xlsx", "..\\..\\启动.xlsx", "/绝对.xlsx", "C:\\表.xlsx", "表\x00\n.xlsx", "表\u202exslx.xlsx",
           "NUL.xlsx", "同名.xlsx", "同名.XLSX", "同名.xlsx", "长" * 200 + ".xlsx", "=cmd|' /C calc'!A0.xlsx"]  # fmt: skip


def test_no_name_of_an_uploaded_file_leaves_the_folder_or_hides_another(store: Store, tmp_path: Path) -> None:
    made = builders.empty(store, "jiangmen-2020-county", "2020年江门市 · 县级")
    pairs = [(unit.name, part) for unit in made.units for part in ("cross", "municipal", "daily")]
    for name, (unit, component) in zip(HOSTILE, pairs, strict=False):
        store.take(
            made.id, name, f"{name}{unit}{component}".encode(), [builders.total(unit, component, "85.00")], CLERK
        )
    found = locked_of(store, made.id)
    content = archive(found, kept_of(store, found))
    names = [name for name in opened(content) if name.startswith(ORIGINALS)]
    assert len({name.casefold() for name in names}) == len(HOSTILE)
    target = tmp_path / "解压"
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(target)
    inside = {path.relative_to(target) for path in target.rglob("*") if path.is_file()}
    assert inside == {Path(name) for name in opened(content)}
    told = json.loads(opened(content)[MANIFEST])["originals"]
    assert {each["name"] for each in told} == set(HOSTILE), "the names as they were, for the record"


@pytest.mark.parametrize("path", ["../a", "/a", "a/../b", "a//b", "C:a", "a\\b", ".", "a\0", ""])
def test_an_archive_takes_no_path_that_leaves_its_folder(path: str) -> None:
    with pytest.raises(ValueError, match="名称不可用"):
        zipped([(path, b"")], datetime(2020, 12, 8, tzinfo=UTC))


def test_an_archive_takes_no_name_twice() -> None:
    with pytest.raises(ValueError, match="同名"):
        zipped([("表.xlsx", b"1"), ("表.XLSX", b"2")], datetime(2020, 12, 8, tzinfo=UTC))


def test_a_damaged_original_is_told_and_not_archived(store: Store, locked: Locked) -> None:
    def gone(_: str) -> bytes:
        raise StoreProblem("原始文件《表.xlsx》与上报时的校验值不一致，可能已损坏或被改动。请用备份恢复。")

    with pytest.raises(StoreProblem, match="校验值不一致"):
        make("archive", locked, "zip", kept=Kept(gone, tuple))


def test_results_that_no_store_holds_have_neither_archive_nor_pack(locked: Locked) -> None:
    loose = unkept(locked.state, TODAY)
    for wanted in ("archive", "pack"):
        with pytest.raises(Unready, match="没有入库"):
            make(wanted, loose, "zip")


def test_a_pack_lists_each_of_its_files_with_its_fingerprint_and_the_pages_that_say_the_same(
    store: Store, locked: Locked
) -> None:
    made = make("pack", locked, "zip", "王复核", kept=kept_of(store, locked))
    files = opened(made.content)
    listed = files.pop(CONTENTS).decode("utf-8-sig")
    assert made.name == f"2020年江门市县级_送审包_{locked.record.code}_锁定版第1号.zip"
    assert len(files) == len(PACKED)
    for name, content in files.items():
        assert name in listed
        assert hashlib.sha256(content).hexdigest() in listed
    assert "考核情况报告　对应页面：总览、排名、分项情况、结果运用" in listed
    assert locked.stamp in listed
    assert "内部资料·未经审定" in listed


def test_a_pack_says_of_what_cannot_be_made_yet_why_it_is_not_there(store: Store) -> None:
    found = locked_of(store, builders.towns(store).id)  # 镇级: nobody is to be talked to
    files = opened(make("pack", found, "zip", kept=kept_of(store, found)).content)
    listed = files[CONTENTS].decode("utf-8-sig")
    assert "谈话提醒（约谈）名单：暂不能生成。没有拟谈话提醒或约谈的" in listed
    assert not any("谈话提醒" in name for name in files)


def test_a_pack_tells_how_far_it_is(store: Store, locked: Locked) -> None:
    told: list[tuple[int, int, str]] = []
    make("pack", locked, "zip", progress=lambda *step: told.append(step), kept=kept_of(store, locked))
    assert [step[0] for step in told] == list(range(len(PACKED)))
    assert {step[1] for step in told} == {len(PACKED)}
    assert [step[2] for step in told] == [kind(each).name for each in PACKED]


def test_a_second_lock_has_a_log_of_its_own_length(store: Store, locked: Locked) -> None:
    builders.last_sheet(store, store.assessment(locked.record.assessment))
    record = lock(store, locked.record.assessment, CLERK)
    later = open_locked(store, locked.record.assessment, record.number, TODAY)
    first, second = (kept_of(store, each).log() for each in (locked, later))
    assert first == second[: len(first)]
    assert [entry.action for entry in second[len(first) :]] == ["上报", "锁定"]
