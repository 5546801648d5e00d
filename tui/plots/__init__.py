"""Drawing: rows of spans, the decision field, charts, palettes. Knows numbers, not sessions."""
