"""What team shows in the storeys below it."""
