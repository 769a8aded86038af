from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "zvans.website"
    label = "website"
