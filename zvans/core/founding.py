"""What a new school begins with: the upper storeys lay their first records when it is founded."""

from collections.abc import Callable
from dataclasses import dataclass

from zvans.core.actors import Actor
from zvans.core.models import Organisation
from zvans.core.registry import Registry


@dataclass(frozen=True)
class Step:
    """Something that a new school has from its first minute (a pipeline), in the founding's own transaction."""

    name: str
    function: Callable[[Actor, Organisation], object]
    order: int = 0


steps: Registry[Step] = Registry()
