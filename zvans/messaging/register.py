"""What messaging shows in the storeys below it."""
