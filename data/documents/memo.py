"""情景比对说明: a comparison of scenarios as a paper for the meeting, in the format of official documents.

It says what was compared on which data, what each scenario changes and by which clause, what becomes of whom, how firm
that is, what nobody has confirmed yet, and how to compute it again. It proposes nothing and is signed by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.command_lines import FACTS, SCHEME_FILE, line_of, source
from data.documents.compared_units import data_time, day_text, in_order, label, labels, masked
from data.documents.memo_firmness import WIDTHS as FIRMNESS_WIDTHS
from data.documents.memo_firmness import firmness_rows
from data.documents.memo_open import open_points
from data.documents.memo_results import grade_lines, limit_lines, result_tables
from data.documents.official_paper import OfficialPaper
from data.papers.words import numeral
from data.scenarios import Column, Compared

NAME = "情景比对说明"
HEADER = "内部资料·未经审定"
TABLE_FROM = 7
"""So many changes of a scenario are told as a table, fewer as sentences."""


def memo(compared: Compared) -> bytes:
    """The paper (.docx). Hidden names stay hidden, in the text, the order of rows and the file's properties."""
    paper = OfficialPaper(HEADER + ("　示例数据" if compared.state.assessment.demo else ""))
    paper.title(f"{compared.state.assessment.name}\n{NAME}")
    _about(paper, compared)
    _changes(paper, compared)
    _results(paper, compared)
    _firmness(paper, compared)
    _points(paper, "五、尚待确定的事项", open_points(compared))
    _again(paper, compared)
    moment = data_time(compared.state)
    paper.ending(day_text(moment))
    return paper.saved(NAME, moment)


def _points(paper: OfficialPaper, heading: str, lines: Iterator[str]) -> None:
    paper.heading(heading)
    for number, line in enumerate(lines, 1):
        paper.text(f"{number}. {line}")


def _about(paper: OfficialPaper, compared: Compared) -> None:
    state, base = compared.state, compared.base
    rules, words = base.scheme, base.scheme.words
    document = rules.document.number or rules.document.title
    count = len(in_order(compared))
    paper.heading("一、比对的对象和依据")
    told = "、".join(f"“{name}”（{short}）" for short, name in labels(compared).items())
    whose = rules.group(compared.group).name
    group = "" if whose == words.units else f"“{whose}”组"
    paper.text(
        f"依据{document}，对{group}{count}{words.measure}{words.units}的同一批评分，"
        f"分别按{told}测算得分、等次和位次，以供研究。各情景不改变任何评分，测算结果不是考核结果，不作为结果运用的依据。"
    )
    paper.text(
        f"评分数据为{compared.baseline}，截至{day_text(data_time(state))}；计分引擎为{base.results.engine}版；"
        f"各方案指纹（SHA-256）列于第六部分。变动均与“{labels(compared)[label(0)]}”相比。"
    )
    for note in compared.notes:
        paper.text(masked(compared, note))


def _changes(paper: OfficialPaper, compared: Compared) -> None:
    paper.heading("二、各情景的调整内容")
    if len(compared.columns) == 1:
        paper.text("除基准外没有列入其他情景。")
    for number, column in enumerate(compared.columns[1:], 1):
        paper.subheading(f"（{numeral(number)}）{label(number)}：{labels(compared)[label(number)]}")
        if column.actor:
            why = f"，理由：{column.reason}" if column.reason else ""
            paper.text(masked(compared, f"{column.actor}于{column.at}保存{why}。"))
        _differences(paper, compared, column)
        for problem in column.problems:
            paper.text(f"须注意：{masked(compared, problem)}。")


def _differences(paper: OfficialPaper, compared: Compared, column: Column) -> None:
    """Each value before → after with its clause, or that the document says nothing of it."""
    found = compared.differences(column)
    if not found:
        paper.text("与基准相同，没有调整。")
    elif len(found) < TABLE_FROM:
        for number, each in enumerate(found, 1):
            name = f"{each.level}{_quoted(each.name)}"
            paper.text(f"{number}. {name}：由{each.before}调整为{each.after}。依据：{each.basis}。")
    else:
        rows = [("层级", "名称", "基准", "调整为", "依据")]
        rows += [(each.level, each.name, each.before, each.after, each.basis) for each in found]
        paper.table(rows, (22, 68, 22, 22, 22), left=2)


def _quoted(name: str) -> str:
    """A name in quotation marks, those within it single; one that begins with a quotation as it is."""
    return name if name.startswith("“") else f"“{name.replace('“', '‘').replace('”', '’')}”"


def _results(paper: OfficialPaper, compared: Compared) -> None:
    paper.heading("三、测算结果")
    for caption, rows, widths in result_tables(compared):
        paper.caption(caption)
        paper.table(rows, widths, heads=2, left=1)
    for line in limit_lines(compared):
        paper.text(line)
    for number, (heading, lines) in enumerate(grade_lines(compared), 1):
        paper.subheading(f"（{numeral(number)}）{heading}")
        for line in lines:
            paper.text(line)


def _firmness(paper: OfficialPaper, compared: Compared) -> None:
    paper.heading("四、等次稳定性")
    paper.text(
        "安全半径指全部权重同时按各自的比例上下变动而等次不变的幅度，已向下取整到0.1%，在此幅度以内等次一定不变；"
        "半径越小，等次越不稳定。各情景中半径最小的即该情景整体的安全半径。"
    )
    paper.caption("各情景的安全半径")
    paper.table(firmness_rows(compared), FIRMNESS_WIDTHS)


def _again(paper: OfficialPaper, compared: Compared) -> None:
    """The lines to type, and what must lie ready for them."""
    paper.heading("六、复核方法")
    paper.text(
        "1. 与本说明一并导出的情景比对计算表列有全部公式，改动其中的权重、赋分、等次线或评分，得分、等次、位次即自动重算。"
    )
    if not compared.own:
        paper.text("2. 所用评分沿用自另一次考核，没有可直接读取的评分表，不列命令行；各方案指纹如下。")
        for number, column in enumerate(compared.columns):
            paper.code(f"{label(number)}　方案指纹 {column.scheme.hash}")
        return
    named, facts = source(compared.state), compared.state.facts
    files = f"把采用口径以前的方案连同名单存为“{named}”，" if named == SCHEME_FILE else ""
    paper.text(
        f"2. 在本系统所在的计算机上，{files}各评分表放入“评分表”文件夹"
        f"{f'、登记的情形存为“{FACTS}”' if facts else ''}，分别运行以下各行，加 --json 即列出方案指纹。"
    )
    for number, column in enumerate(compared.columns):
        paper.text(f"（{number + 1}）{label(number)}")
        paper.code(masked(compared, line_of(compared, column)))
        paper.code(f"方案指纹 {column.scheme.hash}")
