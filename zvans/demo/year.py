"""The year that the demo school has lived through."""

from zvans.demo import cast


def live() -> None:
    cast.assemble()
