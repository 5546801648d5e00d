"""The sentences of the derive screen."""

from __future__ import annotations

from engine.derivative.study import study
from scenarios.workspace.view import Derived
from tests.scenarios.claims.sentences import NUMBER, Sentence, number, reads
from tests.scenarios.claims.slopes import (
    SECANT,
    WHERE,
    Derivation,
    agreed,
    begins,
    closer,
    derived,
    grows,
    helps,
    hole,
    jump,
    jumping,
    kink,
    lacks,
    misplaced,
    mixed,
    next_closer,
    no_difference,
    no_slope,
    over,
    place,
    secant,
    slopes,
    spanned,
    tangent,
    will_agree,
)

S = Sentence[Derivation]
DERIVE = (
    S(rf"f (is not defined|overflows|underflows) (?:at {WHERE}|here)(: it needs a number over 1\.8e\+308, the "
      rf"largest a float "
      r"can hold|: it needs a number so small that a float has only 0 for it)?\.", lambda d, m: lacks(d, m[1], d.x)
      and (m[2] is None or place(d, m[2])) and {"o": "largest", "u": "small", "i": ""}[m[1][0]] in (m[3] or "")),
    S(r"Move on with the arrows\.", lambda d, m: d.f(d.x) is None),
    S(rf"f has a hole at {WHERE}: it is not defined there, but comes to <N> from both sides\.",
      lambda d, m: d.f(d.x) is None and place(d, m[1]) and hole(d, m[2])),
    S(r"It is defined from (\w+) = <N> (up|down)\.", lambda d, m: m[1] == d.name and begins(d, m[2], m[3])),
    S(r"It is defined (above|below) (\w+) = <N>\.", lambda d, m: m[2] == d.name and begins(d, m[3], m[1])),
    S(r"Press g to type a point there\.", lambda d, m: d.f(d.x) is None),
    S(r"f (is not defined|overflows|underflows) at ([AB])(?:, \w+ = <N>)?, so there is no central difference\.",
      lambda d, m:
      no_difference(d, m[1], m[2], m[3]) and d.secant is None),
    S(r"Rise over run is too large for a float: the central difference overflows\.", lambda d, m: d.secant is None
      and None not in (d.f(d.x - d.view.epsilon), d.f(d.x + d.view.epsilon))),
    S(r"(?:Press < to shrink eps|A smaller eps does not help)\.", lambda d, m: helps(d, m) if d.secant is None else
      will_agree(d, -1)),
    # the secant, the tangent and both
    S(rf"{SECANT}\.", secant),
    S(rf"{SECANT}, the tangent <N>\.", lambda d, m: secant(d, m) and tangent(d, m[5])),
    S(rf"{SECANT}, the tangent <N>: they agree (exactly|to {NUMBER}|in \d+ digits)\.", lambda d, m: secant(d, m)
      and tangent(d, m[5]) and agreed(d, m[6])),
    S(rf"{SECANT}, the tangent <N>: <N> apart\.", lambda d, m: secant(d, m) and tangent(d, m[5])
      and reads(m[6], d.gap(d.view.epsilon), 1e-9 * abs(d.slope or 0.0))),
    S(r"Rounding shows: press >(?: for a larger eps)?\.", lambda d, m: closer(d, 1) and next_closer(d, 1)),
    S(r"Rounding shows(?:; a larger eps helps)?\.", lambda d, m: closer(d, 1)),
    S(r"Press < to shrink eps and watch them agree\.", lambda d, m: will_agree(d, -1) and next_closer(d, -1)),
    S(r"Press < to shrink eps: they come closer\.", lambda d, m: closer(d, -1) and next_closer(d, -1)),
    S(r"Press > for a larger eps\.", lambda d, m: closer(d, 1) and next_closer(d, 1)),
    S(r"A much smaller eps makes them agree\.", lambda d, m: will_agree(d, -1)),
    S(r"A much (smaller|larger) eps brings them closer\.", lambda d, m: closer(d, -1 if m[1] == "smaller" else 1)),
    S(r"No other eps brings them much closer\.",
      lambda d, m: min([*d.gaps(1), *d.gaps(-1)]) >= 0.45 * d.gap(d.view.epsilon)),
    S(r"(Press < to shrink eps, move with the arrows|Move with the arrows); y shows the formula\.", lambda d, m:
      d.view.hidden and ("Press" in m[1]) == (d.view.epsilon > 1e-15)),
    S(rf"(?:The slope of f at {WHERE} is|(f'|df/d\w+) is the slope of f at every point: at {WHERE} it is|The tangent "
      rf"at {WHERE} "
      r"has slope) <N>(?:, so f (rises|falls) as (\w+) grows|(, so f is level there))?\.", lambda d, m:
      place(d, m[1] or m[3] or m[4]) and tangent(d, m[5]) and (not m[6] or grows(d, m[6], m[7]))
      and (not m[8] or abs(d.slope or 0.0) <= d.rough) and (m[2] in (None, "f'" if len(d.names)
      == 1 else f"df/d{d.name}"))),
    # where something is missing
    S(r"By symbols the slope (is not defined here|overflows|underflows)(?:; autodiff gives <N>|; by autodiff it (is "
      r"not defined "
      r"here|overflows|underflows))?\.",
      lambda d, m: no_slope(d, m) and (m[2] is None or d.slope is None or tangent(d, m[2]))),
    S(r"By symbols and by autodiff the slope (is not defined here|overflows|underflows)\.", no_slope),
    S(r"The derivative by symbols is too large to write(?: down; autodiff has no such limit|; autodiff gives <N>)\.",
      lambda d, m: study(d.view.formula).differentiated[d.view.by] is None and (not m[1] or tangent(d, m[1]))),
    S(r"Secant <N>, tangent <N>\.", lambda d, m: slopes(d, m[1], m[2])),
    S(r"Autodiff (finds no slope: that of an operation is not defined here|overflows: the slope of an operation is "
      r"too large for "
      r"a float|underflows: the slope of an operation is so small that a float has only 0 for it)\.",
      lambda d, m: True),
    S(r"Floats at <N> are <N> apart, so A and B are (?:the point itself|<N> apart, not 2 eps = <N>): secant <N>(?:, "
      r"tangent <N>)"
      r"?\.", lambda d, m: misplaced(d, m) and slopes(d, m[5], m[6])),
    S(r"No eps that can be chosen helps\.",
      lambda d, m: min([*d.gaps(1), *d.gaps(-1)]) >= 0.45 * d.gap(d.view.epsilon)),
    # kinks and jumps
    S(r"A kink: (?:no single slope here,|slope) <N> on the left, <N> on the right\.", kink),
    S(r"The central difference (averages|mixes) them, <N>; autodiff (?:picks <N> by convention|finds none)\.", mixed),
    S(r"A jump: f is (?:<N> on the left, <N> on the right|<N> on both sides, <N> here), so it has no derivative "
      r"here\.", jump),
    S(r"The central difference is <N>( and grows as eps shrinks)?\.", jumping),
    S(r"The secant spans the (kink|jump) at (?:\w+ = )?<N>: the central difference, <N>, (takes it in|mixes both sides)"
      r"(?:; autodiff gives <N>)?\.", lambda d, m: spanned(d, m) and (m[5] is None or d.slope is None or tangent(d,
      m[5]))),
    S(r"(\w+) = <N>, where f is not defined, lies between A and B: the central difference, <N>, is no slope(?:; "
      r"autodiff gives <N>)?\.", lambda d, m: m[1] == d.name and over(d, number(m[2])) and reads(m[3], d.secant or 0.0)
      and (m[4] is None or d.slope is None or tangent(d, m[4]))),
    S(r"With eps below <N> it does not\.", lambda d, m: 0.0 < number(m[1]) <= 1.01 * d.view.epsilon),
    # the rules
    S(r"Worked steps: f is differentiated with respect to (\w+) in (one step|\d+ steps)\.", lambda d, m: m[1] == d.name
      and int(m[2].split()[0].replace("one", "1")) == len(study(d.view.formula).differentiated[d.view.by].steps)),
      # type: ignore[union-attr]
    S(r"Press space for the first\.", lambda d, m: d.view.shown is Derived.RULES and d.view.rules == 0),
    S(r"All rules applied: (\S+) = (.*)\.", derived),
    S(r"All rules applied: the derivative stands above\.", lambda d, m: d.view.shown is Derived.RULES),
    S(r"[A-Z][\w -]*: .* = .*", lambda d, m: d.view.shown is Derived.RULES),
    S(r"The [\w ]+, as it is written above\.", lambda d, m: d.view.shown is Derived.RULES),
)  # fmt: skip
