"""The sentences of the landscape screen."""

from __future__ import annotations

import math

import numpy as np

from engine.session.session import Phase
from scenarios.workspace.view import Landscape
from tests.scenarios.claims.ahead import at_cursor, best, falls_for_ever, level_from, no_rate, share, times
from tests.scenarios.claims.looking import (
    FEWEST,
    MOVED,
    POINTS,
    WAY,
    WHERE,
    Landed,
    agree,
    away,
    below,
    both_slopes,
    downhill,
    falls_on,
    fewest,
    looked,
    loss_went,
    lowest,
    moved_names,
    no_minimum,
    of_lowest,
    other_way,
    over_two,
    part,
    passed,
    reached,
    went,
    wrong_at,
)
from tests.scenarios.claims.reckoning import against
from tests.scenarios.claims.seen import listed_as
from tests.scenarios.claims.sentences import NAME, NUMBER, Sentence, all_read, counted, number, reads

S = Sentence[Landed]
BOTH = rf"(?P<a>{NUMBER}) in (?P<p>{NAME}), (?P<b>{NUMBER}) in (?P<q>{NAME})"
NO_NUMBER = "a loss that is no number a computer can hold"
RATE = rf"(?:rate (?P<best>{NUMBER})|every rate from (?P<one>{NUMBER}) to (?P<two>{NUMBER}))"
WENT = rf"(?P<p>{NAME}) (?:went from (?P<old>{NUMBER}) to (?P<new>{NUMBER})|moved by (?P<far>{NUMBER}))"
LANDSCAPE = (
    S(r"The landscape stays hidden until you have predicted: press space for the question\.",
      lambda s, m: s.workspace.predictions.on and s.phase is Phase.LOSS),
    S(rf"At (?P<where>{NAME} = {NUMBER}(?:, {NAME} = {NUMBER})?) the loss is (?P<loss>{NUMBER}), (?:(?P<way>up|down) "
      rf"(?P<by>{NUMBER})|the same) from the present place, and {POINTS} (?:is|are) wrong\.", looked),
    S(rf"At {NAME} = {NUMBER}(?:, {NAME} = {NUMBER})? the loss is no number a computer can hold\.",
      lambda s, m: not math.isfinite(s.at(*s.over.cursors).loss)),
    S(r"enter takes (it|them)\.", lambda s, m: (m[1] == "it") == (len(s.over.axes) == 1)),
    S(rf"In this range of ({NAME}) the loss is no number a computer can hold: press \+ to see less of it\.",
      lambda s, m: not np.isfinite(s.losses).any()),
    S(rf"Along ({NAME}) the loss is flat: <N> all over this range, so no step can gain by it\.",
      lambda s, m: reads(m[2], s.shown.loss, s.shown.noise) and float(np.ptp(s.losses)) <= 1e-9 * max(1.0,
      abs(s.shown.loss))),
    S(rf"Along {NAME} the loss falls on to the (?P<end>left|right) end of this range, (?P<loss>{NUMBER}) at {NAME} = "
      rf"(?P<value>{NUMBER})\.", falls_on),
    S(r"(?:As printed on the slide, it|It) has no minimum\.", no_minimum),
    S(r"Press - to see more of it\.", lambda s, m: float(np.nanmin(s.losses)) in (s.losses[0], s.losses[-1])),
    S(rf"The loss is lowest {WHERE}: (?P<loss>{NUMBER}); {FEWEST}\.", lambda s, m: lowest(s, m) and fewest(s, m)
      and of_lowest(s, m, m["loss"])),
    S(rf"Loss and errors agree: the loss is lowest {WHERE}, with {POINTS} wrong(?P<fewer>; no value of {NAME} that "
      rf"was looked at "
      r"leaves fewer)?\.", agree),
    S(rf"Loss and errors disagree: the loss is lowest {WHERE}, with {POINTS} wrong; {FEWEST}\.",
      lambda s, m: lowest(s, m)
      and wrong_at(s, m, m["points"]) and fewest(s, m) and counted(m["points"]) > number(m["count"])),
    S(r"The slope is 0: level, it points nowhere\.", lambda s, m: s.slope(s.name, "0.0000000000")),
    S(rf"In this range the loss is lowest {WHERE}\.", lowest),
    S(rf"The slope is (?P<slope>{NUMBER}): downhill is to the (?P<side>left|right); but nowhere in this range is the "
      rf"loss lower "
      r"than here\.", lambda s, m: downhill(s, m) and s.shown.loss <= float(np.nanmin(s.losses)) + s.rough),
    S(rf"The slope is (?P<slope>{NUMBER}): downhill is to the (?P<side>left|right); but the (?P<what>minimum|level "
      rf"bottom), "
      rf"{WHERE}, is the other way\.", lambda s, m: downhill(s, m) and other_way(s, m)),
    S(rf"The slope is (?P<slope>{NUMBER}): downhill is to the (?P<side>left|right)\. The (?P<what>minimum|level "
      rf"bottom), {WHERE}, "
      rf"is (?P<away>{NUMBER}) away(?:; the slope alone does not tell how far|(?P<held>; but {NAME} is held))?\.",
      lambda s, m: downhill(s, m) and away(s, m) and bool(m["held"]) == (s.name in s.problem.held)),
    S(rf"Along {NAME} alone the present place is(?P<almost>, in the digits shown,)? as good as the minimum: "
      rf"(?P<loss>{NUMBER}); {POINTS} (?:is|are) wrong\.",
      lambda s, m: reads(m["loss"], s.shown.loss, s.rough) and (reads(m["loss"], float(np.nanmin(s.losses)), s.rough)
      if m["almost"] else s.shown.loss <= float(np.nanmin(s.losses)) + s.rough)
      and counted(m["points"]) == s.shown.errors),
    S(rf"Along {NAME} alone the loss is lowest {WHERE}: (?P<loss>{NUMBER}), (?P<by>{NUMBER}) below the present place"
      rf"(?:, with {POINTS} wrong)?\.", lambda s, m: lowest(s, m) and of_lowest(s, m, m["loss"])
      and (m["points"] is None or wrong_at(s, m, m["points"])) and below(s, m)),
    S(r"v shows the errors too\.", lambda s, m: s.workspace.view.landscape.shown is Landscape.LOSS),
    # in (3)
    S(rf"(?P<p>{NAME}) stays at (?P<new>{NUMBER}), but {MOVED} moved: this is another curve\.", lambda s, m:
      reads(m["new"], s.over.present[0]) and listed_as(m["others"], moved_names(s))),
    S(rf"{WENT}, but {MOVED} moved too: this is the curve through the new place, and it is not the one before\.",
      lambda s, m:
      went(s, m) and listed_as(m["others"], moved_names(s))),
    S(rf"({NAME}) did not move: it stays at <N>\.", lambda s, m: reads(m[2], s.over.present[0]) and s.way(m[1]) == 0),
    S(rf"{WENT} along the curve, to where the loss is lowest, {WHERE}: {WAY}\.", reached),
    S(rf"{WENT} along the curve, over the (?:minimum|level bottom) {WHERE} to its other side: {WAY}\.", passed),
    S(rf"{WENT} along the curve, (?P<percent>\d+)% of the way to (?:the minimum|the level bottom|(?P<end>the lowest "
      rf"place of this "
      rf"range)): {WAY}\.", part),
    S(rf"{WENT} along the curve: {WAY}\.", loss_went),
    # over two parameters
    S(rf"Both slopes are 0, {BOTH}: level ground, the arrow points nowhere\.", both_slopes),
    S(rf"The slopes are {BOTH}\.", both_slopes),
    S(r"The arrow points against both, straight downhill\.", lambda s, m: bool(s.now.slopes[list(s.over.axes)].any())),
    S(rf"But ({NAME}(?: and {NAME})?) (?:is|are) held\.", lambda s, m: listed_as(m[1], [
        name for name in s.over.names if name in s.problem.held])),
    S(rf"The step took ({NAME}) to <N> and ({NAME}) to <N>; {MOVED} moved too, so this is another surface than "
      rf"before\.",
      lambda s, m: (s.of(m[1]), s.of(m[3])) == s.over.axes and all_read([m[2], m[4]], s.over.present)
      and listed_as(m["others"], moved_names(s))),
    S(rf"The loss over ({NAME}) and ({NAME})(?:, with (?P<with>{NAME} = {NUMBER}(?: and {NAME} = {NUMBER})?)|, the "
      rf"(?P<more>\d+) others as they are)?; ● is here, <N>\.", over_two),
    S(r"The arrows move the cursor, tab chooses the vertical parameter\.", lambda s, m: len(s.over.axes) == 2),
    # along the step
    S(r"There is no step to look along: no parameter moves from here\.", lambda s, m: not against(s.state).any()),
    S(r"There is no step to look along yet: it waits for the slopes to go along\.", lambda s, m: s.state.waits),
    S(r"At rate <N> the step would come to a loss of <N>, with (no point|[\d,]+ points?) wrong\.", at_cursor),
    S(rf"At rate <N> the step would come to {NO_NUMBER}\.", lambda s, m: not math.isfinite(s.along(number(m[1])).loss)),
    S(r"enter sets this rate\.", lambda s, m: True),
    S(r"Along this direction no rate up to <N> lowers the loss: at rate <N> the step comes to <N>, from <N>\.",
      no_rate),
    S(rf"At rate (?P<rate>{NUMBER}) the step is (?:(?P<times>{NUMBER}) times as long as "
      rf"the best one|(?P<over>{NUMBER})% too "
      rf"long) and comes to "
      rf"(?:(?P<to>{NUMBER})|{NO_NUMBER}): {RATE} would have "
      rf"been best(?: along this direction)?, with (?P<least>{NUMBER})\.", lambda s, m: best(s, m) and times(s, m)),
    S(rf"At rate (?P<rate>{NUMBER}) the step comes to (?P<least>{NUMBER}), the lowest along this direction: {RATE} "
      rf"comes to that\.",
      best),
    S(rf"At rate (?P<rate>{NUMBER}) the step takes (?P<percent>{NUMBER})% of what would have been best along this "
      rf"direction: {RATE} "
      rf"would bring the loss to (?P<least>{NUMBER})\.", lambda s, m: best(s, m) and share(s, m)),
    S(r"Along this step there is no best rate: the loss falls at every rate looked at, up to a million times <N>\.",
      falls_for_ever),
    S(r"Along this step there is no best rate: from rate <N> on the loss is <N> at every rate looked at, up to <N>\.",
      level_from),
)  # fmt: skip
