"""The format of scenario and lecture files."""
