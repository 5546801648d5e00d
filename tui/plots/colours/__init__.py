"""What a role looks like: themes, even scales, and the codes that say so to a terminal."""
