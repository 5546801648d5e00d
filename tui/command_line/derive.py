"""`riserun derive`: a function's derivative three ways, without a screen."""

from __future__ import annotations

import argparse
import json
import textwrap
from typing import Any

from engine import symbolic
from engine.derivative.study import Methods, Study, study, three_ways
from engine.symbolic.formula import FormulaError
from scenarios.numbers import read_point
from tui.errors import UsageError


def run(options: argparse.Namespace) -> int:
    """Print the derivatives, with the worked steps where they are asked for; and at a point, if one is given, the value
    and the derivatives three ways.
    """
    try:
        f = study(options.formula)
    except FormulaError as error:
        raise UsageError(str(error)) from None
    place = _place(f, options.at) if options.at is not None else None
    if options.by is not None and options.by not in f.names:
        raise UsageError(f"--by {options.by}: the function has {', '.join(f.names)}")
    if not 0.0 < options.epsilon <= 1.0:
        raise UsageError(f"--epsilon must lie between 0 and 1, not {options.epsilon:g}")
    by = [options.by] if options.by is not None else list(f.names)
    values = tuple(place.values()) if place is not None else None
    found = {name: three_ways(f, values, f.names.index(name), options.epsilon) if values else None for name in by}
    print(json.dumps(_record(f, found), allow_nan=False) if options.json else _text(f, place, found, options))
    return 0


def _place(f: Study, text: str) -> dict[str, float]:
    """The point that `--at x=1,y=pi/2` names."""
    try:
        return dict(zip(f.names, read_point(text, f.names), strict=True))
    except ValueError as error:
        raise UsageError(f"--at {text!r}: {error}") from None


def _record(f: Study, found: dict[str, Methods | None]) -> dict[str, Any]:
    """The results of one argument stand alone, those of several under the arguments' names."""
    primes = {name: f.differentiated[f.names.index(name)] for name in found}
    symbolics = {name: symbolic.text(prime.derivative) if prime else None for name, prime in primes.items()}
    steps = {
        name: [
            {"rule": step.rule, "of": symbolic.text(step.of), "result": symbolic.text(step.result), "note": step.note}
            for step in (prime.steps if prime else ())
        ]
        for name, prime in primes.items()
    }
    slopes = {
        name: {"symbolic": each.symbols, "numeric": each.central, "autodiff": each.autodiff}
        for name, each in found.items()
        if each is not None
    }
    groups: dict[str, dict[str, Any]] = {"symbolic": symbolics, "derivative": slopes, "steps": steps}
    alone = next(iter(found)) if len(found) == 1 else None
    first = next(iter(found.values()))
    value = {} if first is None else {"value": first.value}
    return {**value, **{key: group[alone] if alone else group for key, group in groups.items() if group}}


def _text(
    f: Study, place: dict[str, float] | None, found: dict[str, Methods | None], options: argparse.Namespace
) -> str:
    lines = [f"f({', '.join(f.names)}) = {symbolic.text(f.expression)}"]
    first = next(iter(found.values()))
    if place is not None and first is not None:
        at = ", ".join(f"{name} = {value:g}" for name, value in place.items())
        lines.append(f"at {at}: f = {_number(first, 'value').strip()}{_because(first)}")
    for name, each in found.items():
        prime = f.differentiated[f.names.index(name)]
        lines += ["", f"df/d{name} = {symbolic.text(prime.derivative) if prime else 'too large to write down'}"]
        if each is not None:
            lines += [
                f"  symbols   {_number(each, 'symbols')}",
                f"  central   {_number(each, 'central')}   f at A and B, eps = {options.epsilon:g} to either side",
                f"  autodiff  {_number(each, 'autodiff')}{_passed(each)}",
                *_trouble(tuple(place.values()) if place else (), f.names.index(name), each, options),
            ]
        if options.steps and prime:
            lines += [f"  {number:>2}. {step.rule:<18} {step.note}" for number, step in enumerate(prime.steps, 1)]
    return "\n".join(lines)


def _trouble(values: tuple[float, ...], by: int, found: Methods, options: argparse.Namespace) -> list[str]:
    """Why the numbers may differ, or why there is none, as the derive screen says it."""
    from scenarios.screens.derive.broken import without_screen  # without a point, and for JSON, it is quicker without
    from scenarios.workspace.view import DeriveView

    said = without_screen(DeriveView(options.formula, values, by=by, epsilon=options.epsilon), found)
    return textwrap.wrap(said, 76, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _passed(found: Methods) -> str:
    """How autodiff came to its number; nothing where f has no value to come back from."""
    count = found.operations
    return f"   one backward pass over {count} operation{'s' * (count != 1)}" if found.value is not None else ""


def _because(found: Methods) -> str:
    """Why f has no value, where it has none."""
    if found.value is not None:
        return ""
    from scenarios.screens.derive.broken import because

    return because(found.lacks["value"])


def _number(found: Methods, name: str) -> str:
    """The number of that name, or why there is none."""
    value = getattr(found, name)
    if value is None:
        return f"{found.lacks[name].value if name in found.lacks else 'none':>18}"
    return f"{value:>+18.12g}"
