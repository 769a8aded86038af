"""The forms about teaching."""

from zvans.schedule.forms.groups import CancelForm, GroupForm
from zvans.schedule.forms.many import ManyForm
from zvans.schedule.forms.places import EnrolForm, TransferForm
from zvans.schedule.forms.programs import ClosureForm, PlaceRulesForm, ProgramForm, RoomForm

__all__ = [
    "CancelForm",
    "ClosureForm",
    "EnrolForm",
    "GroupForm",
    "ManyForm",
    "PlaceRulesForm",
    "ProgramForm",
    "RoomForm",
    "TransferForm",
]
