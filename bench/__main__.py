"""`make bench`, or one group of rows alone: `python -m bench speed`, `screen`, `detail`, `sessions` or `journals`."""

import sys
from importlib import import_module

from bench.table import HEADING

GROUPS = {
    "speed": "bench.speed.rows",
    "screen": "bench.screen",
    "detail": "bench.detail",
    "sessions": "bench.sessions",
    "journals": "bench.journals",
}


def main(groups: list[str]) -> None:
    """Measure and print. Times count only as ratios taken in one run."""
    for group in groups:
        if group not in GROUPS:
            raise SystemExit(f"bench: no group {group!r}; there is {', '.join(GROUPS)}")
    for group in groups or GROUPS:
        print(HEADING)
        for row in import_module(GROUPS[group]).measure():
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
