from django.urls import path

from zvans.messaging import views

urlpatterns = [
    path("messages/", views.messages.message_list, name="message_list"),
    path("messages/<int:pk>/", views.messages.message, name="message"),
    path("messages/<int:pk>/retry/", views.messages.message_retry, name="message_retry"),
    path("messages/<int:pk>/set-aside/", views.messages.message_set_aside, name="message_set_aside"),
    path("clients/<int:pk>/message/", views.messages.message_write, name="message_write"),
    path("clients/<int:pk>/message/preview/", views.messages.message_preview, name="message_preview"),
    path("settings/messages/", views.texts.text_list, name="text_list"),
    path("settings/messages/test/", views.texts.mail_test, name="mail_test"),
    path("settings/messages/<str:kind>/", views.texts.text, name="text"),
    path("settings/messages/<str:kind>/preview/", views.texts.text_preview, name="text_preview"),
    path("settings/messages/<str:kind>/restore/", views.texts.text_restore, name="text_restore"),
    path("settings/messages/<str:kind>/test/", views.texts.text_test, name="text_test"),
    path("settings/messages/<str:kind>/switch/", views.texts.text_switch, name="text_switch"),
    path("opt-out/<str:token>/", views.public.opt_out, name="opt_out"),
]
