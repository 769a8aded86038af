"""What rows of a spreadsheet open in sales: a deal, with its sale and payments."""

from django.utils.translation import gettext_lazy as _

from zvans.people.imports.targets import Target
from zvans.sales.imports.fields import FIELDS
from zvans.sales.imports.undoing import undo
from zvans.sales.imports.writing import write

DEAL = Target("deal", _("Request and payment"), fields=FIELDS, write=write, undo=undo)
