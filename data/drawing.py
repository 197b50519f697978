"""抽签 and 抽样 between the rules, the store and the paper: what goes in and what comes out as plain JSON, and done again.

Of a list of households only its size and its SHA-256 are kept beside the numbers drawn: to do a 抽样 again, the same
list is given again. A list of places is kept whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from data.frames import frame_hash
from data.regions import UnknownPlaceError, children, place, towns
from scoring.draws import Line, Plan, draw, plan, told
from scoring.lots import tidy
from scoring.rules import Sample
from scoring.sampling import (
    Entry,
    Lack,
    Level,
    SampleError,
    Stratum,
    Way,
    check_chosen,
    draw_sample,
    lacks,
    level_of,
    quotas_of,
    strata,
    wanted,
)
from scoring.scheme import Scheme

DRAW_TITLE = "交叉考核抽签"
BY_HAND = "指定"
"""Stands for the seed where people chose and no lots were drawn."""
Json = dict[str, Any]


# 抽签


def draw_inputs(scheme: Scheme, chosen: Plan) -> Json:
    """All that a 抽签 depends on beside its seed."""
    assert scheme.draw is not None
    return {"title": DRAW_TITLE, "scheme": scheme.id, "basis": scheme.draw.basis, "plan": asdict(chosen)}


def draw_result(lines: Iterable[Line]) -> Json:
    """What was drawn, group by group."""
    return {"lines": [asdict(line) for line in lines]}


def redraw(inputs: Json, seed: str) -> Json:
    """Hold a recorded 抽签 again. Raises DrawError or SeedError, as the first time."""
    return _plain(draw_result(draw(plan_of(inputs), seed)))


def plan_of(inputs: Json) -> Plan:
    """The plan that ``draw_inputs`` wrote."""
    known = {name: tuple(value) if isinstance(value, list) else value for name, value in inputs["plan"].items()}
    return Plan(**known | {"away": tuple(tuple(names) for names in known["away"])})


def lines_of(result: Json) -> tuple[Line, ...]:
    """The lines that ``draw_result`` wrote."""
    return tuple(
        Line(each["number"], each["group"], tuple(each["objects"]), tuple(each["also"])) for each in result["lines"]
    )


def group_name(form: str, line: Line) -> str:
    """第1组（蓬江区）, or 第1组 where the groups are mixed."""
    return f"第{line.number}组（{line.group}）" if form == "pairs" else line.group


def drawn_json(scheme: Scheme, seed: str) -> Json:
    """A scheme's 抽签 from its own roster, for the command line. Raises DrawError or SeedError."""
    chosen = plan(scheme)
    lines = draw(chosen, seed)
    assert scheme.draw is not None
    return {
        "scheme": scheme.id, "basis": scheme.draw.basis, "assumed": scheme.draw.assumed, "form": chosen.form,
        "seed": tidy(seed), "avoid": list(chosen.avoid), "method": told(chosen),
        "lines": [{"number": line.number, "group": line.group, "assesses": list(line.objects), "also": list(line.also)}
                  for line in lines],
    }  # fmt: skip


def drawn_text(drawn: Json) -> str:
    """What ``drawn_json`` holds, one line a group: "第1组（蓬江区） → 新会区"."""
    rows = [f"种子：{drawn['seed']}"]
    for each in drawn["lines"]:
        line = Line(each["number"], each["group"], tuple(each["assesses"]), tuple(each["also"]))
        also = f"；兼考 {'、'.join(line.also)}（原文未写）" if line.also else ""
        rows.append(f"{group_name(drawn['form'], line)} → {'、'.join(line.objects) or '（无）'}{also}")
    if drawn["form"] == "mixed":
        rows.append("未登记组员来源，本次抽签没有作回避；需要回避的，请在“抽签与抽样”页登记组员来源后抽签。")
    return "\n".join(rows)


# 抽样


def drawable(scheme: Scheme) -> dict[str, tuple[Sample, tuple[Sample, ...]]]:
    """The scheme's rules that draw something of their own, by id, each with those that speak of a part of it."""
    return {
        rule.id: (rule, tuple(part for part in scheme.samples if part.within == rule.id))
        for rule in scheme.samples
        if not rule.within
    }


def sample_inputs(
    title: str,
    rule: Sample,
    parts: Sequence[Sample],
    entries: Sequence[Entry],
    *,
    file: str = "",
    size: int | None = None,
    way: Way | None = None,
    counts_as: Mapping[str, Collection[str]] | None = None,
) -> Json:
    """All that a 抽样 depends on beside its seed; of households only how many there are and the list's SHA-256."""
    level = level_of(rule.of)
    return {
        "title": title, "basis": rule.basis, "level": level,
        "rule": rule.model_dump(mode="json"), "parts": [part.model_dump(mode="json") for part in parts],
        "size": size, "way": way or rule.rule,
        "counts_as": {name: sorted(kinds) for name, kinds in (counts_as or {}).items()},
        # under "roster": so it stands in every record kept since 0.2.0
        "roster": {"file": file, "size": len(entries), "hash": frame_hash(entries)},
        "entries": [] if level == "household" else [_entry_json(entry) for entry in entries],
    }  # fmt: skip


