"""The panes: each a view of the workspace it is handed, drawn as rows."""
