"""A program as boxes with lines between them, or as wires beside its rows."""