def hold_sample(inputs: Json, entries: Sequence[Entry], seed: str) -> Json:
    """Draw by recorded inputs. Raises SampleError for another list than that recorded, SeedError for a bad seed."""
    if frame_hash(entries) != inputs["roster"]["hash"]:
        raise SampleError(
            f"所给名册（{len(entries)}条）与抽取时的名册（{inputs['roster']['size']}条）内容或次序不同；请选取当时上传的那份名册"
        )
    rule, parts = _rules(inputs)
    way: Way = inputs["way"]
    drawn = draw_sample(
        rule, entries, seed, size=inputs["size"], way=None if way == "chosen" else way,
        counts_as=inputs["counts_as"], parts=parts,
    )  # fmt: skip
    return sample_result(drawn)


def resample(inputs: Json, seed: str, entries: Sequence[Entry] = ()) -> Json:
    """Hold a recorded 抽样 again; ``entries`` is needed where the list was one of households."""
    kept = tuple(entry_of(each) for each in inputs["entries"])
    return _plain(hold_sample(inputs, kept or entries, seed))


def lacks_of(inputs: Json, entries: Sequence[Entry]) -> list[Lack]:
    """What the list cannot give by recorded inputs, place by place, before anything is drawn."""
    rule, parts = _rules(inputs)
    found: list[Lack] = []
    for where, pool in strata(rule, entries).items():
        count = max(wanted(rule, len(pool)), inputs["size"] or 0)
        found += lacks(where, pool, count, quotas_of(rule, count, inputs["counts_as"], parts))
    return found


def within_scope(inputs: Json, scope: Collection[str], entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The part of a list that lies in the places drawn in; the whole list where they were not named."""
    by_place = strata(_rules(inputs)[0], entries)
    return tuple(entry for where, pool in by_place.items() if not scope or where in scope for entry in pool)


def choose(inputs: Json, entries: Sequence[Entry], chosen: Collection[Entry]) -> list[Stratum]:
    """A choice by hand (指定), place by place, with what is amiss by the rule."""
    rule, parts = _rules(inputs)
    found = []
    for where, pool in strata(rule, entries).items():
        picked = tuple(entry for entry in pool if entry in chosen)
        count = max(wanted(rule, len(pool)), inputs["size"] or 0)
        quotas = quotas_of(rule, count, inputs["counts_as"], parts)
        counts = tuple((quota.name, sum(map(quota.holds, picked))) for quota in quotas)
        amiss = tuple(check_chosen(where, picked, count, rule.most, quotas))
        found.append(Stratum(where, len(pool), picked, counts, amiss))
    return found


def sample_result(drawn: Iterable[Stratum]) -> Json:
    """What was drawn, place by place."""
    return {
        "strata": [
            {
                "where": each.where, "pool": each.pool, "picked": [_entry_json(entry) for entry in each.picked],
                "counts": [list(count) for count in each.counts], "lacks": [str(lack) for lack in each.lacks],
            }
            for each in drawn
        ]
    }  # fmt: skip


def entry_of(found: Json) -> Entry:
    """The entry that a result or a list of places has written."""
    return Entry(found["name"], tuple((level, name) for level, name in found["places"]), frozenset(found["kinds"]))


def known_places(level: Level, within: Iterable[str]) -> list[Entry]:
    """The towns or counties of places by their codes, each with where it lies; codes nobody knows give none.

    A town's own code gives that town.
    """
    found: list[Entry] = []
    for code in within:
        try:
            found += _towns(code) if level == "town" else _counties(code)
        except UnknownPlaceError:
            continue
    return list(dict.fromkeys(found))


def _towns(code: str) -> list[Entry]:
    here = place(code)
    if here.level == "town":
        above = place(here.parent or "").name
        return [Entry(here.name, (("county", above),))]
    counties = [here] if here.level == "county" else [each for each in children(code) if each.level == "county"]
    return [Entry(town.name, (("county", county.name),)) for county in counties for town in towns(county.code)]


def _counties(code: str) -> list[Entry]:
    here = place(code)
    if here.level != "city":
        return []
    return [Entry(each.name, (("city", here.name),)) for each in children(code) if each.level == "county"]


def _rules(inputs: Json) -> tuple[Sample, list[Sample]]:
    return Sample.model_validate(inputs["rule"]), [Sample.model_validate(part) for part in inputs["parts"]]


def _entry_json(entry: Entry) -> Json:
    return {"name": entry.name, "places": [list(each) for each in entry.places], "kinds": sorted(entry.kinds)}


def _plain(value: Any) -> Any:
    """As JSON gives it back: tuples are lists."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
