"""The functions that summary workbooks use, as spreadsheets define them, on exact values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from scoring import exact


class UnsupportedError(Exception):
    """A formula that cannot be checked; ``str`` names what is not known in it."""


class Errors(str):
    """An error value: #REF!, #N/A."""

    __slots__ = ()


def number(value: Any) -> Any:
    """A value as arithmetic takes it: a text that is a number counts, nothing is 0, another text is #VALUE!."""
    if value is None:
        return Fraction(0)
    if isinstance(value, bool):
        return Fraction(int(value))
    if isinstance(value, Errors):
        return value
    if isinstance(value, str):
        text = value.strip()
        try:
            return exact.parse(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            return Errors("#VALUE!")
    return value


def _cells(value: Any) -> Iterator[Any]:
    rows = getattr(value, "rows", None)
    if rows is None:
        yield value
    else:
        yield from (each for row in rows for each in row)


def _numbers(values: tuple[Any, ...]) -> list[Any]:
    """What SUM and its kin count: in an area only numbers, so that a number stored as text is passed over."""
    found: list[Any] = []
    for value in values:
        area = hasattr(value, "rows")
        for each in _cells(value):
            if isinstance(each, Errors):
                raise _StoppedError(each)
            if isinstance(each, Fraction | float):
                found.append(each)
            elif not area and isinstance(each, str | bool):
                told = number(each)
                if isinstance(told, Errors):
                    raise _StoppedError(told)
                found.append(told)
    return found


class _StoppedError(Exception):
    """An error value among the arguments: the function returns it."""

    def __init__(self, error: Errors) -> None:
        self.error = error


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any) -> Any:
        try:
            return function(*values)
        except _StoppedError as stopped:
            return stopped.error
        except (TypeError, ValueError, IndexError, OverflowError, ZeroDivisionError):
            return Errors("#VALUE!")

    return call


def _average(*values: Any) -> Any:
    found = _numbers(values)
    return sum(found, Fraction(0)) / len(found) if found else Errors("#DIV/0!")


def _product(*values: Any) -> Any:
    found = Fraction(1)
    for each in _numbers(values):
        found = found * each
    return found


def _sumproduct(*areas: Any) -> Any:
    total, lists = Fraction(0), [list(_cells(area)) for area in areas]
    if len({len(each) for each in lists}) > 1:
        return Errors("#VALUE!")
    for row in zip(*lists, strict=True):
        factor: Any = Fraction(1)
        for each in row:
            if isinstance(each, Errors):
                return each
            factor = factor * (each if isinstance(each, Fraction | float) else Fraction(0))
        total = total + factor
    return total


def _one(value: Any) -> Any:
    told = number(next(_cells(value), None))
    if isinstance(told, Errors):
        raise _StoppedError(told)
    return told


def _rational(value: Any) -> Fraction:
    """Also of a float: spreadsheets round its shortest decimal, which is what is seen."""
    return value if isinstance(value, Fraction) else Fraction(Decimal(repr(value)))


def _places(value: Any) -> int:
    told = int(_one(value))
    if abs(told) > 15:
        raise ValueError(told)
    return told


def _round(value: Any, places: Any = None) -> Fraction:
    scale = Fraction(10) ** _places(places)
    return exact.half_up(_rational(_one(value)) * scale, 0) / scale


def _cut(value: Any, places: Any = None, *, up: bool = False) -> Fraction:
    scale = Fraction(10) ** _places(places)
    told = _rational(_one(value)) * scale
    size = ceil(abs(told)) if up else floor(abs(told))
    return Fraction(size if told >= 0 else -size) / scale


def _ranked(value: Any, area: Any, order: Any = None, *, mean: bool = False) -> Any:
    wanted, found = _one(value), _numbers((area,))
    if wanted not in found:
        return Errors("#N/A")
    before = sum(each < wanted if number(order) else each > wanted for each in found)
    return Fraction(before + 1) + (Fraction(found.count(wanted) - 1, 2) if mean else 0)


def _test(value: Any, condition: Any) -> bool:
    from scoring.crosscheck.evaluate import _compared  # the one comparison there is

    sign, rest = "=", condition
    if isinstance(condition, str):
        for each in ("<=", ">=", "<>", "<", ">", "="):
            if condition.startswith(each):
                sign, rest = each, condition[len(each) :]
                break
        told = number(rest)
        rest = rest if isinstance(told, Errors) or not rest else told
    if isinstance(rest, Fraction) and not isinstance(value, Fraction | float):
        return sign == "<>"
    return _compared(sign, value, rest)


def _countif(area: Any, condition: Any) -> Fraction:
    return Fraction(sum(_test(each, condition) for each in _cells(area)))


def _countifs(*pairs: Any) -> Fraction:
    areas = [list(_cells(area)) for area in pairs[::2]]
    return Fraction(sum(all(map(_test, row, pairs[1::2])) for row in zip(*areas, strict=True)))


