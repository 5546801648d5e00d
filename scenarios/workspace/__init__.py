"""What a person is in: the session, the view on it, what is pinned, and the moves they make. Pure."""
