"""What the core shows of itself: nothing yet beyond its own pages."""
