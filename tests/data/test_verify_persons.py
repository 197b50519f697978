"""A duty written past the program, a consent that nobody gave: whoever looks at the record afterwards finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.access import Duty
from data.store import Store, people
from data.store.location import sqlite_url
from data.verify import verify
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """江门's seven; three persons, one altered, one retired and enrolled again; three 申请: one waits, one granted, one refused."""
    with Store.open(sqlite_url(tmp_path / "a.db")) as opened:
        opened.enrol_person("guan", "管甲", [Duty("manage")], "", "本机")
        opened.enrol_person("li", "李四", [Duty("view")], "", "管甲")
        opened.change_person(2, 1, "李思", [Duty("plan")], "调任规划", "管甲")
        opened.enrol_person("wang", "王五", [Duty("fill")], "", "管甲")
        opened.retire_person(3, 1, "调离", "管甲")
        opened.enrol_person("wang", "王五", [Duty("review")], "回来", "管甲")
        one = builders.county(opened)
        opened.set_review_required(one.id, True, "王复核")
        first, second, third, *_ = (sheet.id for sheet in opened.submissions(one.id))
        opened.hand_in([first, second, third], "李经办")
        opened.review([first, second, third], "王复核")
        opened.ask_unlock(first, "李经办", "有误")
        opened.grant(opened.ask_unlock(second, "李经办", "漏项").id, "赵六")
        opened.refuse(opened.ask_unlock(third, "李经办", "想改").id, "赵六", "已核对")
        yield opened


def told(store: Store, weight: str = "bad") -> list[str]:
    return [one.words for one in verify(store) if one.weight == weight]


def test_persons_and_requests_that_nobody_touched_verify(store: Store) -> None:
    assert told(store) == told(store, "note") == []
    assert "人员登记6次，账号和分工与操作日志一致。" in told(store, "fine")


TOUCHES = [
    ("UPDATE person SET duties = (SELECT duties FROM person WHERE number = 1) WHERE account = 'li' AND state = 'current'",
     "人员“李思（li）”第2次登记（现行）"),
    ("UPDATE person SET duties = (SELECT duties FROM person WHERE number = 1) WHERE account = 'li' AND state = 'replaced'",
     "人员“李四（li）”第1次登记（已更改）"),
    ("UPDATE person SET account = 'zhao' WHERE account = 'li' AND state = 'current'", "人员“李思（zhao）”第2次登记"),
    ("UPDATE person SET name = '赵四' WHERE account = 'li' AND state = 'current'", "人员“赵四（li）”第2次登记"),
    ("UPDATE person SET state = 'replaced' WHERE account = 'li' AND state = 'current'", "人员“李思（li）”第2次登记（已更改）"),
    ("UPDATE person SET state = 'replaced' WHERE state = 'withdrawn'", "人员“王五（wang）”第2次登记（已更改）"),
    ("UPDATE person SET state = 'withdrawn' WHERE account = 'guan'", "人员“管甲（guan）”第1次登记（已停用）"),
    ("INSERT INTO person (number, revision, state, account, name, duties, note, actor, at) SELECT 9, 1, state, 'hei', '黑', "
     "duties, note, actor, at FROM person WHERE number = 1", "人员“黑（hei）”第1次登记没有操作记录"),
    ("DELETE FROM person WHERE account = 'li' AND revision = 1", "2号人员第1次登记有记录而没有内容"),
    ("UPDATE request SET state = 'granted', decided_by = '赵六' WHERE state = 'asked'", "李经办的申请.*现为“已同意”"),
    ("UPDATE request SET actor = '别人' WHERE state = 'asked'", "别人的申请.*现为“待同意”"),
    ("UPDATE request SET reason = '另有原因' WHERE state = 'granted'", "李经办的申请.*现为“已同意”"),
    ("UPDATE request SET decided_by = '孙七' WHERE state = 'granted'", "李经办的申请.*现为“已同意”"),
    ("UPDATE request SET state = 'granted' WHERE state = 'refused'", "李经办的申请.*现为“已同意”"),
    ("UPDATE request SET answer = '可以' WHERE state = 'refused'", "李经办的申请.*现为“不同意”"),
    ("DELETE FROM request WHERE state = 'asked'", "李经办的申请.*有记录而没有内容"),
]  # fmt: skip


@pytest.mark.parametrize(("touch", "words"), TOUCHES, ids=[each[0][:60] for each in TOUCHES])
def test_whatever_is_touched_past_the_program_is_named(store: Store, touch: str, words: str) -> None:
    with store._database.writing() as connection:
        assert connection.exec_driver_sql(touch).rowcount == 1
    found = told(store)
    assert len(found) == 1
    assert re.search(words, found[0]), found


def test_persons_of_an_earlier_program_are_told_as_not_provable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """0.7.0 told the log the duties in words only: nothing is wrong, and nothing is claimed."""
    kept = people.told_of
    monkeypatch.setattr(people, "told_of", lambda *_args, **_words: None)
    with Store.open(sqlite_url(tmp_path / "旧.db")) as old:
        old.enrol_person("guan", "管甲", [Duty("manage")], "", "本机")
        monkeypatch.setattr(people, "told_of", kept)
        old.enrol_person("li", "李四", [Duty("view")], "", "管甲")
        assert told(old) == []
        assert told(old, "note") == ["人员：1次登记由旧版程序记录，日志没有可核对的分工，请在“人员与权限”人工核对。"]
        with old._database.writing() as connection:
            connection.exec_driver_sql("UPDATE person SET name = '钱一' WHERE account = 'guan'")
        (words,) = told(old)
        assert words.startswith("人员“钱一（guan）”第1次登记没有操作记录，可能由其他程序写入。")
