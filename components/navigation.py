"""Which pages there are, in which section of the menu. app.py, links between pages and the pictures in docs read this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageEntry:
    """One page: its script, its place in the menu, its title and icon, and its name in the address bar."""

    script: str
    section: str
    title: str
    icon: str
    url: str


PAGES = (
    PageEntry("pages/results/overview.py", "考核结果", "总览", ":material/dashboard:", "overview"),
    PageEntry("pages/results/ranking.py", "考核结果", "排名", ":material/format_list_numbered:", "ranking"),
    PageEntry("pages/results/unit.py", "考核结果", "分项情况", ":material/fact_check:", "unit"),
    PageEntry("pages/results/changes.py", "考核结果", "变动说明", ":material/difference:", "changes"),
    PageEntry("pages/results/map.py", "考核结果", "地图", ":material/map:", "map"),
    PageEntry("pages/results/outcomes.py", "考核结果", "结果运用", ":material/assignment_turned_in:", "outcomes"),
    PageEntry("pages/results/scales.py", "考核结果", "打分尺度", ":material/balance:", "scales"),
    PageEntry("pages/explore/whatif.py", "权重测算", "权重测算", ":material/tune:", "whatif"),
    PageEntry("pages/explore/firmness.py", "权重测算", "等次稳定性", ":material/query_stats:", "firmness"),
    PageEntry("pages/explore/compare.py", "权重测算", "情景比对", ":material/compare:", "compare"),
    PageEntry("pages/explore/backtest.py", "权重测算", "回测与同比", ":material/compare_arrows:", "backtest"),
    PageEntry("pages/collect/upload.py", "数据汇集", "数据上报", ":material/upload_file:", "upload"),
    PageEntry("pages/collect/progress.py", "数据汇集", "催报进度", ":material/checklist:", "progress"),
    PageEntry("pages/collect/limits.py", "数据汇集", "情形登记", ":material/gavel:", "limits"),
    PageEntry("pages/collect/crosscheck.py", "数据汇集", "核对Excel", ":material/grid_on:", "crosscheck"),
    PageEntry("pages/collect/draw.py", "数据汇集", "抽签与抽样", ":material/casino:", "draw"),
    PageEntry("pages/meeting/lock.py", "会议汇报", "锁定与审定", ":material/approval:", "lock"),
    PageEntry("pages/meeting/present.py", "会议汇报", "汇报演示", ":material/slideshow:", "present"),
    PageEntry("pages/meeting/documents.py", "会议汇报", "报告与导出", ":material/print:", "documents"),
    PageEntry("pages/rules/assessments.py", "方案与口径", "年度考核", ":material/folder_open:", "assessments"),
    PageEntry("pages/rules/geography.py", "方案与口径", "底图与坐标", ":material/travel_explore:", "geography"),
    PageEntry("pages/rules/scheme.py", "方案与口径", "方案与口径", ":material/menu_book:", "scheme"),
    PageEntry("pages/rules/assumptions.py", "方案与口径", "口径", ":material/rule:", "assumptions"),
    PageEntry("pages/rules/editor.py", "方案与口径", "方案编制", ":material/edit_document:", "editor"),
    PageEntry("pages/rules/log.py", "方案与口径", "操作日志", ":material/history:", "log"),
    PageEntry("pages/system/keeping.py", "系统管理", "备份与存档", ":material/backup:", "keeping"),
)

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
KEEPING = _SCRIPTS["keeping"]
