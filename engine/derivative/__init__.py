"""A function three ways, the slope of the loss as a formula, and a program row by row."""
