"""A scenario as settings one can type, one value each: components.cross.weight=50, readings.rounding=不舍入.

What a terminal takes; ``scenario_line`` writes them. Names are ids or what the document prints (交叉考核).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring import exact
from scoring.assumptions import DEFAULT, Assumption, assumptions
from scoring.scenario import ROUNDING, Scenario, choices
from scoring.scheme import Scheme
from scoring.trial import (
    CATEGORIES,
    ITEMS,
    LINES,
    POINTS,
    RIVALS,
    WEIGHTS,
    Level,
    Trial,
    Values,
    problem_with,
)

ROOTS = {WEIGHTS: "components", CATEGORIES: "categories", ITEMS: "items", POINTS: "ticks", LINES: "lines"}
"""How the path of each level's values begins."""
READINGS = "readings"
WEIGHT = ".weight"
"""How the path of a weight ends."""
DECIMALS, NONE = f"{ROUNDING}.total", "none"
"""A short way to say a reading: the decimals of the official score, or none of them."""
PATHS = (
    "components.考核方式.weight", "categories.类别.weight", "items.序号.weight",
    "ticks.等次", "lines.等次", "readings.口径", DECIMALS,
)  # fmt: skip
"""Every path there is, as help and complaints list them."""
_LEVELS = {root: level for level, root in ROOTS.items()}
_CALLED = {CATEGORIES: "类别权重", ITEMS: "指标权重", POINTS: "赋分", LINES: "等次线"}


class SettingError(ValueError):
    """A setting that cannot stand; the message says which, why, and how to mend it."""


@dataclass(frozen=True)
class Setting:
    """One of them: ``root`` says of what, ``name`` of which; ``path`` is as it was written."""

    root: str
    name: str
    value: str
    path: str


def settings_of(own: Scheme, chosen: Mapping[str, str], base: Scenario, texts: Iterable[str]) -> Scenario:
    """The scenario that settings make of ``base`` (which has the group, and values where it begins from some).

    Of weights those that are named stand as written, and the others of their level share what is left in proportion
    (alike where all of them are 0). Tick points and grade lines that are not named stay. Readings go first: the values
    are those of the scheme under them. Raises SettingError with all problems, a line each.
    """
    problems: list[str] = []
    found = _told(own, texts, problems)
    asked = [each for each in found if each.root == READINGS]
    readings = base.readings | _readings(choices(own), asked, problems)
    known = replace(base, readings=readings).levels(own, chosen)
    values: Trial = dict(base.values)
    for level in _LEVELS.values():
        if asked := [each for each in found if _LEVELS.get(each.root) == level]:
            values |= _moved(own, known, level, values, asked, problems)
    problems += [f"情景中的{_called(own, level)}在所选口径下不能成立，请一并改写" for level in _unfit(known, base)]
    if len(values.keys() & RIVALS.keys()) == len(RIVALS):
        problems.append("类别权重与指标权重只能测算一种；请只写其中一种")
    if problems:
        raise SettingError("\n".join(dict.fromkeys(problems)))
    return replace(base, values=values, readings=readings).tidied(own, chosen)


def readings_of(own: Scheme, texts: Iterable[str]) -> dict[str, str]:
    """Readings to be in force from the start, each KEY=LABEL: rounding=不舍入. Raises SettingError with all problems."""
    problems: list[str] = []
    pairs = [(text, text.partition("=")) for text in texts]
    asked = [Setting(READINGS, key.strip(), label.strip(), text) for text, (key, _, label) in pairs]
    found = _readings(assumptions(own), asked, problems)
    if problems:
        raise SettingError("\n".join(problems))
    return {key: label for key, label in found.items() if label != DEFAULT}


def _told(own: Scheme, texts: Iterable[str], problems: list[str]) -> list[Setting]:
    found: list[Setting] = []
    for text in texts:
        try:
            found.append(_setting(own, text))
        except SettingError as problem:
            problems.append(str(problem))
    return found


def _setting(own: Scheme, text: str) -> Setting:
    """Names may hold dots and labels equals signs; only the ends of a setting are cut off."""
    root, dot, rest = text.strip().partition(".")
    name, equals, value = rest.partition("=") if root == READINGS else rest.rpartition("=")
    weighs = root in _LEVELS and root not in (ROOTS[POINTS], ROOTS[LINES])
    if root + dot + name == DECIMALS:
        return Setting(READINGS, ROUNDING, _decimals(own, text, value.strip()), DECIMALS)
    if not dot or not equals or root not in (*_LEVELS, READINGS) or (weighs and not name.endswith(WEIGHT)):
        raise SettingError(f"“{text}”应写成 项目=值，项目可用：{'、'.join(PATHS)}")
    path = f"{root}.{name}"
    return Setting(root, (name.removesuffix(WEIGHT) if weighs else name).strip(), value.strip(), path)


def _decimals(own: Scheme, text: str, told: str) -> str:
    """The label of the reading that has so many decimals."""
    labels = next((one.labels for one in choices(own) if one.key == ROUNDING), ())
    found = {_places_under(own, label): label for label in reversed(labels)}
    if told not in found:
        offered = "、".join(sorted(found))
        raise SettingError(f"“{text}”：小数位数没有“{told}”这一选项；" + (f"可用：{offered}" if found else "本方案没有得分"))
    return found[told]


def _places_under(own: Scheme, label: str) -> str:
    places = Scenario(own.groups[0].id, {}, {ROUNDING: label}).read_as(own, {}).places
    return NONE if places is None else str(places)


