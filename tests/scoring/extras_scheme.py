"""One invented scheme of today's kind for the tests: three levels, 分值, 完成率, 加分项, 扣分项, 扣分 off an item."""

from __future__ import annotations

from scoring.load import load_scheme
from scoring.scheme import Scheme

TEXT = """
id: today-2026
title: 2026年某县镇街常态化帮扶考核
short: 某县2026
document: {title: 某县考核办法}
grades: [好, 较好, 一般, 较差]
groups:
  - {id: town, name: 镇, units: [{name: 甲镇}, {name: 乙镇}], cite: 二}
combine: add
components:
  - {id: field, name: 实地考核, full: 60, marks: [points], cite: 三}
  - {id: data, name: 数据考核, full: 40, marks: [points], cite: 三}
rounding: {total: 2, assumed: 原文未定}
indicators:
  - {no: 1, path: [责任, 组织领导], name: 责任落实, kind: points, full: {field: 20}, cite: 附件}
  - {no: 2, path: [监测, 防返贫, 排查], name: 集中排查, kind: points, full: {field: 40}, cite: 附件}
  - no: 3
    path: [产业, 就业]
    name: 务工人数
    kind: completion
    target: jobs
    measure: 人
    full: {data: 20}
    completion: {zero_below: 60}
    cite: 附件
  - no: 4
    path: [产业, 资产]
    name: 资产收益到位率
    kind: completion
    full: {data: 10}
    completion: {tiers: [{at: 100, earns: 100}, {at: 90, earns: 80}, {at: 80, earns: 50}]}
    cite: 附件
  - no: 5
    path: [产业, 资产]
    name: 闲置资产宗数
    kind: completion
    target: idle
    measure: 宗
    full: {data: 10}
    completion: {better: less}
    cite: 附件
  - {no: 6, path: [加分], name: 典型经验, role: bonus, kind: points, full: {field: 5}, cite: 附件}
  - {no: 7, path: [扣分], name: 数据造假, role: deduction, kind: points, full: {data: 8}, cite: 附件}
bands:
  items: [{grade: 好, min: 90}, {grade: 较好, min: 80}, {grade: 一般, min: 70}, {grade: 较差, min: 0}]
  cite: 四
rank: {by: [grade, score], assumed: 原文未写}
facts:
  - {id: honour, name: 受表扬, values: [无, 县级, 市级], many: true, confirm: false, cite: 五}
  - {id: notice, name: 被通报, values: [否, 是], many: true, confirm: false, cite: 五}
  - {id: misuse, name: 资金违规, values: [否, 是], many: true, amount: 万元, confirm: false, cite: 五}
targets:
  - {id: jobs, name: 务工目标, value: 250, measure: 人, cite: 附件}
  - {id: idle, name: 闲置上限, value: 2, measure: 宗, cite: 附件}
bonuses:
  - {id: honour, text: 受表扬的加分, fact: honour, points: {县级: 1, 市级: 2}, max: 3, cite: 五}
deductions:
  - {id: notice, text: 被通报的扣分, fact: notice, each: 3, max: 6, cite: 五}
  - {id: misuse, text: 资金违规从第1项扣, fact: misuse, each: 2, by: amount, indicator: 1, cite: 五}
extras: {bonus_max: 6, total_max: 106, assumed: 原文未定加分上限}
"""

TODAY: Scheme = load_scheme(TEXT, "today-2026.yaml")
