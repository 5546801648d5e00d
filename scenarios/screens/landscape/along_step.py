"""What is said of the loss along the step to come: how far the rate goes of what would have been best."""

from __future__ import annotations

import math

from scenarios.numbers import given, plain
from scenarios.screens.fit.stuck import stuck_reason
from scenarios.screens.landscape.places import wrong
from scenarios.screens.landscape.ray import Course, Ray
from scenarios.text import first_that_fits, key

_NO_NUMBER = "a loss that is no number a computer can hold"


def along_step(found: Ray) -> str:
    """What is said of the view along the step."""
    course, chosen = found.course, found.rate
    if course is None:
        if found.frame.state.waits:
            return "There is no step to look along yet: it waits for the slopes to go along."
        return f"There is no step to look along: no parameter moves from here. {stuck_reason(found.frame.state)}"
    if found.cursor != chosen:
        at = found.at_cursor
        comes = f"At rate {given(at.value)} the step would come to"
        if not math.isfinite(at.loss):
            return f"{comes} {_NO_NUMBER}."
        return f"{comes} a loss of {plain(at.loss)}, with {wrong(at.errors)} wrong. {key('accept')} sets this rate."
    if course.best is None:
        return no_best(course, chosen)
    reached, least = found.at_rate.loss, plain(course.least)
    after = plain(reached) if math.isfinite(reached) else _NO_NUMBER
    if course.best == 0.0:
        return (
            f"Along this direction no rate up to {given(course.looked)} lowers the loss: at rate {given(chosen)} the "
            f"step comes to {after}, from {plain(found.frame.state.loss)}."
        )
    first, last = course.level or (course.best, course.best)
    best = f"rate {first:.3g}" if course.level is None else f"every rate from {first:.3g} to {last:.3g}"
    if chosen > last:
        long = f"At rate {given(chosen)} the step is {_too_long(chosen / last)} and comes to {after}: {best}"
        return first_that_fits(
            f"{long} would have been best along this direction, with {least}.",
            f"{long} would have been best, with {least}.",
        )
    if chosen > first:
        return (
            f"At rate {given(chosen)} the step comes to {after}, the lowest along this direction: {best} comes to that."
        )
    share = 100.0 * chosen / first
    told = f"{share:.0f}%" if share >= 0.95 else f"{share:.1g}%"
    return (
        f"At rate {given(chosen)} the step takes {told} of what would have been best along this direction: {best} "
        f"would bring the loss to {least}."
    )


def _too_long(times: float) -> str:
    """By how much a step of so many times the best length is too long: `4% too long`, `2.29 times as long as …`."""
    over = 100.0 * (times - 1.0)
    if over >= 99.5:
        return f"{times:.3g} times as long as the best one"
    return f"{over:.0f}% too long" if over >= 0.95 else f"{over:.1g}% too long"


def no_best(course: Course, chosen: float) -> str:
    """No rate is the best one: the loss falls as far as was looked, or is lowest from some rate on."""
    if course.level is None:
        return (
            "Along this step there is no best rate: the loss falls at every rate looked at, up to a million times "
            f"{given(chosen)}."
        )
    return (
        f"Along this step there is no best rate: from rate {course.level[0]:.3g} on the loss is {plain(course.least)} "
        f"at every rate looked at, up to {course.looked:.3g}."
    )
