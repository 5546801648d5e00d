"""A lecture being given: from beat to beat, its questions, its notes."""
