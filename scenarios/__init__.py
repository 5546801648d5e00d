"""The stories: scenarios kept in files, the workspace a person is in, and the words said about it. No terminal."""
