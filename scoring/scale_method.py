"""How scales are compared, and what can be read from which document's sheets, in words for the page and the workbook."""

from __future__ import annotations

from scoring.scale_pairs import crossed, subject
from scoring.scheme import Scheme

METHOD = (
    "比什么：同一考核对象的同一项指标，两种考核方式都打了等次的才比。高一档记+1，低一档记−1，同档记0；一方填“不适用”的不比。"
    "只报总分、没有分项的，只比总分，不作判断。",
    "符号检验：同档的不计；其余n项若纯属偶然，高于、低于各半，出现如此悬殊或更悬殊的可能为"
    "2×[C(n,0)+…+C(n,k)]÷2ⁿ，k是较少的一边。例：12项高、1项低，2×(1+13)÷8192＝0.68%。（Dixon、Mood，1946）",
    "与其他组比：各组考核的对象不同，得分高低不能直接比，故以两种考核方式之差来比。某组之差若与其他组一样，每一项上的各个差值"
    "落到哪一组机会均等；逐项列尽全部落法，计算该组合计偏离平均如此之远的可能。（Fisher，1935；Pitman，1937）",
    "同时比几个组，偶然“异常”的机会随之增多，故各组的可能按霍尔姆法放大后再与5%比较，所列“偶然的可能”即放大后的数（Holm，1979）。项数太少、"
    "即使各项全部偏向同一边，放大后也到不了5%的组，不参加比较，注明“样本太小”：取最小的K，使能到5%÷K的不超过K组，只比这些组"
    "（Tarone，1990）。例：7组各有8项不同档，最悬殊时2÷2⁸×7＝5.46…%，都不能判断；各有9项时2÷2⁹×7＝2.73…%，可以判断。"
    "与其他组比同样处理，且有差异的不足6项不比；只有两组时，甲与乙比、乙与甲比是同一次比较。",
    "下载的对照表另列符号秩检验供参考（差两档比差一档分量重，Wilcoxon，1945），不作判断的依据；不同档超过150项的不列。",
    "互评：甲地派出的组考核乙地、乙地派出的组又考核甲地，且各边都偏向同一方向的才列出；以各边中最大的可能为准。"
    "循环评分同理。没有抽签记录、也没有指定谁考核谁的，不作此项。",
    "数字不能区分的：某组偏宽，还是另一种考核方式对该地偏严；两次考核之间工作是否有变化；各自看到的材料是否相同。"
    "同一组人评的各项未必彼此独立，实际把握比所列的可能要低。因此一律只提示核实，不作结论，也不据此改动任何评分。",
    "评分表未到齐时只列数、不判断：边收边看、反复比较，看得越多，偶然的差异越容易被当成偏差。",
)
"""One paragraph a rule."""


def beyond_compare(scheme: Scheme) -> str:
    """Why this document's sheets allow no comparison of scales; empty where they do."""
    counted = scheme.counted
    if scheme.judged:
        return f"《{scheme.title}》不计分、不评分项等次，没有可以对照的打分尺度。"
    if len(counted) < 2:
        names = "、".join(part.name for part in counted)
        return (
            f"《{scheme.title}》只有“{names}”一种计分的{scheme.words.component}，同一{scheme.words.unit}没有第二份评分可以对照："
            f"得分高低是工作好坏还是打分宽严，数字不能区分。以下只列没有区分度的{scheme.words.indicator}。"
        )
    if subject(scheme) is None:
        first, second = counted[:2]
        if crossed(scheme):
            return (
                f"《{scheme.title}》的各项{scheme.words.indicator}只由一种{scheme.words.component}评定，同一项没有第二份评分可以对照："
                f"“{first.name}”与“{second.name}”所评的内容不同，相差既可能是打分宽严，也可能是工作本身有强弱，数字不能区分；"
                "以下只列占满分比例之差，不作判断。"
            )
        return (
            f"《{scheme.title}》没有交叉考核。“{first.name}”与“{second.name}”针对的时段、内容和满分不同，"
            "相差既可能是打分宽严，也可能是工作本身有变化，数字不能区分；以下只列占满分比例之差，不作判断。"
        )
    return ""
