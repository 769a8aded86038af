"""The settings of the school and its branches."""

from collections.abc import Callable

from django.test import Client as Http

from zvans.core.journal import history
from zvans.core.models import Organisation
from zvans.demo.cast import Cast
from zvans.team.models import Branch, User

SignIn = Callable[[User], Http]

SCHOOL = {
    "name": "Lāse",
    "email": "birojs@lase.example",
    "phone": "",
    "website": "",
    "country": "LV",
    "language": "lv",
    "currency": "EUR",
    "time_zone": "Europe/Riga",
    "client_noun": "clients",
    "teacher_noun": "specialists",
}


def test_the_words_of_the_school_change_everywhere(cast: Cast, as_user: SignIn) -> None:
    owner = as_user(cast.sanita)
    owner.post("/settings/school/", SCHOOL)
    school = Organisation.objects.get()
    assert (school.client_noun, school.teacher_noun) == ("clients", "specialists")
    event = history(school).first()
    assert event is not None
    assert event.changes["client_noun"] == ["students", "clients"]
    shown = {address: owner.get(address).content.decode() for address in ("/", "/tasks/add/", "/team/", "/groups/")}
    assert ">Clients</" in shown["/"]
    assert "Student" not in "".join(shown.values())
    assert "Specialist" in shown["/team/"]
    assert "Teacher" not in shown["/team/"] + shown["/groups/"]


def test_a_branch_comes_and_goes_and_comes_back(cast: Cast, as_user: SignIn) -> None:
    owner = as_user(cast.sanita)
    owner.post("/settings/branches/add/", {"name": "Jūrmala", "time_zone": "Europe/Riga", "address": "", "phone": ""})
    branch = Branch.objects.get(name="Jūrmala")
    owner.post(f"/settings/branches/{branch.pk}/archive/")
    branch.refresh_from_db()
    assert branch.is_archived
    owner.post(f"/settings/branches/{branch.pk}/restore/")
    assert [event.kind for event in history(branch)] == [
        "team.branch_restored",
        "team.branch_archived",
        "team.branch_added",
    ]


def test_the_last_branch_stays_open(cast: Cast, as_user: SignIn) -> None:
    owner = as_user(cast.sanita)
    owner.post(f"/settings/branches/{cast.studija.pk}/archive/")
    page = owner.post(f"/settings/branches/{cast.centrs.pk}/archive/", follow=True)
    assert "at least one branch" in page.content.decode()
    assert list(Branch.objects.active()) == [cast.centrs]
