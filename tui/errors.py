"""What the command line answers when it cannot do what was asked."""


class UsageError(Exception):
    """What was asked for cannot be done; the text says why and what would be right."""
