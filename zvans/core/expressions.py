"""Database expressions of our own, the same on both engines."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import Subquery


class JSONList(Subquery):
    """The rows of a subquery of ``values("pk", "name")`` as a list of ``{"pk", "name"}``, in its order.

    It spares a prefetch: ``Client.objects.annotate(tag_list=JSONList(tags_of_outer_ref))``.
    """

    template = "(SELECT JSON_GROUP_ARRAY(JSON_OBJECT('pk', row.pk, 'name', row.name)) FROM (%(subquery)s) AS row)"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = (
            "(SELECT COALESCE(JSONB_AGG(JSONB_BUILD_OBJECT('pk', \"row\".pk, 'name', \"row\".name)), '[]'::jsonb) "
            'FROM (%(subquery)s) AS "row")'
        )
        return self.as_sql(compiler, connection, template=template)
