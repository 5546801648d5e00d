"""Points as large as a picture has room for, or as how many lie in each cell."""
