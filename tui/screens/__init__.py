"""The screens: each a layout of panes."""
