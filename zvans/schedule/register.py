"""What schedule shows in the storeys below it."""