def _lookup(value: Any, area: Any, result: Any = None) -> Any:
    wanted, keys = _one(value), list(_cells(area))
    answers = list(_cells(area if result is None else result))
    if result is None and len(getattr(area, "rows", ((),))[0]) > 1 and len(area.rows) > 1:
        keys, answers = [row[0] for row in area.rows], [row[-1] for row in area.rows]
    found = [at for at, each in enumerate(keys) if isinstance(each, Fraction | float) and each <= wanted]
    return answers[found[-1]] if found else Errors("#N/A")


def _vlookup(value: Any, area: Any, column: Any, near: Any = True) -> Any:
    wanted, at = next(_cells(value)), int(_one(column)) - 1
    if near is None or number(near):
        rows = [row for row in area.rows if isinstance(row[0], Fraction | float) and row[0] <= wanted]
        return rows[-1][at] if rows else Errors("#N/A")
    return next((row[at] for row in area.rows if _test(row[0], wanted)), Errors("#N/A"))


def _match(value: Any, area: Any, kind: Any = Fraction(1)) -> Any:
    wanted, cells = next(_cells(value)), list(_cells(area))
    if number(kind) == 0:
        return next((Fraction(at) for at, each in enumerate(cells, 1) if _test(each, wanted)), Errors("#N/A"))
    found = [at for at, each in enumerate(cells, 1) if isinstance(each, Fraction | float) and each <= wanted]
    return Fraction(found[-1]) if found else Errors("#N/A")


def _index(area: Any, row: Any, column: Any = None) -> Any:
    if column is None:
        return list(_cells(area))[int(_one(row)) - 1]
    return area.rows[max(int(_one(row)) - 1, 0)][max(int(_one(column)) - 1, 0)]


def _nth(area: Any, which: Any, *, largest: bool) -> Any:
    return sorted(_numbers((area,)), reverse=largest)[int(_one(which)) - 1]


_KNOWN: dict[str, Callable[..., Any]] = {
    "SUM": lambda *values: sum(_numbers(values), Fraction(0)),
    "AVERAGE": _average,
    "PRODUCT": _product,
    "SUMPRODUCT": _sumproduct,
    "MIN": lambda *values: min(_numbers(values), default=Fraction(0)),
    "MAX": lambda *values: max(_numbers(values), default=Fraction(0)),
    "COUNT": lambda *values: Fraction(len(_numbers(values))),
    "COUNTA": lambda *values: Fraction(sum(each is not None for value in values for each in _cells(value))),
    "ROUND": _round,
    "ROUNDUP": lambda value, places=None: _cut(value, places, up=True),
    "ROUNDDOWN": _cut,
    "TRUNC": _cut,
    "INT": lambda value: Fraction(floor(_rational(_one(value)))),
    "ABS": lambda value: abs(_one(value)),
    "RANK": _ranked,
    "RANK.EQ": _ranked,
    "RANK.AVG": lambda value, area, order=None: _ranked(value, area, order, mean=True),
    "COUNTIF": _countif,
    "COUNTIFS": _countifs,
    "LOOKUP": _lookup,
    "VLOOKUP": _vlookup,
    "MATCH": _match,
    "INDEX": _index,
    "LARGE": lambda area, which: _nth(area, which, largest=True),
    "SMALL": lambda area, which: _nth(area, which, largest=False),
    "VALUE": _one,
    "N": lambda value: value if isinstance(value, Fraction | float) else Fraction(0),
    "ISNUMBER": lambda value: isinstance(value, Fraction | float),
    "ISBLANK": lambda value: value is None,
    "ISERROR": lambda value: isinstance(value, Errors),
    "AND": lambda *values: all(number(each) for value in values for each in _cells(value)),
    "OR": lambda *values: any(number(each) for value in values for each in _cells(value)),
    "NOT": lambda value: not number(value),
}

FUNCTIONS = {name: _guarded(function) for name, function in _KNOWN.items()}
"""Every function that is known, by its name."""


def _if(run: Any, arguments: tuple[Any, ...]) -> Any:
    """Only the branch that is taken is worked out."""
    truth = number(run.value(arguments[0]))
    if isinstance(truth, Errors):
        return truth
    if truth:
        return run.value(arguments[1])
    return run.value(arguments[2]) if len(arguments) > 2 else False


def _ifs(run: Any, arguments: tuple[Any, ...]) -> Any:
    for test, value in zip(arguments[::2], arguments[1::2], strict=False):
        if number(run.value(test)):
            return run.value(value)
    return Errors("#N/A")


def _iferror(run: Any, arguments: tuple[Any, ...]) -> Any:
    value = run.value(arguments[0])
    return run.value(arguments[1]) if isinstance(value, Errors) and len(arguments) > 1 else value


RAW: dict[str, Callable[[Any, tuple[Any, ...]], Any]] = {"IF": _if, "IFS": _ifs, "IFERROR": _iferror}
"""Functions that choose which of their arguments to work out."""
