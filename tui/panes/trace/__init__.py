"""The program of a loss or a function, as a table and as boxes."""
