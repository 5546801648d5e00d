"""The journal of a session: its lines, read and written, and the files they are kept in."""
