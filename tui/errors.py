"""What the command line says when it cannot do what was asked."""


class UsageError(Exception):
    """What was asked for cannot be done; the text says why and what would be right."""


def told(error: Exception) -> str:
    """An internal error in a few words that may be shown to a class: no path, no traceback."""
    about = error.strerror if isinstance(error, OSError) else str(error)
    return f"{type(error).__name__}: {about}" if about else type(error).__name__
