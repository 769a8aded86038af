"""The roles as shipped: exactly what team/roles.py says, on every ``migrate``."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from zvans.demo.cast import Cast
from zvans.team import roles
from zvans.team.models import Role, User

pytestmark = pytest.mark.django_db


def held(code: str) -> set[str]:
    names = Permission.objects.filter(group__role__code=code).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in names}


@pytest.mark.parametrize("code", list(Role.Code))
def test_a_role_holds_what_is_written_and_no_more(code: Role.Code) -> None:
    scope, capabilities = roles.SHIPPED[code]
    assert held(code) == capabilities
    assert Role.objects.get(code=code).scope == scope


def test_laying_them_again_changes_nothing() -> None:
    before = {code: held(code) for code in Role.Code}
    Role.objects.get(code=Role.Code.TEACHER).group.permissions.add(Permission.objects.get(codename="take_payment"))
    for _time in range(2):
        for app in apps.get_app_configs():
            roles.lay(app)
    assert {code: held(code) for code in Role.Code} == before


def test_a_user_may_what_their_role_may_while_they_are_active(cast: Cast) -> None:
    assert cast.liga.has_perm("people.change_client")
    assert not cast.liga.has_perm("people.archive_client")
    assert not cast.liga.has_perm("money.view_revenue")
    cast.liga.is_active = False
    assert not cast.liga.has_perm("people.change_client")
    assert isinstance(User.objects.get(pk=cast.anna.pk).capabilities, frozenset)
