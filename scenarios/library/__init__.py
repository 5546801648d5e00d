"""What can be opened by name: scenarios and lectures, built in and one's own."""
