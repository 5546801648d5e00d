"""`riserun derive`: a function's derivative three ways, without a screen."""

from __future__ import annotations

import argparse
import json
from typing import Any

from engine import symbolic
from engine.derivative.study import Methods, Study, study, three_ways
from engine.symbolic.formula import FormulaError
from tui.errors import UsageError


def run(options: argparse.Namespace) -> int:
    """Print value, derivatives and central differences at a point, and the worked steps where they are asked for."""
    try:
        f = study(options.formula)
    except FormulaError as error:
        raise UsageError(str(error)) from None
    place = _place(f, options.at)
    if options.by is not None and options.by not in f.names:
        raise UsageError(f"--by {options.by}: the function has {', '.join(f.names)}")
    if not 0.0 < options.epsilon <= 1.0:
        raise UsageError(f"--epsilon must lie between 0 and 1, not {options.epsilon:g}")
    by = [options.by] if options.by is not None else list(f.names)
    values = tuple(place[name] for name in f.names)
    found = {name: three_ways(f, values, f.names.index(name), options.epsilon) for name in by}
    print(json.dumps(_record(f, found), allow_nan=False) if options.json else _text(f, place, found, options))
    return 0


def _place(f: Study, text: str) -> dict[str, float]:
    """The point that `--at x=1,y=2` names."""
    given = {}
    for part in text.split(","):
        name, equals, number = (entry.strip() for entry in part.partition("="))
        if not equals or name not in f.names:
            raise UsageError(f"--at takes a value for {', '.join(f.names)}, such as {f.names[0]}=1, not {part!r}")
        try:
            given[name] = float(number)
        except ValueError:
            raise UsageError(f"--at {name}: {number!r} is not a number") from None
        if abs(given[name]) == float("inf") or given[name] != given[name]:
            raise UsageError(f"--at {name}: {number} is not finite")
    if missing := [name for name in f.names if name not in given]:
        lacking = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        raise UsageError(f"--at: {lacking}; give {','.join(f'{name}=1' for name in f.names)}")
    return given


def _record(f: Study, found: dict[str, Methods]) -> dict[str, Any]:
    """The results of one argument stand alone, those of several under the arguments' names."""
    primes = {name: f.differentiated[f.names.index(name)] for name in found}
    symbolics = {name: symbolic.text(prime.derivative) if prime else None for name, prime in primes.items()}
    slopes = {
        name: {"symbolic": each.symbols, "numeric": each.central, "autodiff": each.autodiff}
        for name, each in found.items()
    }
    steps = {
        name: [
            {"rule": step.rule, "of": symbolic.text(step.of), "result": symbolic.text(step.result), "note": step.note}
            for step in (prime.steps if prime else ())
        ]
        for name, prime in primes.items()
    }
    value = next(iter(found.values())).value
    groups: dict[str, dict[str, Any]] = {"symbolic": symbolics, "derivative": slopes, "steps": steps}
    alone = next(iter(found)) if len(found) == 1 else None
    return {"value": value, **{key: group[alone] if alone else group for key, group in groups.items()}}


def _text(f: Study, place: dict[str, float], found: dict[str, Methods], options: argparse.Namespace) -> str:
    at = ", ".join(f"{name} = {value:g}" for name, value in place.items())
    lines = [f"f({', '.join(f.names)}) = {symbolic.text(f.expression)}", f"at {at}: f = {_number(_value(found))}"]
    for name, each in found.items():
        prime = f.differentiated[f.names.index(name)]
        lines += [
            "",
            f"df/d{name} = {symbolic.text(prime.derivative) if prime else 'too large to write down'}",
            f"  symbols   {_number(each.symbols)}",
            f"  central   {_number(each.central)}   two calls of f, eps = {options.epsilon:g}",
            f"  autodiff  {_number(each.autodiff)}   one backward pass over {_operations(each.operations)}",
        ]
        if options.steps and prime:
            lines += [f"  {number:>2}. {step.rule:<18} {step.note}" for number, step in enumerate(prime.steps, 1)]
    return "\n".join(lines)


def _operations(count: int) -> str:
    return f"{count} operation{'s' * (count != 1)}"


def _value(found: dict[str, Methods]) -> float | None:
    return next(iter(found.values())).value


def _number(value: float | None) -> str:
    return f"{'not defined':>18}" if value is None else f"{value:>+18.12g}"
