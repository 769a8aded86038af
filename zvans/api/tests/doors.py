"""Who may ask the API: its public part is open to all."""

from zvans.core.tests.doors import Door

DOORS = {
    "api-v1:api-root": Door(public=True),
    "api-v1:openapi-json": Door(public=True),
    "api-v1:public_groups": Door(public=True),
    "api-v1:public_applications": Door(public=True, post=True),
}
