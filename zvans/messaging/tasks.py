"""What the worker does for messages."""

from zvans.messaging.outbox import deliver_due


def deliver() -> None:
    """Send what is due. Each message asks for it, and the clock each minute, so that nothing is left lying."""
    deliver_due()
