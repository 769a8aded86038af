"""The school's own nouns: students or clients, teachers or specialists."""

from functools import lru_cache

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zvans.core import organisation
from zvans.core.models import Organisation


def words() -> dict[str, str]:
    """The nouns of navigation and headings, in the active language."""
    held = organisation.current()
    return _words(held.client_noun, held.teacher_noun, get_language())


@lru_cache(maxsize=64)
def _words(client_noun: str, teacher_noun: str, _language: str | None) -> dict[str, str]:
    students = client_noun == Organisation.ClientNoun.STUDENTS
    teachers = teacher_noun == Organisation.TeacherNoun.TEACHERS
    return {
        "client": _("Student") if students else _("Client"),
        "clients": _("Students") if students else _("Clients"),
        "teacher": _("Teacher") if teachers else _("Specialist"),
        "teachers": _("Teachers") if teachers else _("Specialists"),
        "all_teachers": _("All teachers") if teachers else _("All specialists"),
    }


def _word(name: str) -> str:
    return words()[name]


# A noun of the school's as a lazy label: ``word("clients")`` in a registry reads as "Students".
word = lazy(_word, str)
