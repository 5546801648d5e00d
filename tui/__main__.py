"""`python -m tui` is `riserun`."""

import sys

from tui.command_line.main import main

if __name__ == "__main__":
    sys.exit(main())
