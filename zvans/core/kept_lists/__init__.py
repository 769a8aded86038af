"""Lists that an owner keeps (tags, rooms, reasons of refusal): declared once, each has its pages and events.

A new list takes a model (``Archivable``, or ``Ordered`` when the owner decides the order) and, in ``lists.py``::

    EQUIPMENT: KeptList[Equipment] = KeptList(
        "equipment",
        Equipment,
        capability="schedule.change_group",
        scope=visible_equipment,
        fields=("branch", "name"),
        title=_("Equipment"),
        new=_("New equipment"),
        icon="tool",
        order=41,
    )

``register(EQUIPMENT)`` in ``register.py`` gives it its kinds of event and its place among the settings,
``*urls(EQUIPMENT)`` in ``urls.py`` its pages (``equipment_list``, ``equipment_add``…), and ``kept_list(…)`` in
``tests/doors.py`` says who may open them. Commands that write to it are in ``core.kept_lists.commands``.
"""

from zvans.core.kept_lists.declaring import KeptList, register
from zvans.core.kept_lists.forms import EntryForm
from zvans.core.kept_lists.views import urls

__all__ = ["EntryForm", "KeptList", "register", "urls"]
