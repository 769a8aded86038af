from django.urls import path

from zvans.demo import views

urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/sign-in/<int:pk>/", views.demo_sign_in, name="demo_sign_in"),
    path("demo/load/", views.demo_load, name="demo_load"),
    path("demo/opening/<uuid:uuid>/", views.demo_opening, name="demo_opening"),
    path("demo/remove/", views.demo_remove, name="demo_remove"),
]
