"""The terminal: the command line, the application, and everything that draws."""
