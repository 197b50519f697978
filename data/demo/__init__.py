"""示例数据: seeded, invented assessments in real workbooks of the official forms, read by the real reader.

Place names are real, so the roles rotate by the seed and every page says 示例数据. One module a document tells its story.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.demo import dongxi, guangdong, jiangmen, neimenggu, qujiang, ruyuan, template
from data.demo.jiangmen import COUNTY, HELD_BACK, STORIES, TOWN, Story, county_forms, last_form, story_of, town_forms
from data.demo.load import load_one, load_several
from data.demo.parts import CHECKER, CLERK, SEED, Demo, DemoForm
from data.store import Assessment, Store

__all__ = [
    "CHECKER", "CLERK", "COUNTY", "DOCUMENTS", "HELD_BACK", "SEED", "STORIES", "TOWN", "Demo", "DemoDocument", "DemoForm", "Story",
    "all_demos", "county_forms", "demo_of", "held_back", "last_form", "load_all", "load_demo", "load_one", "story_of",
    "town_forms",
]  # fmt: skip

JIANGMEN = "jiangmen-2020"


@dataclass(frozen=True)
class DemoDocument:
    """The demonstration of one document: one assessment a table. ``about``: what there is to see, in a line."""

    id: str
    name: str
    about: str
    demos: tuple[Demo, ...]


DOCUMENTS = (
    DemoDocument(JIANGMEN, "江门2020", "7个市（区）、73个镇（街）和市本级；留有一份评分表待现场上报", jiangmen.DEMOS),
    DemoDocument("guangdong-2019", "广东2019", "14个被帮扶市与6个对口帮扶市分别排位，江门市另行考核", guangdong.DEMOS),
    DemoDocument("dongxi-2019", "东西部2019", "10个帮扶市、15个省直单位：大项限制、一票否决、逾期到账、批示加分、保底", dongxi.DEMOS),
    DemoDocument("neimenggu-2018", "内蒙古2018", "12个盟市，平时与年终各100分；留有一份年终考核表待现场上报", neimenggu.DEMOS),
    DemoDocument("ruyuan-2017", "乳源2017", "9个镇，76个帮扶单位和5个工作队随镇计分，得分折入绩效", ruyuan.DEMOS),
    DemoDocument("qujiang-2018", "曲江2018", "9个镇，没有分值和等次：问题情形与逐级加重的处理", qujiang.DEMOS),
    DemoDocument("template-2026", "2026模板", "8个虚构的县（市、区），模板非官方文件：完成率、加分项、通报扣分", template.DEMOS),
)  # fmt: skip


def all_demos() -> tuple[Demo, ...]:
    """One for every scheme."""
    return tuple(demo for document in DOCUMENTS for demo in document.demos)


def demo_of(scheme_id: str) -> Demo:
    """The demonstration of a scheme. Raises KeyError."""
    return {demo.scheme_id: demo for demo in all_demos()}[scheme_id]


def held_back(scheme_id: str, seed: int = SEED) -> DemoForm | None:
    """The form of a scheme's demonstration that lies ready to be uploaded live, if it keeps one back."""
    last = next((demo.last for demo in all_demos() if demo.scheme_id == scheme_id), None)
    return last(seed) if last else None


def load_demo(
    store: Store, actor: str = CLERK, seed: int = SEED, documents: Iterable[str] = (JIANGMEN,)
) -> list[Assessment]:
    """Put the demonstration of these documents (by id) into a store, those tables that it does not hold yet.

    Raises KeyError for a document that has none.
    """
    known = {document.id: document.demos for document in DOCUMENTS}
    return load_several(store, [demo for wanted in documents for demo in known[wanted]], actor, seed)


def load_all(store: Store, actor: str = CLERK, seed: int = SEED) -> list[Assessment]:
    """Every document's demonstration."""
    return load_several(store, all_demos(), actor, seed)
