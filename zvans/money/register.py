"""What money shows in the storeys below it."""
