"""What is said now and who hears the next key: help, a question, a prediction, a lecture, or the screen."""
