"""A student's own package: found, run in a process of its own, asked, compared and graded."""
