"""A program recorded once and run over columns: the graph, the larger operations in it, the list of NumPy calls."""
