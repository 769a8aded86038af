"""What sales shows in the storeys below it."""
