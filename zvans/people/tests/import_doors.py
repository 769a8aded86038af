"""Who opens the pages of imports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zvans.core.tests.doors import HEADS, Door
from zvans.demo.cast import Cast
from zvans.people.imports import run
from zvans.people.models import ImportRun

FILES = Path(__file__).parent / "files"


def _run(cast: Cast) -> dict[str, Any]:
    return {"uuid": run.upload(cast.sanita, "klienti.csv", b"Name,Phone\nAnna Ozola,29111222\n").uuid}


def _ended(cast: Cast) -> dict[str, Any]:
    made = _run(cast)
    ImportRun.objects.filter(uuid=made["uuid"]).update(state=ImportRun.State.DONE)
    return made


DOORS = {
    "import_list": Door(opens_to=HEADS),
    "import_add": Door(opens_to=HEADS),
    "import_run": Door(opens_to=HEADS, make=_run),
    "import_preview": Door(opens_to=HEADS, make=_run, post=True),
    "import_start": Door(opens_to=HEADS, make=_run, post=True),
    "import_discard": Door(opens_to=HEADS, make=_run, post=True),
    "import_cancel": Door(opens_to=HEADS, make=_run, post=True),
    "import_undo": Door(opens_to=HEADS, make=_ended, post=True),
    "import_clients": Door(opens_to=HEADS, make=_ended),
    "import_problems": Door(opens_to=HEADS, make=_ended),
}
