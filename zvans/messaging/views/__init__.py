"""Pages about messages: the outbox, the texts, and the client's own page to opt out."""

from zvans.messaging.views import messages, public, texts

__all__ = ["messages", "public", "texts"]
