"""Django's ``{% url %}`` and ``{% trans %}``, which remember what they found out: a list has them in every row."""

from functools import lru_cache
from typing import Any

from django import template
from django.template import defaulttags
from django.template.base import FilterExpression, Parser, Token
from django.templatetags import i18n
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

register = template.Library()

# No address holds this number itself, so it marks the place of the argument.
_STAND_IN = 9_020_416_857


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """As Django's. The address of a page or of a record by its number is looked up once and the number filled in."""
    node: Any = defaulttags.url(parser, token)
    return node if node.kwargs or len(node.args) > 1 else _Url(node.view_name, node.args, node.kwargs, node.asvar)


class _Url(defaulttags.URLNode):
    view_name: FilterExpression
    args: list[FilterExpression]
    asvar: str | None

    def render(self, context: template.Context) -> str:
        name = self.view_name.resolve(context)
        numbers = [argument.resolve(context) for argument in self.args]
        if ":" in name or any(type(number) is not int for number in numbers):
            return super().render(context)
        try:
            pattern = _pattern(name, len(numbers), get_urlconf(), get_script_prefix())
        except NoReverseMatch:
            return super().render(context)
        address = pattern.replace(str(_STAND_IN), str(numbers[0])) if numbers else pattern
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


@lru_cache(maxsize=1024)
def _pattern(name: str, arguments: int, _urlconf: str | None, _prefix: str) -> str:
    return reverse(name, args=[_STAND_IN] * arguments)


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> template.Node:
    """As Django's. A text that stands in the template as it is, is translated once in each language."""
    node: Any = i18n.do_translate(parser, token)
    text = node.filter_expression
    if node.asvar or node.message_context or text.filters or text.var.lookups is not None:
        return node  # type: ignore[no-any-return]
    return _Translate(text, node.noop)


class _Translate(i18n.TranslateNode):
    def __init__(self, text: FilterExpression, noop: bool) -> None:
        super().__init__(text, noop)
        self.known: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        language = get_language()
        if language not in self.known:
            self.known[language] = super().render(context)
        return self.known[language]
