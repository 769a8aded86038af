"""What the core adds to its own registries."""

from zvans.core.jobs import PERIODIC, Periodic

PERIODIC.add(Periodic("zvans.core.limits.forget", minutes=24 * 60))
