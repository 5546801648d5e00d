"""Values over a plane: as shades, as lines where they are level, and as rows of cells."""
