"""A lecture as a file: read, dry-run, what it may set and do, and the hand-out made of it."""
