from django.urls import path

from zvans.core import kept_lists
from zvans.schedule import lists
from zvans.schedule.views import answers, groups, places, programs

urlpatterns = [
    path("programs/", programs.program_list, name="program_list"),
    path("programs/add/", programs.program_add, name="program_add"),
    path("programs/<int:pk>/change/", programs.program_change, name="program_change"),
    path("programs/<int:pk>/archive/", programs.program_archive, name="program_archive"),
    path("programs/<int:pk>/restore/", programs.program_restore, name="program_restore"),
    path("groups/", groups.group_list, name="group_list"),
    path("groups/add/", groups.group_add, name="group_add"),
    path("groups/open-many/", groups.group_open_many, name="group_open_many"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/change/", groups.group_change, name="group_change"),
    path("groups/<int:pk>/cancel/", groups.group_cancel, name="group_cancel"),
    path("groups/<int:pk>/archive/", groups.group_archive, name="group_archive"),
    path("groups/<int:pk>/restore/", groups.group_restore, name="group_restore"),
    path("groups/<int:pk>/ask/", groups.group_ask, name="group_ask"),
    path("groups/<int:pk>/enrol/", places.group_enrol, name="group_enrol"),
    path("clients/<int:pk>/enrol/", places.client_enrol, name="client_enrol"),
    path("enrolments/<int:pk>/", places.enrolment, name="enrolment"),
    path("enrolments/<int:pk>/cancel/", places.enrolment_cancel, name="enrolment_cancel"),
    path("enrolments/<int:pk>/transfer/", places.enrolment_transfer, name="enrolment_transfer"),
    path("enrolments/<int:pk>/accept/", places.enrolment_accept, name="enrolment_accept"),
    path("enrolments/<int:pk>/decline/", places.enrolment_decline, name="enrolment_decline"),
    path("enrolments/<int:pk>/give/", places.enrolment_give, name="enrolment_give"),
    path("enrolments/<int:pk>/move/", places.enrolment_move, name="enrolment_move"),
    path("enrolments/<int:pk>/coming/", places.enrolment_coming, name="enrolment_coming"),
    path("places/<str:token>/", answers.place_answer, name="place_answer"),
    *kept_lists.urls(lists.ROOMS),
    path("settings/days-off/", programs.closure_list, name="closure_list"),
    path("settings/days-off/add/", programs.closure_add, name="closure_add"),
    path("settings/days-off/<int:pk>/remove/", programs.closure_remove, name="closure_remove"),
    path("settings/days-off/holidays/<str:day>/", programs.holiday_switch, name="holiday_switch"),
    path("settings/waiting-list/", programs.place_rules, name="place_rules"),
]
