from django.urls import path

from zvans.money import views

urlpatterns = [
    path("money/", views.money, name="money"),
    path("money/payments/", views.payment_list, name="payment_list"),
    path("sales/<int:pk>/", views.sale, name="sale"),
    path("sales/<int:pk>/payment/", views.payment_add, name="payment_add"),
    path("sales/<int:pk>/refund/", views.sale_refund, name="sale_refund"),
    path("sales/<int:pk>/plan/", views.sale_plan, name="sale_plan"),
    path("sales/<int:pk>/charge/", views.charge_add, name="charge_add"),
    path("sales/<int:pk>/cancel/", views.sale_cancel, name="sale_cancel"),
    path("sales/<int:pk>/remind/", views.sale_remind, name="sale_remind"),
    path("payments/<int:pk>/correct/", views.payment_correct, name="payment_correct"),
    path("clients/<int:pk>/payment/", views.client_pay, name="client_pay"),
]
