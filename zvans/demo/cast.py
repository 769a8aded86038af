"""The people and places of the demo school «Lāse»: also the cast of the tests."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from zvans.core.models import Organisation
from zvans.team.models import Branch, Role, User

PASSWORD = "zvans-demo"

# name, e-mail, role, branches, takes applications
STAFF = (
    ("Sanita Ozola", "sanita@lase.example", Role.Code.OWNER, ("Centrs", "Studija"), False),
    ("Mārtiņš Kalniņš", "martins@lase.example", Role.Code.HEAD, ("Centrs", "Studija"), False),
    ("Ilze Bērziņa", "ilze@lase.example", Role.Code.MANAGER, ("Centrs",), True),
    ("Jānis Liepa", "janis@lase.example", Role.Code.MANAGER, ("Studija",), True),
    ("Līga Krūmiņa", "liga@lase.example", Role.Code.ASSISTANT, ("Centrs",), False),
    ("Anna Vītola", "anna@lase.example", Role.Code.TEACHER, ("Centrs",), False),
    ("Elīna Roze", "elina@lase.example", Role.Code.TEACHER, ("Studija",), False),
    ("Dace Pētersone", "dace@lase.example", Role.Code.ACCOUNTANT, ("Centrs", "Studija"), False),
)


@dataclass(frozen=True)
class Cast:
    """The school and its people, by the names that tests call them."""

    school: Organisation
    centrs: Branch
    studija: Branch
    sanita: User
    martins: User
    ilze: User
    janis: User
    liga: User
    anna: User
    elina: User
    dace: User

    @property
    def everyone(self) -> list[User]:
        return [self.sanita, self.martins, self.ilze, self.janis, self.liga, self.anna, self.elina, self.dace]


def assemble() -> Cast:
    """Found the school: organisation, two branches, eight people who can sign in with ``PASSWORD``."""
    school = Organisation.objects.create(
        pk=1,
        name="Lāse",
        country="LV",
        language="lv",
        currency="EUR",
        time_zone="Europe/Riga",
        client_noun=Organisation.ClientNoun.STUDENTS,
        teacher_noun=Organisation.TeacherNoun.TEACHERS,
        email="birojs@lase.example",
        phone="+37167000000",
        is_demo=True,
    )
    branches = {
        "Centrs": Branch.objects.create(name="Centrs", address="Brīvības iela 55, Rīga", time_zone=school.time_zone),
        "Studija": Branch.objects.create(name="Studija", address="Kalnciema iela 40, Rīga", time_zone=school.time_zone),
    }
    people = {}
    password = make_password(PASSWORD)
    for name, email, role, places, takes_applications in STAFF:
        user = User.objects.create(
            email=email,
            password=password,
            name=name,
            role=Role.objects.get(code=role),
            language="en",
            takes_applications=takes_applications,
        )
        user.branches.set(branches[place] for place in places)
        people[email.split("@")[0]] = user
    return Cast(school=school, centrs=branches["Centrs"], studija=branches["Studija"], **people)
