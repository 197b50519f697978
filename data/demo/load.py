"""The demonstration put into a store: every form goes the way an uploaded one goes, through the real reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from data.access import LOCAL
from data.access.actions import allowed_in_general
from data.demo.parts import CHECKER, CLERK, EVIDENCE, SEED, Demo
from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_text
from data.sheets import read_file
from data.state import load_state
from data.store import SHOWN, TARGET, Assessment, NotAllowed, Store
from scoring.scheme import Scheme


def load_one(store: Store, demo: Demo, actor: str = CLERK, seed: int = SEED) -> Assessment:
    """One assessment with its roster, the forms that have come in, its 情形 and the office's figures."""
    rules = scheme(demo.scheme_id)
    units = demo.units(seed) if demo.units else scheme_units(rules)
    made = store.create_assessment(demo.name, rules.id, scheme_text(rules.id), rules.hash, units, actor, demo=True)
    _take(store, made, _with_units(rules, made), demo, actor, seed)
    for fact in demo.facts(seed):
        row = store.add_fact(made.id, replace(fact, confirmed=False), EVIDENCE, actor)
        if fact.confirmed:
            store.confirm_fact(row.id, CHECKER)
    names = {target.id: (target.name, target.measure) for target in rules.targets}
    for target, figure in demo.targets.items():
        told = f"{names[target][0]}：{figure}{names[target][1]}"
        store.set_setting(made.id, TARGET + target, figure, actor, action="填报目标数值", subject=told)
    for group in demo.shown:
        name = rules.group(group).name
        store.set_setting(made.id, SHOWN + group, "1", actor, action="公开镇级成绩", subject=name)
    if demo.follow_up:
        demo.follow_up(store, load_state(store, made.id), seed)
    return store.assessment(made.id)


def load_several(store: Store, demos: Iterable[Demo], actor: str = CLERK, seed: int = SEED) -> list[Assessment]:
    """Those of the demos that the store does not hold yet. Raises NotAllowed for whoever may not make an assessment."""
    store = _unasked(store)
    known = {one.scheme_id for one in store.assessments(demo=True)}
    return [load_one(store, demo, actor, seed) for demo in demos if demo.scheme_id not in known]


def _unasked(store: Store) -> Store:
    """The store for the several persons of a demonstration, who are as invented as its figures.

    Whoever may make an assessment may load them: the roles are asked once, here, and not of the invented persons.
    """
    if not allowed_in_general(store.person, "新建考核"):
        raise NotAllowed("载入示例数据须由承担“管理”、不限年度考核的人员办理，本次操作未生效。如需办理，请联系管理员。")
    return store.by(LOCAL)


def _with_units(rules: Scheme, made: Assessment) -> Scheme:
    return rules.with_roster((unit.name, unit.group, unit.region, unit.helps) for unit in made.units)


def _take(store: Store, made: Assessment, rules: Scheme, demo: Demo, actor: str, seed: int) -> None:
    for form in demo.forms(seed):
        reading = read_file(form.name, form.content, rules)
        assert reading.verdict != "reject", (form.name, reading.problems)
        store.take(made.id, form.name, form.content, reading.sheets, actor)
