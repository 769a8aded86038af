"""The form of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from zvans.core.forms import ModelForm
from zvans.core.models import Archivable

if TYPE_CHECKING:
    from zvans.team.models import User

E = TypeVar("E", bound=Archivable)


class EntryForm(ModelForm[E]):
    """The base of a list's own form; a list that needs none names its ``fields``.

    Args:
        user: who fills it in; what it offers to choose from is what they may see.
    """

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["name"].widget.attrs["autofocus"] = True

    def validate_unique(self) -> None:
        """The command says that there is such a name already."""
