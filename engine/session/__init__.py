"""A problem being stepped: states and their history, the phases, the moves."""
