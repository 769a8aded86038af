"""Texts of messages: Liquid that an owner may write, within limits that no text gets round.

A text sees the placeholders of its kind and nothing else. Tags and filters are a short list; ranges are written
out and short; loops, the length of every value, of the whole and the time it takes are bounded.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from liquid import BoundTemplate, Environment, RenderContext
from liquid.ast import Node
from liquid.builtin.expressions.primitive import IntegerLiteral, RangeLiteral
from liquid.exceptions import LiquidError, LiquidSyntaxError, ResourceLimitError, UnknownFilterError
from liquid.expression import Expression

from zvans.core import phones
from zvans.core.commands import Refused
from zvans.core.models import Organisation
from zvans.messaging.kinds import MessageKind

SOURCE_LIMIT = 20_000
OUTPUT_LIMIT = 60_000
_RANGE_LIMIT = 100
_ARGUMENT_LIMIT = 500
_NUMBER_LIMIT = 10**15
_SECONDS = 0.5

_TAGS = "content output illegal if unless case for break continue assign capture comment #".split()
_FILTERS = (
    "abs append at_least at_most capitalize ceil compact concat date default divided_by downcase escape first floor "
    "join last lstrip map minus modulo newline_to_br plus prepend remove replace reverse round rstrip size slice sort "
    "split squish strip strip_newlines sum times truncate truncatewords uniq upcase where"
).split()

# Placeholders that every text has.
COMMON: dict[str, Any] = {
    "client.name": gettext_lazy("the whole name"),
    "client.given_name": gettext_lazy("the given name"),
    "school.name": gettext_lazy("the school's name"),
    "school.phone": gettext_lazy("the school's phone"),
    "school.email": gettext_lazy("the school's e-mail"),
    "school.website": gettext_lazy("the school's website"),
}


class Text(NamedTuple):
    subject: str
    body: str


class TooMuch(ResourceLimitError):
    """The text asks for more than it may."""


def shipped(kind: str, language: str) -> Text:
    """The text that comes with Zvans; in English when the language has none."""
    return _shipped(kind, language) or _shipped(kind, "en") or Text("", "")


@lru_cache(maxsize=256)
def _shipped(kind: str, language: str) -> Text | None:
    app, name = kind.split(".")
    path = Path(apps.get_app_config(app).path) / "messages" / f"{name}.{language}.liquid"
    if not path.is_file():
        return None
    head, _blank, body = path.read_text("utf-8").partition("\n\n")
    return Text(head.removeprefix("Subject:").strip(), body.strip())


def fill(kind: MessageKind, text: Text, context: Mapping[str, Any]) -> Text:
    """The text with its placeholders filled; one that has no value is empty.

    Raises:
        LiquidError: when the text cannot be read or goes beyond its limits.
    """
    seen = visible(kind, context)
    subject = " ".join(_parse(text.subject).render(seen).split())
    return Text(subject[:300], _tidy(_parse(text.body).render(seen)))


def check(kind: MessageKind, text: Text) -> None:
    """Make sure that the text can be sent.

    Raises:
        Refused: with a sentence that says what is wrong, at the field it is in.
    """
    for field, source in (("subject", text.subject), ("body", text.body)):
        if not source.strip():
            raise Refused(_("Write something here."), field=field)
        try:
            template = _parse(source)
            _refuse_unknown(kind, template, field)
            template.render(visible(kind, kind.sample))
        except LiquidError as error:
            raise Refused(_sentence(error), field=field) from error


def placeholders(kind: MessageKind) -> dict[str, str]:
    """Every placeholder that a text of the kind may use, with what it says."""
    return {name: str(says) for name, says in {**kind.placeholders, **COMMON}.items()}


def of_school(school: Organisation) -> dict[str, Any]:
    """What every text may say of the school; its phone as it is dialled from anywhere."""
    return {
        "name": school.name,
        "phone": phones.display(school.phone, country=""),
        "email": school.email,
        "website": school.website,
    }


def visible(kind: MessageKind, context: Mapping[str, Any]) -> dict[str, Any]:
    """Of the context only what the kind's placeholders name."""
    seen: dict[str, Any] = {}
    for name in (*kind.placeholders, *COMMON):
        *path, last = name.split(".")
        source: Any = context
        target = seen
        for step in path:
            source = source.get(step, {}) if isinstance(source, Mapping) else {}
            target = target.setdefault(step, {})
        if isinstance(source, Mapping) and last in source:
            value = source[last]
            target[last] = value if isinstance(value, bool | int | list) else str(value or "")
    return seen


