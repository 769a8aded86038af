from django.urls import path

from zvans.core import kept_lists
from zvans.sales import lists
from zvans.sales.views import acts, board, deals, pipelines

urlpatterns = [
    path("deals/", board.deal_board, name="deal_board"),
    path("deals/stages/<int:pk>/", board.deal_column, name="deal_column"),
    path("deals/list/", board.deal_list, name="deal_list"),
    path("deals/add/", deals.deal_add, name="deal_add"),
    path("clients/<int:client>/deals/add/", deals.deal_add, name="client_deal_add"),
    path("deals/<int:pk>/", deals.deal, name="deal"),
    path("deals/<int:pk>/move/", board.deal_move, name="deal_move"),
    path("deals/<int:pk>/change/", acts.deal_change, name="deal_change"),
    path("deals/<int:pk>/step/", acts.deal_step, name="deal_step"),
    path("deals/<int:pk>/later/", acts.deal_later, name="deal_later"),
    path("deals/<int:pk>/thinking/", acts.deal_thinking, name="deal_thinking"),
    path("deals/<int:pk>/confirm/", acts.deal_confirm, name="deal_confirm"),
    path("deals/<int:pk>/win/", acts.deal_win, name="deal_win"),
    path("deals/<int:pk>/refuse/", acts.deal_refuse, name="deal_refuse"),
    path("deals/<int:pk>/reopen/", acts.deal_reopen, name="deal_reopen"),
    path("deals/<int:pk>/archive/", acts.deal_archive, name="deal_archive"),
    path("deals/<int:pk>/restore/", acts.deal_restore, name="deal_restore"),
    path("deals/<int:pk>/undo/<int:event>/", acts.deal_undo, name="deal_undo"),
    path("settings/pipelines/add/", pipelines.pipeline_add, name="pipeline_add"),
    path("settings/pipelines/<int:pk>/", pipelines.pipeline, name="pipeline"),
    path("settings/pipelines/<int:pk>/stages/add/", pipelines.stage_add, name="stage_add"),
    path("settings/stages/<int:pk>/archive/", pipelines.stage_archive, name="stage_archive"),
    *kept_lists.urls(lists.PIPELINES, but=("add",)),
    *kept_lists.urls(lists.STAGES, but=("list", "add", "archive")),
    *kept_lists.urls(lists.REASONS),
]
