from django.urls import include, path

from zvans.core import kept_lists
from zvans.people import lists
from zvans.people.today.views import today
from zvans.people.views import clients, composer, family, tasks

urlpatterns = [
    path("imports/", include("zvans.people.imports.urls")),
    path("", today, name="today"),
    path("clients/", clients.client_list, name="client_list"),
    path("clients/choices/", clients.client_choices, name="client_choices"),
    path("clients/lookalikes/", clients.client_lookalikes, name="client_lookalikes"),
    path("clients/add/", clients.client_add, name="client_add"),
    path("clients/<int:pk>/", clients.client, name="client"),
    path("clients/<int:pk>/change/", clients.client_change, name="client_change"),
    path("clients/<int:pk>/archive/", clients.client_archive, name="client_archive"),
    path("clients/<int:pk>/restore/", clients.client_restore, name="client_restore"),
    path("clients/<int:pk>/note/", composer.client_note, name="client_note"),
    path("clients/<int:pk>/call/", composer.client_call, name="client_call"),
    path("clients/<int:pk>/family/add/", family.family_add, name="family_add"),
    path("clients/<int:pk>/family/<int:tie>/remove/", family.family_remove, name="family_remove"),
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/add/", tasks.task_add, name="task_add"),
    path("tasks/<int:pk>/", tasks.task_change, name="task_change"),
    path("tasks/<int:pk>/complete/", tasks.task_complete, name="task_complete"),
    path("tasks/<int:pk>/reopen/", tasks.task_reopen, name="task_reopen"),
    path("tasks/<int:pk>/postpone/", tasks.task_postpone, name="task_postpone"),
    *(page for kept in lists.ALL for page in kept_lists.urls(kept)),
]
