"""Speed and weight against a peer, side by side in one run: `python -m bench`."""
