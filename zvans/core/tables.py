"""Lists of any length: pages are cut without counting all the rows."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django_tables2.paginators import LazyPaginator

SIZE = 50
COUNTED = 1000


class Pages(LazyPaginator):
    """Knows the next page by one row more. ``found`` counts no further than ``COUNTED``.

    Give it to ``RequestConfig(request, paginate=tables.PAGINATE).configure(table)``.
    """

    def page(self, number: int | str) -> Page[Any]:
        page: Page[Any] = super().page(number)
        self.shown = page
        return page

    @cached_property
    def found(self) -> str:
        """How many rows there are: "38", or "1000+"."""
        page = self.shown
        if page.number == 1 and not page.has_next():
            return str(len(page.object_list))
        count = self.object_list.data.data.order_by().values("pk")[: COUNTED + 1].count()
        return f"{COUNTED}+" if count > COUNTED else str(count)


PAGINATE = {"paginator_class": Pages, "per_page": SIZE}