class _Context(RenderContext):
    """A rendering that stops when its time (of the processor, not of the wall) is over, and whose filters take and give no more than they may."""

    __slots__ = ("deadline",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadline = time.thread_time() + _SECONDS

    def get(self, *args: Any, **kwargs: Any) -> object:
        self._check_time()
        return super().get(*args, **kwargs)

    def filter(self, name: str, *args: Any, **kwargs: Any) -> Callable[..., object]:
        self._check_time()
        function = super().filter(name, *args, **kwargs)

        def bounded(value: object, *arguments: object, **named: object) -> object:
            _check_size(value, OUTPUT_LIMIT)
            for argument in (*arguments, *named.values()):
                _check_size(argument, _ARGUMENT_LIMIT)
            result = function(value, *arguments, **named)
            _check_size(result, OUTPUT_LIMIT)
            return result

        return bounded

    def _check_time(self) -> None:
        if time.thread_time() > self.deadline:
            raise TooMuch("out of time", token=None)


def _check_size(value: object, limit: int) -> None:
    if isinstance(value, int | float) and abs(value) > _NUMBER_LIMIT:
        raise TooMuch("number too large", token=None)
    if isinstance(value, str | list | tuple | range) and len(value) > limit:
        raise TooMuch("value too long", token=None)


class _Template(BoundTemplate):
    context_class = _Context


class _Environment(Environment):
    template_class = _Template
    loop_iteration_limit = 500
    output_stream_limit = OUTPUT_LIMIT
    local_namespace_limit = 4 * OUTPUT_LIMIT
    block_nesting_limit = 10

    def __init__(self) -> None:
        super().__init__()
        self.tags = {name: self.tags[name] for name in _TAGS}
        self.filters = {name: self.filters[name] for name in _FILTERS}


_environment = _Environment()


@lru_cache(maxsize=256)
def _parse(source: str) -> BoundTemplate:
    if len(source) > SOURCE_LIMIT:
        raise TooMuch("text too long", token=None)
    template = _environment.from_string(source)
    for expression in _expressions(template.nodes):
        if isinstance(expression, RangeLiteral):
            _check_range(expression)
    return template


def _check_range(expression: RangeLiteral) -> None:
    """python-liquid makes lists of ranges before it counts them, so a range is written out and short."""
    ends = (expression.start, expression.stop)
    if not all(isinstance(end, IntegerLiteral) for end in ends) or len(expression.evaluate(None)) > _RANGE_LIMIT:  # type: ignore[arg-type]
        raise TooMuch("range too long", token=expression.token)


def _expressions(nodes: Iterable[Node]) -> Iterator[Expression]:
    for node in nodes:
        for expression in node.expressions():
            yield from _with_children(expression)
        yield from _expressions(node.children(_NO_CONTEXT))


def _with_children(expression: Expression) -> Iterator[Expression]:
    yield expression
    for child in expression.children():
        yield from _with_children(child)


_NO_CONTEXT: Any = None


def _refuse_unknown(kind: MessageKind, template: BoundTemplate, field: str) -> None:
    known = placeholders(kind)
    for uses in template.analyze().globals.values():
        for use in uses:
            name = ".".join(str(segment) for segment in use.segments)
            if not any(name == placeholder or name.startswith(f"{placeholder}.") for placeholder in known):
                raise Refused(_unknown(name, known), field=field)


def _unknown(name: str, known: Iterable[str]) -> str:
    sentence = _("There is no placeholder “{{ %(name)s }}” here.") % {"name": name}
    close = difflib.get_close_matches(name, known, 1)
    if close:
        sentence += " " + _("Did you mean “{{ %(name)s }}”?") % {"name": close[0]}
    return sentence


def _sentence(error: LiquidError) -> str:
    if isinstance(error, ResourceLimitError):
        return _("The text asks for too much: it would be too long, repeat something too often, or take too long.")
    place = _place(error)
    if isinstance(error, UnknownFilterError):
        return _("This can't be used in messages (line %(line)s): %(what)s") % {"line": place, "what": error.message}
    if isinstance(error, LiquidSyntaxError):
        return _("The braces and signs can't be read (line %(line)s): %(what)s") % {
            "line": place,
            "what": error.message,
        }
    return _("The text can't be filled in (line %(line)s): %(what)s") % {"line": place, "what": error.message}


def _place(error: LiquidError) -> int:
    token = error.token
    return token.source.count("\n", 0, token.start_index) + 1 if token and token.start_index >= 0 else 1


def _tidy(body: str) -> str:
    """Without the gaps that conditions leave: at most one empty line in a row."""
    lines = [line.rstrip() for line in body.strip().splitlines()]
    return "\n".join(line for number, line in enumerate(lines) if line or (number and lines[number - 1]))
