"""The functions that summary workbooks use, as spreadsheets define them, on exact values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from scoring import exact
from scoring.crosscheck.budget import UnsupportedError, sized, total

LONGEST_CONDITION = 255
"""Letters of a condition or of what is looked for, as spreadsheets allow them."""


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
    if hasattr(value, "rows"):
        raise UnsupportedError("数组公式")
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


def _guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """An error among the arguments is returned; what the function cannot make anything of is not guessed at."""

    def call(*values: Any) -> Any:
        try:
            return function(*values)
        except _StoppedError as stopped:
            return stopped.error
        except (TypeError, ValueError, IndexError, AttributeError, ArithmeticError):
            raise UnsupportedError(f"{name}()") from None

    return call


def _average(*values: Any) -> Any:
    found = _numbers(values)
    return total(found) / len(found) if found else Errors("#DIV/0!")


def _product(*values: Any) -> Any:
    found = Fraction(1)
    for each in _numbers(values):
        found = sized(found * each)
    return found


def _sumproduct(*areas: Any) -> Any:
    whole, lists = Fraction(0), [list(_cells(area)) for area in areas]
    if len({len(each) for each in lists}) > 1:
        return Errors("#VALUE!")
    for row in zip(*lists, strict=True):
        factor: Any = Fraction(1)
        for each in row:
            if isinstance(each, Errors):
                return each
            factor = sized(factor * (each if isinstance(each, Fraction | float) else Fraction(0)))
        whole = sized(whole + factor)
    return whole


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
    upward = _one(order)
    before = sum(each < wanted if upward else each > wanted for each in found)
    return Fraction(before + 1) + (Fraction(found.count(wanted) - 1, 2) if mean else 0)


def _plain_text(text: Any) -> Any:
    """A text looked for, refused where it is a pattern: 甲*."""
    if isinstance(text, str) and any(sign in text for sign in "*?~"):
        raise UnsupportedError("通配符*、?、~")
    if isinstance(text, str) and len(text) > LONGEST_CONDITION:
        raise UnsupportedError("条件过长")
    return text


def _test(value: Any, condition: Any) -> bool:
    """Whether a cell meets a condition of COUNTIF: 80, "好", ">=80"."""
    from scoring.crosscheck.evaluate import _compared  # the one comparison there is

    sign, rest = "=", Fraction(0) if condition is None else _plain_text(condition)
    if isinstance(condition, str):
        for each in ("<=", ">=", "<>", "<", ">", "="):
            if condition.startswith(each):
                sign, rest = each, condition[len(each) :]
                break
        told = number(rest)
        rest = rest if isinstance(told, Errors) or not rest else told
    if isinstance(rest, Fraction) and not isinstance(value, Fraction | float):
        alike = isinstance(value, str) and not isinstance(value, Errors) and number(value) == rest
        return alike if sign == "=" else sign == "<>" and not alike
    if sign not in ("=", "<>") and isinstance(rest, str) and (isinstance(value, Errors) or not isinstance(value, str)):
        return False
    return _compared(sign, value, rest)


def _found(value: Any, wanted: Any) -> bool:
    """Whether a cell is what VLOOKUP or MATCH looks for exactly; nothing is found in an empty one."""
    from scoring.crosscheck.evaluate import _compared

    return value is not None and not isinstance(value, Errors) and _compared("=", value, wanted)


def _countif(area: Any, condition: Any) -> Fraction:
    condition = next(_cells(condition))
    return Fraction(sum(_test(each, condition) for each in _cells(area)))


def _countifs(*pairs: Any) -> Fraction:
    areas = [list(_cells(area)) for area in pairs[::2]]
    conditions = [next(_cells(each)) for each in pairs[1::2]]
    rows = [zip(row, conditions, strict=True) for row in zip(*areas, strict=True)]
    return Fraction(sum(all(_test(each, condition) for each, condition in row) for row in rows))


def _sumif(area: Any, condition: Any, added: Any = None) -> Any:
    """The numbers beside the cells that meet a condition; both areas have one shape."""
    condition, tested = next(_cells(condition)), list(_cells(area))
    beside = tested if added is None else list(_cells(added))
    chosen = [value for each, value in zip(tested, beside, strict=True) if _test(each, condition)]
    return total([value for value in chosen if isinstance(value, Fraction | float)])


def _wanted(value: Any) -> Any:
    told = next(_cells(value))
    if isinstance(told, Errors):
        raise _StoppedError(told)
    return _plain_text(told)


def _among(value: Any) -> Any:
    """A number looked for in an order; the order of texts is that of the reader's language."""
    told = _wanted(value)
    if not isinstance(told, Fraction | float):
        raise TypeError(told)
    return told


def _lookup(value: Any, area: Any, result: Any = None) -> Any:
    wanted, keys = _among(value), list(_cells(area))
    answers = list(_cells(area if result is None else result))
    if result is None and len(getattr(area, "rows", ((),))[0]) > 1 and len(area.rows) > 1:
        keys, answers = [row[0] for row in area.rows], [row[-1] for row in area.rows]
    found = [at for at, each in enumerate(keys) if isinstance(each, Fraction | float) and each <= wanted]
    return answers[found[-1]] if found else Errors("#N/A")


def _nth_of(value: Any) -> int:
    """A place counted from 1, as from 0. Raises IndexError before the first."""
    told = int(_one(value)) - 1
    if told < 0:
        raise IndexError(told)
    return told


