"""What is trained and how: data, models, losses, optimizers and settings, and the one way to their numbers."""
