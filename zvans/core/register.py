"""What the core adds to its own registries."""

from zvans.core.jobs import PERIODIC, Periodic
from zvans.core.ledgers import Ledger, ledgers

PERIODIC.add(Periodic("zvans.core.limits.forget", minutes=24 * 60))

ledgers.add(Ledger("core_event", ("at", "kind", "actor_kind", "actor_id", "about_type_id", "about_id", "batch")))
# When two cards of one person are merged, their histories become one: on whose an event stands may change.
ledgers.add(Ledger("core_eventsubject", ("event_id", "subject_type_id"), kept=False))