def _vlookup(value: Any, area: Any, column: Any, near: Any = True) -> Any:
    at = _nth_of(column)
    if _one(near):
        wanted = _among(value)
        rows = [row for row in area.rows if isinstance(row[0], Fraction | float) and row[0] <= wanted]
        return rows[-1][at] if rows else Errors("#N/A")
    sought = _wanted(value)
    return next((row[at] for row in area.rows if _found(row[0], sought)), Errors("#N/A"))


def _match(value: Any, area: Any, kind: Any = Fraction(1)) -> Any:
    cells, way = list(_cells(area)), _one(kind)
    if way == 0:
        wanted = _wanted(value)
        return next((Fraction(at) for at, each in enumerate(cells, 1) if _found(each, wanted)), Errors("#N/A"))
    if way < 0:
        raise ValueError(way)
    most = _among(value)
    found = [at for at, each in enumerate(cells, 1) if isinstance(each, Fraction | float) and each <= most]
    return Fraction(found[-1]) if found else Errors("#N/A")


def _index(area: Any, row: Any, column: Any = None) -> Any:
    lines = getattr(area, "rows", ((area,),))
    if column is not None:
        return lines[_nth_of(row)][_nth_of(column)]
    if len(lines) > 1 and len(lines[0]) > 1:
        raise UnsupportedError("数组公式")
    return list(_cells(area))[_nth_of(row)]


def _nth(area: Any, which: Any, *, largest: bool) -> Any:
    return sorted(_numbers((area,)), reverse=largest)[_nth_of(which)]


def _count(*values: Any) -> Fraction:
    """How many numbers there are; errors are passed over."""
    found = Fraction(0)
    for value in values:
        area = hasattr(value, "rows")
        found += sum(
            isinstance(each, Fraction | float)
            or (not area and each is not None and not isinstance(number(each), Errors))
            for each in _cells(value)
        )
    return found


def _truths(values: tuple[Any, ...]) -> list[bool]:
    """What AND and OR look at: in an area no texts and no empty cells. An error stops them."""
    found = []
    for value in values:
        area = hasattr(value, "rows")
        for each in _cells(value):
            if isinstance(each, Errors) or not (area and (each is None or isinstance(each, str))):
                found.append(bool(_one(each)))
    if not found:
        raise _StoppedError(Errors("#VALUE!"))
    return found


_KNOWN: dict[str, Callable[..., Any]] = {
    "SUM": lambda *values: total(_numbers(values)),
    "AVERAGE": _average,
    "PRODUCT": _product,
    "SUMPRODUCT": _sumproduct,
    "MIN": lambda *values: min(_numbers(values), default=Fraction(0)),
    "MAX": lambda *values: max(_numbers(values), default=Fraction(0)),
    "COUNT": _count,
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
    "SUMIF": _sumif,
    "LOOKUP": _lookup,
    "VLOOKUP": _vlookup,
    "MATCH": _match,
    "INDEX": _index,
    "LARGE": lambda area, which: _nth(area, which, largest=True),
    "SMALL": lambda area, which: _nth(area, which, largest=False),
    "VALUE": _one,
    "N": lambda value: value if isinstance(value, Fraction | float) else Fraction(0),
    "ISNUMBER": lambda value: isinstance(value, Fraction | float),
    "ISTEXT": lambda value: isinstance(value, str) and not isinstance(value, Errors),
    "ISBLANK": lambda value: value is None,
    "ISERROR": lambda value: isinstance(value, Errors),
    "AND": lambda *values: all(_truths(values)),
    "OR": lambda *values: any(_truths(values)),
    "NOT": lambda value: not _one(value),
}

FUNCTIONS = {name: _guarded(name, function) for name, function in _KNOWN.items()}
"""Every function that is known, by its name."""

AREAS = frozenset(("SUM", "AVERAGE", "PRODUCT", "SUMPRODUCT", "MIN", "MAX", "COUNT", "LARGE", "SMALL", "AND", "OR", "RANK",
                   "RANK.EQ", "RANK.AVG", "LOOKUP", "VLOOKUP", "MATCH"))  # fmt: skip
"""Functions to which one cell named alone is an area of one cell."""


def _given(name: str, arguments: tuple[Any, ...], least: int, most: int) -> None:
    if not least <= len(arguments) <= most:
        raise UnsupportedError(f"{name}()的参数个数")


def _if(run: Any, arguments: tuple[Any, ...]) -> Any:
    """Only the branch that is taken is worked out."""
    _given("IF", arguments, 2, 3)
    truth = number(run.value(arguments[0]))
    if isinstance(truth, Errors):
        return truth
    if truth:
        return _branch(run, arguments[1])
    return _branch(run, arguments[2]) if len(arguments) > 2 else False


def _branch(run: Any, node: Any) -> Any:
    """A branch left empty gives 0."""
    return Fraction(0) if node is None else run.value(node)


def _ifs(run: Any, arguments: tuple[Any, ...]) -> Any:
    if not arguments or len(arguments) % 2:
        raise UnsupportedError("IFS()的参数个数")
    for test, value in zip(arguments[::2], arguments[1::2], strict=True):
        truth = number(run.value(test))
        if isinstance(truth, Errors):
            return truth
        if truth:
            return _branch(run, value)
    return Errors("#N/A")


def _iferror(run: Any, arguments: tuple[Any, ...]) -> Any:
    _given("IFERROR", arguments, 2, 2)
    value = run.value(arguments[0])
    return _branch(run, arguments[1]) if isinstance(value, Errors) else value


RAW: dict[str, Callable[[Any, tuple[Any, ...]], Any]] = {"IF": _if, "IFS": _ifs, "IFERROR": _iferror}
"""Functions that choose which of their arguments to work out."""
