"""Which pages there are, in which section of the menu. app.py, links between pages and the pictures in docs read this."""

from __future__ import annotations

from dataclasses import dataclass

from data.access import Role

EVERYBODY: tuple[Role, ...] = ("view", "plan", "fill", "review", "manage")
_LOOKING: tuple[Role, ...] = ("view", "plan", "review", "manage")
_COUNTING: tuple[Role, ...] = ("plan", "review", "manage")
_PLANNING: tuple[Role, ...] = ("plan", "manage")
_FILLING: tuple[Role, ...] = ("fill", "plan", "manage")
_MANAGING: tuple[Role, ...] = ("manage",)


@dataclass(frozen=True)
class PageEntry:
    """One page: its script, its place in the menu, its title and icon, and its name in the address bar.

    ``roles``: who may open it. ``blind``: whether it shows nothing of a result to whoever still assesses, so is open then too.
    """

    script: str
    section: str
    title: str
    icon: str
    url: str
    roles: tuple[Role, ...] = EVERYBODY
    blind: bool = False




PAGES = (
    PageEntry("pages/results/overview.py", "考核结果", "总览", ":material/dashboard:", "overview"),
    PageEntry("pages/results/ranking.py", "考核结果", "排名", ":material/format_list_numbered:", "ranking"),
    PageEntry("pages/results/unit.py", "考核结果", "分项情况", ":material/fact_check:", "unit"),
    PageEntry("pages/results/changes.py", "考核结果", "变动说明", ":material/difference:", "changes"),
    PageEntry("pages/results/map.py", "考核结果", "地图", ":material/map:", "map"),
    PageEntry("pages/results/outcomes.py", "考核结果", "结果运用", ":material/assignment_turned_in:", "outcomes"),
    PageEntry("pages/results/scales.py", "考核结果", "打分尺度", ":material/balance:", "scales"),
    PageEntry("pages/explore/whatif.py", "权重测算", "权重测算", ":material/tune:", "whatif", _LOOKING),
    PageEntry("pages/explore/firmness.py", "权重测算", "等次稳定性", ":material/query_stats:", "firmness", _LOOKING),
    PageEntry("pages/explore/compare.py", "权重测算", "情景比对", ":material/compare:", "compare", _LOOKING),
    PageEntry("pages/explore/backtest.py", "权重测算", "回测与同比", ":material/compare_arrows:", "backtest", _LOOKING),
    PageEntry("pages/collect/upload.py", "数据汇集", "数据上报", ":material/upload_file:", "upload", _FILLING, True),
    PageEntry("pages/collect/progress.py", "数据汇集", "催报进度", ":material/checklist:", "progress", EVERYBODY, True),
    PageEntry("pages/collect/limits.py", "数据汇集", "情形登记", ":material/gavel:", "limits", EVERYBODY, True),
    PageEntry("pages/collect/crosscheck.py", "数据汇集", "核对Excel", ":material/grid_on:", "crosscheck", _COUNTING),
    PageEntry("pages/collect/draw.py", "数据汇集", "抽签与抽样", ":material/casino:", "draw", _LOOKING),
    PageEntry("pages/meeting/lock.py", "会议汇报", "锁定与审定", ":material/approval:", "lock", _LOOKING),
    PageEntry("pages/meeting/present.py", "会议汇报", "汇报演示", ":material/slideshow:", "present"),
    PageEntry("pages/meeting/documents.py", "会议汇报", "报告与导出", ":material/print:", "documents"),
    PageEntry("pages/rules/assessments.py", "方案与口径", "年度考核", ":material/folder_open:", "assessments", _LOOKING),
    PageEntry("pages/rules/geography.py", "方案与口径", "底图与坐标", ":material/travel_explore:", "geography", _PLANNING),
    PageEntry("pages/rules/scheme.py", "方案与口径", "方案与口径", ":material/menu_book:", "scheme", EVERYBODY, True),
    PageEntry("pages/rules/assumptions.py", "方案与口径", "口径", ":material/rule:", "assumptions", EVERYBODY, True),
    PageEntry("pages/rules/editor.py", "方案与口径", "方案编制", ":material/edit_document:", "editor", _PLANNING, True),
    PageEntry("pages/rules/log.py", "方案与口径", "操作日志", ":material/history:", "log", EVERYBODY, True),
    PageEntry("pages/system/people.py", "系统管理", "人员与权限", ":material/group:", "people", _MANAGING, True),
    PageEntry("pages/system/keeping.py", "系统管理", "备份与存档", ":material/backup:", "keeping", _MANAGING),
)

MINE = PageEntry("pages/account/duties.py", "", "我的分工", ":material/badge:", "duties")
LEAVE = PageEntry("pages/account/leave.py", "", "退出登录", ":material/logout:", "leave")
"""In the menu under the viewer's own name, once somebody has signed in."""

_SCRIPTS = {entry.url: entry.script for entry in PAGES}


OVERVIEW = _SCRIPTS["overview"]
RANKING = _SCRIPTS["ranking"]
UNIT = _SCRIPTS["unit"]
CHANGES = _SCRIPTS["changes"]
MAP = _SCRIPTS["map"]
OUTCOMES = _SCRIPTS["outcomes"]
SCALES = _SCRIPTS["scales"]
WHATIF = _SCRIPTS["whatif"]
FIRMNESS = _SCRIPTS["firmness"]
COMPARE = _SCRIPTS["compare"]
BACKTEST = _SCRIPTS["backtest"]
UPLOAD = _SCRIPTS["upload"]
PROGRESS = _SCRIPTS["progress"]
LIMITS = _SCRIPTS["limits"]
CROSSCHECK = _SCRIPTS["crosscheck"]
DRAW = _SCRIPTS["draw"]
LOCK = _SCRIPTS["lock"]
PRESENT = _SCRIPTS["present"]
DOCUMENTS = _SCRIPTS["documents"]
ASSESSMENTS = _SCRIPTS["assessments"]
GEOGRAPHY = _SCRIPTS["geography"]
SCHEME = _SCRIPTS["scheme"]
ASSUMPTIONS = _SCRIPTS["assumptions"]
EDITOR = _SCRIPTS["editor"]
LOG = _SCRIPTS["log"]
PEOPLE = _SCRIPTS["people"]
KEEPING = _SCRIPTS["keeping"]
