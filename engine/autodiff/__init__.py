"""One value and its derivative: the table of operations, Scalars that remember how they were made, and the way back."""