def _readings(offered: Iterable[Assumption], asked: Iterable[Setting], problems: list[str]) -> dict[str, str]:
    known = {reading.key: reading for reading in offered}
    named = {reading.name: reading for reading in known.values()} | known
    found: dict[str, str] = {}
    for each in asked:
        reading = named.get(each.name)
        if reading is None or not reading.alternatives:
            others = "、".join(f"{key}（{one.name}）" for key, one in known.items() if one.alternatives)
            rest = f"可用：{others}" if others else "本方案没有可选的口径"
            problems.append(f"没有“{each.name}”这一可选的口径；{rest}")
        elif each.value not in reading.labels:
            labels = "、".join(reading.labels)
            problems.append(f"口径“{reading.name}”（{reading.key}）没有“{each.value}”这一选项；可用：{labels}")
        elif reading.key in found:
            problems.append(f"口径“{reading.name}”（{reading.key}）写了不止一次；每项只写一次")
        else:
            found[reading.key] = each.value
    return found


def _moved(
    own: Scheme, known: Mapping[str, Level], name: str, now: Trial, asked: list[Setting], problems: list[str]
) -> Trial:
    """The values of one level as they are asked for; nothing where they cannot stand."""
    before = len(problems)
    level = known.get(name)
    if level is None:
        problems.append(_nothing(own, known, name, asked[0].path))
        return {}
    given = _given(own, level, asked, problems)
    if len(problems) > before:
        return {}
    try:
        return {name: settle(level, now.get(name, level.originals), given)}
    except SettingError as problem:
        problems.append(str(problem))
        return {}


def _given(own: Scheme, level: Level, asked: list[Setting], problems: list[str]) -> Values:
    found: Values = {}
    for each in asked:
        control = _control(own, level, each.name)
        if control is None:
            problems.append(_unknown(own, level, each))
            continue
        if control in found:
            problems.append(f"{each.path} 写了不止一次；每项只写一次")
        try:
            found[control] = exact.parse(each.value)
        except ValueError:
            problems.append(f"{each.path} 的值“{each.value}”不是数；请写成数，如 50 或 12.5")
            continue
        if not 0 <= found[control] <= level.high:
            problems.append(f"{each.path} 的值{each.value}不在0至{exact.plain(level.high)}之间；请改写")
    return found


def _control(own: Scheme, level: Level, name: str) -> str | None:
    """The control of that id, else of that printed name."""
    if name in level.originals:
        return name
    printed = {told: control for control, told in level.names.items()}
    if level.id == ITEMS:
        printed |= {told.partition(". ")[2]: control for told, control in printed.items()}
    return printed.get(name)


def settle(level: Level, now: Values, given: Values) -> Values:
    """All values of a level once some are given: weights share what is left, others stay. Raises SettingError."""
    values = now | given
    if level.mode == "weights":
        _must_total(level, given)
        whole = sum(level.originals.values(), Fraction(0))
        rest = {name: value for name, value in now.items() if name not in given}
        left, of = whole - sum(given.values(), Fraction(0)), sum(rest.values(), Fraction(0))
        values |= {name: left * value / of if of else left / len(rest) for name, value in rest.items()}
    if problem := problem_with(level, values):
        told = "、".join(f"{name}{exact.plain(value)}" for name, value in values.items())
        raise SettingError(f"{problem}；按所写为{told}，请一并改写")
    return {name: values[name] for name in level.originals}


def _must_total(level: Level, given: Values) -> None:
    whole, told = sum(level.originals.values(), Fraction(0)), sum(given.values(), Fraction(0))
    if told == whole or (told < whole and len(given) < len(level.originals)):
        return
    said = "、".join(f"{level.names[name]}{exact.plain(value)}" for name, value in given.items())
    wanted = f"{level.name}权重合计应为{exact.plain(whole)}，所写的（{said}）合计{exact.plain(told)}"
    if told > whole:
        raise SettingError(f"{wanted}；请减去{exact.plain(told - whole)}")
    raise SettingError(f"{wanted}；请补足{exact.plain(whole - told)}，或少写一项，由它取余下的数")


def _unfit(known: Mapping[str, Level], base: Scenario) -> list[str]:
    """Levels of the scenario to begin from that another reading no longer allows."""
    return [name for name, values in base.values.items() if name not in known or problem_with(known[name], values)]


def _called(own: Scheme, level: str) -> str:
    return _CALLED.get(level) or f"{own.words.component}权重"


def _unknown(own: Scheme, level: Level, each: Setting) -> str:
    plain = level.id in (ITEMS, LINES)  # a number is enough of an item, and the path says that a line is meant
    offered = "、".join(name if plain or told == name else f"{name}（{told}）" for name, told in level.names.items())
    apart = next((part for part in own.components if each.name in (part.id, part.name) and not part.counted), None)
    if level.id == WEIGHTS and apart:
        return f"“{apart.name}”不计入综合得分，没有权重；可用：{offered}"
    if level.id == LINES and own.grades and each.name == own.grades[-1]:
        return f"“{each.name}”是最后一档，没有等次线可改；可用：{offered}"
    return f"{level.name}中没有“{each.name}”；可用：{offered}"


def _nothing(own: Scheme, known: Mapping[str, Level], level: str, path: str) -> str:
    """Why nothing can be moved there."""
    said = f"{path}：本方案没有可测算的{_called(own, level)}"
    if level == WEIGHTS and len(own.counted) == 1:
        said = f"{path}：本方案只有一种{own.words.component}（{own.counted[0].name}），没有权重可分"
    bands = next((one for one in assumptions(own) if one.key == "bands" and one.alternatives), None)
    if level == LINES and bands:
        return f"{said}；可先选定口径，如 readings.bands={bands.alternatives[0].label}"
    offered = "、".join(_called(own, name) for name in known)
    return f"{said}；可测算：{offered}" if offered else said
