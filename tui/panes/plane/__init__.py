"""The plane of the data: the field of the model, its line, and the points."""
