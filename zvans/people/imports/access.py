"""Who sees which imports."""

from django.db.models import QuerySet

from zvans.people.models import ImportRun
from zvans.team.models import User


def visible_imports(user: User) -> QuerySet[ImportRun]:
    """Everyone's for whoever sees everything, otherwise the user's own."""
    if not user.has_perm("people.import_clients"):
        return ImportRun.objects.none()
    runs = ImportRun.objects.select_related("started_by", "job")
    return runs if user.sees_all else runs.filter(started_by=user)
