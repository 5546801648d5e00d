"""The loss along a parameter, along the step, and over two parameters, with small pictures of the plane."""
