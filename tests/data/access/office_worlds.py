"""An office's store at several points of its year, each a file that a test copies.

Everything was done by nobody who has signed in, under the name 甲, and checked under the name 乙, so that whoever signs in
is a second person. There are two assessments with the same in both, and one of 示例数据.
"""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

from data.access import Duty
from data.schemes import scheme_text
from data.store import READING, SHOWN, Finding, Given, Ruling, Store, UnitRow
from scoring.marks import Fact, Mark, Sheet
from tests.pages.county_hands import RULES

OWN, OTHER = "蓬江区", "江海区"
PLACES = ((OWN, "cross"), (OTHER, "cross"), (OWN, "municipal"))
FIRST, SECOND = 1, 2
"""The assessment that the duties of the tests are in, and another one."""
DAY = date(2020, 12, 1)
LINES = {"type": "Polygon", "coordinates": [[[112.0, 22.0], [112.0, 22.5], [113.0, 22.5], [112.0, 22.0]]]}
GRADES = {OWN: Given("好"), OTHER: Given("好")}
TEXT = scheme_text(RULES.id)


def sheet(unit: str, component: str, score: str = "91.25") -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(score), sheet="表", cell="C2"),), opinion="同意")


def finding(unit: str) -> Finding:
    return Finding(unit, "台账不全", "人手不足", "补齐", "王某")


def fact(unit: str) -> Fact:
    return Fact(unit, "sanction", "记过", "2020-06-01", "江纪〔2020〕12号")


def geography(store: Store, replaces: int | None, name: str = "a.geojson", actor: str = "甲") -> int:
    file, shapes = (name, name.encode()), {"440703": LINES}
    return store.put_geography("440700", "areas", file, shapes, {"crs": "wgs84"}, actor, "江门市", replaces).id


def draw(store: Store, assessment: int, kind: str, actor: str) -> None:
    store.record_drawing(assessment, kind, "", [], "20201201", {"title": "抽取"}, {"got": [OWN]}, actor, "再抽")


class Growing:
    """The store as it grows, and the files kept on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path, self.kept = folder, folder / "growing.db", dict[str, Path]()
        self.store = Store.open(f"sqlite:///{self.path}")

    def keep(self, name: str) -> None:
        """What stands now, under a name."""
        with self.store._database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.kept[name] = Path(shutil.copy(self.path, self.folder / f"{name}.db"))

    def back(self, name: str) -> None:
        """Go on from what was kept under a name."""
        self.store.close()
        for path in self.folder.glob("growing.db*"):
            path.unlink()
        shutil.copy(self.kept[name], self.path)
        self.store = Store.open(f"sqlite:///{self.path}")


def build(folder: Path) -> dict[str, Path]:
    """Every world's file by its name."""
    grown = Growing(folder)
    _begin(grown.store)
    grown.keep("plain")
    for each in (FIRST, SECOND):
        grown.store.set_review_required(each, True, "甲")
    grown.keep("filled")
    _withdrawn(grown)
    _agreed(grown)
    _staged(grown)
    _final(grown)
    grown.store.close()
    return grown.kept


def _begin(store: Store) -> None:
    units = [UnitRow(OWN, "county", "440703"), UnitRow(OTHER, "county", "440704")]
    for name in ("甲考核", "乙考核"):
        store.create_assessment(name, RULES.id, TEXT, RULES.hash, units, "甲")
    store.create_assessment("示例", RULES.id, TEXT, RULES.hash, units, "甲", demo=True)
    for title in ("自编", "另编"):
        store.create_scheme(title, TEXT, "甲")
    geography(store, None)
    for name in ("管理", "孙丙"):
        store.enrol_person(f"{name}@example.org", name, [Duty("manage")], "", "甲")
    for each in (FIRST, SECOND):
        _stock(store, each)


def _stock(store: Store, here: int) -> None:
    for unit, component in PLACES:
        name = f"{here}{unit}{component}"
        store.take(here, f"{name}.xlsx", name.encode(), [sheet(unit, component)], "甲")
    for unit in (OWN, OTHER):
        store.add_fact(here, fact(unit), "", "甲")
    store.save_scenario(here, "情景", {"weights": {}}, "甲")
    store.confirm(here, {f"{READING}ticks": "95/85/75/60"}, "甲", "赋分")
    store.set_setting(here, f"{SHOWN}440781", "1", "甲", action="公开镇级成绩")
    draw(store, here, "draw", "甲")
    store.decide(here, [Ruling(OTHER, "talk", "谈话提醒", "adopted")], "甲")
    store.add_rectifications(here, [finding(OWN), finding(OTHER)] * 2, "甲")
    for item in store.rectifications(here)[2:]:
        store.report_rectification(item.id, "已补齐", "甲")


def _withdrawn(grown: Growing) -> None:
    store = grown.store
    for each in (FIRST, SECOND):
        for one in store.submissions(each):
            store.withdraw(one.id, "甲", "有误")
        for row in store.facts(each):
            store.withdraw_fact(row.id, "甲", "有误")
        for saved in store.scenarios(each):
            store.withdraw_scenario(saved.id, "甲")
    store.remove_scheme(1, "甲", "不用", 1)
    store.withdraw_geography(1, "甲", "不用", "江门市")
    _ended(grown, "withdrawn")
    grown.back("filled")


def _agreed(grown: Growing) -> None:
    grown.store.advance_scheme(1, "甲", 1)
    grown.keep("agreed")
    grown.back("filled")


def _staged(grown: Growing) -> None:
    def every(here: int) -> list[int]:
        return [one.id for one in grown.store.submissions(here)]

    for name, step in (("handed", lambda here: grown.store.hand_in(every(here), "甲")),
                       ("reviewed", lambda here: grown.store.review(every(here), "乙")),
                       ("unlocking", lambda here: [grown.store.ask_unlock(key, "甲", "有误") for key in every(here)])):  # fmt: skip
        for each in (FIRST, SECOND):
            step(each)
        _ended(grown, name)
        grown.back(name)
    grown.back("filled")


def _ended(grown: Growing, name: str) -> None:
    """Keep what stands under a name, and the same 定稿."""
    grown.keep(name)
    for each in (FIRST, SECOND):
        grown.store.finalise(each, "甲", reviewed=frozenset())
    grown.keep(f"{name}-final")


def _final(grown: Growing) -> None:
    _ended(grown, "filled")
    store = grown.store
    for each in (FIRST, SECOND):
        store.lock_version(each, store.version(each), "f" * 64, "1", "", "甲")
        store.suggest(each, 1, GRADES, "", "甲")
        store.add_objection(each, 1, OTHER, "不服", "江海区", DAY, "甲")
    grown.keep("final")
    for name, who in (("asked", "甲"), ("asked-own", "钱七")):
        for each in (FIRST, SECOND):
            grown.store.ask_reopen(each, who, "有误")
        grown.keep(name)
        grown.back("final")
    store = grown.store
    for each in (FIRST, SECOND):
        store.answer_objection(store.objections(each)[0].id, "rejected", "不采纳", "", "乙")
    grown.keep("answered")
    for each in (FIRST, SECOND):
        store.settle(each, 1, "纪要1号", DAY, "领导小组", GRADES, "", "乙")
    grown.keep("settled")
    for each in (FIRST, SECOND):
        store.approve(each, "函1号", DAY, "市政府", "", "乙")
    grown.keep("approved")
    for each in (FIRST, SECOND):
        store.put_notice(each, DAY, "通1号", "", "乙")
    grown.keep("noticed")
