"""Every kind of document that can be taken out of a 锁定版: what it is, for whom, in which formats, and how it is made.

>>> make("report", locked, "docx", viewer="张三").name            # doctest: +SKIP
'2020年江门市县级_考核情况报告_锁定版第3号.docx'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.documents import kind_makers as makers
from data.documents.archive import Kept
from data.documents.kind_makers import Maker, Order
from data.documents.made_file import File, Progress, file
from data.documents.pack import Wanted, pack
from data.documents.paper_pdf import PdfError
from data.geographies import Own
from data.geographies.in_use import NOTHING
from data.locked import Locked
from data.maps.picture import PictureError
from data.papers.paper import Unready
from data.papers.report_years import Earlier
from data.store import StoreProblem

__all__ = ["KINDS", "NOT_NOW", "File", "Kept", "Kind", "Unready", "kind", "make"]

NOT_NOW = (Unready, PdfError, PictureError, StoreProblem)
"""What making may raise with words for the user: not ready, no office program, no font, an original that was damaged."""
_PAPER = ("docx", "pdf", "html")


@dataclass(frozen=True)
class Kind:
    """One kind. ``whom``: for whom; ``about``: what it is, in a line; ``suffixes``: its formats, the usual one first.

    ``units``: "each" is one paper a unit (of all: a zip), "may" one for all or for a unit, "" for the whole assessment.
    ``needs``: what must be done before ("批复"), "" for nothing. ``has_map``: whether it shows a map. ``pages``: the pages of
    the system that show the same figures. ``kept``: whether it needs what only a store keeps. ``years``: whether it tells of the
    year before too.
    """

    id: str
    name: str
    whom: str
    about: str
    suffixes: tuple[str, ...]
    make: Maker
    units: str = ""
    needs: str = ""
    has_map: bool = False
    pages: tuple[str, ...] = ()
    kept: bool = False
    years: bool = False


def _pack(locked: Locked, order: Order) -> File:
    """送审包: see ``data.documents.pack``."""
    if order.kept is None:
        raise Unready("送审包须由系统内的锁定版生成：命令行的结果没有入库，没有锁定版号和原件。")
    content = pack(locked, list(_packed(locked, order)), order.progress)
    return file(makers.stem(locked, "送审包", locked.record.code), "zip", content)


def _packed(locked: Locked, order: Order) -> Iterator[Wanted]:
    for kind_id in PACKED:
        one = kind(kind_id)
        wanted = replace(order, suffix=one.suffixes[0], unit=None, progress=None)
        yield Wanted(one.name, one.pages, lambda one=one, wanted=wanted: one.make(locked, wanted))  # type: ignore[misc]


PACKED = ("report", "readings", "matters", "evidence", "talks", "workbook", "deck", "archive")
"""What a 送审包 holds, in the order of its 目录."""
KINDS = (
    Kind("report", "考核情况报告", "报领导小组", "基本情况、指标分析、存在问题、综合评价、处理建议", _PAPER, makers.report_file,
         pages=("总览", "排名", "分项情况", "结果运用"), years=True),
    Kind("picture", "结果一图", "手机转发", "一张竖图：结论、各等次个数、位次和等次", ("png",), makers.picture_file,
         pages=("总览", "排名")),
    Kind("deck", "汇报演示稿", "会议汇报", "每页一句结论的幻灯片，图表可编辑", ("pptx", "pdf"), makers.deck_file, has_map=True,
         pages=("汇报演示",)),
    Kind("workbook", "测算工作簿", "复核人员", "得分、等次、位次均由公式算出，可改权重复算", ("xlsx",), makers.book_file,
         pages=("排名", "分项情况", "口径")),
    Kind("html", "完整结果", "离线查阅", "一个网页文件：结论、位次、地图、逐项评分、口径、条款，不联网可看", ("html",), makers.html_file,
         has_map=True, pages=("总览", "排名", "分项情况", "地图", "口径")),
    Kind("matters", "提请审定事项", "领导小组会议", "须由会议决定的口径、情形和结果运用", _PAPER, makers.matters_file,
         pages=("总览", "结果运用", "口径")),
    Kind("readings", "口径确认表", "领导小组会议", "原文未规定而按口径处理的各项，逐项签字确认", _PAPER, makers.readings_file,
         pages=("口径",)),
    Kind("talks", "谈话提醒（约谈）名单", "组织实施单位", "谁、因何、依据哪一条、由谁谈、何时前", _PAPER, makers.talks_file,
         pages=("结果运用",)),
    Kind("feedback", "反馈单", "各考核对象", "一个对象一份：得分、等次、逐项评分、短板和整改期限", _PAPER, makers.feedback_file,
         units="each", pages=("分项情况",)),
    Kind("rectify", "整改通知", "须整改的考核对象", "问题、措施、责任人、期限", _PAPER, makers.rectify_file, units="may",
         pages=("结果运用",)),
    Kind("notice", "通报", "印发各考核对象", "批复后印发：结果、好的做法、问题、要求", _PAPER, makers.notice_file, needs="批复",
         pages=("锁定与审定", "结果运用")),
    Kind("evidence", "佐证材料目录", "归档、备查", "每个得分出自哪份原件、哪个单元格", _PAPER, makers.evidence_file,
         pages=("分项情况", "情形登记")),
    Kind("pack", "送审包", "报送、归档", "报告、口径表、审定事项、名单、佐证目录、工作簿、演示稿、归档包，一个编号", ("zip",), _pack,
         has_map=True, kept=True, years=True),
    Kind("archive", "归档包", "档案", "评分表原件、方案、口径、情形、结果、操作日志，附校验值，可重新计算", ("zip",), makers.archive_file,
         kept=True),
)  # fmt: skip
"""In the order in which they are offered."""


def kind(kind_id: str) -> Kind:
    """The kind of that id. Raises KeyError."""
    return {each.id: each for each in KINDS}[kind_id]


def make(
    kind_id: str, locked: Locked, suffix: str, viewer: str = "", unit: str | None = None,
    progress: Progress | None = None, kept: Kept | None = None, own: Own = NOTHING, years: Earlier | None = None,
) -> File:  # fmt: skip
    """Make a document. ``viewer`` becomes its watermark until 批复.

    Raises KeyError for an unknown kind or unit, ValueError for a format that the kind does not have, and NOT_NOW.
    """
    wanted = kind(kind_id)
    if suffix not in wanted.suffixes:
        raise ValueError(f"“{wanted.name}”没有 {suffix} 格式；可用：{'、'.join(wanted.suffixes)}。")
    if unit is not None:
        locked.state.results.of(unit)
    name = "" if locked.standing.approved else viewer.strip()
    return wanted.make(locked, Order(suffix, name, unit, kept, progress, own, years))
