"""Curves and marks over axes with ticks."""
