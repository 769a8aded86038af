"""Template vocabulary of people: ``{% load people %}``."""

from typing import Any

from django import template
from django.utils.functional import Promise

from zvans.people.calls import OUTCOMES, Outcome

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: template.Context, template_name: str, more: dict[str, Any]) -> str:
    """A panel or section that an app registered: its template, with what its ``load`` returned."""
    assert context.template is not None
    with context.push(**more):
        return context.template.engine.get_template(template_name).render(context)


@register.filter
def outcome(name: str) -> Outcome | str | Promise:
    """The outcome of a call by the name that the journal holds."""
    return OUTCOMES.get(name) or Outcome(name, name, icon="phone")
