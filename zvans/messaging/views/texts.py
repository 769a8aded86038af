"""Settings: which messages go out by themselves, and their texts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zvans.core import organisation
from zvans.core.access import requires, user_of
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.http import act, done
from zvans.messaging import commands, mail, templates
from zvans.messaging.forms import SettingForm, TextForm
from zvans.messaging.kinds import MessageKind, kinds
from zvans.messaging.models import Message, MessageSetting, Template
from zvans.messaging.templates import Text

_CAPABILITY = "messaging.change_template"


@require_GET
@requires(_CAPABILITY)
def text_list(request: HttpRequest) -> HttpResponse:
    """Every kind of message, whether it goes out, and the state of the mail server."""
    own: dict[str, list[str]] = {}
    for kind, language in Template.objects.values_list("kind", "language").order_by("language"):
        own.setdefault(kind, []).append(language)
    set_by_owner = {setting.kind: setting for setting in MessageSetting.objects.all()}
    rows = [_row(kind, set_by_owner.get(kind.name), own.get(kind.name, [])) for kind in kinds]
    return render(request, "messaging/texts.html", {"rows": rows, "server": mail.server()})


@requires(_CAPABILITY)
def text(request: HttpRequest, kind: str) -> HttpResponse:
    """The text of one kind in one language, with what it may name and how it looks."""
    edited, language = _kind(kind), _language(request)
    own = Template.objects.filter(kind=kind, language=language).first()
    current = Text(own.subject, own.body) if own else templates.shipped(kind, language)
    form = TextForm(request.POST or None, initial=current._asdict())
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                commands.change_text(Actor.of(user_of(request)), edited, language, Text(**form.cleaned_data))
                return done(request, _address(edited, language), _("The text is saved."))
            except Refused as refusal:
                form.refuse(refusal)
    shown = Text(form["subject"].value() or "", form["body"].value() or "")
    context = {
        "kind": edited,
        "language": language,
        "languages": settings.LANGUAGES,
        "form": form,
        "own": own,
        "placeholders": {f"{{{{ {name} }}}}": says for name, says in templates.placeholders(edited).items()},
        "row": _row(edited, MessageSetting.objects.filter(kind=kind).first(), []),
        **_preview(request, edited, language, shown),
    }
    return render(request, "messaging/text.html", context, status=status)


@require_POST
@requires(_CAPABILITY)
def text_preview(request: HttpRequest, kind: str) -> HttpResponse:
    """The text as it is being written, filled with sample values."""
    typed = Text(request.POST.get("subject", ""), request.POST.get("body", ""))
    return render(request, "messaging/preview.html", _preview(request, _kind(kind), _language(request), typed))


@require_POST
@requires(_CAPABILITY)
def text_restore(request: HttpRequest, kind: str) -> HttpResponse:
    edited, language = _kind(kind), _language(request)
    commands.restore_text(Actor.of(user_of(request)), edited, language)
    return done(request, _address(edited, language), _("The text is the shipped one again."))


@require_POST
@requires(_CAPABILITY)
def text_test(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the saved text to whoever asks, filled with sample values."""
    edited, language = _kind(kind), _language(request)
    own = Template.objects.filter(kind=kind, language=language).first()
    text = Text(own.subject, own.body) if own else templates.shipped(kind, language)
    with translation.override(language):
        filled = templates.fill(edited, text, _sample(edited))
    return _send_test(request, filled, language, _address(edited, language))


@require_POST
@requires(_CAPABILITY)
def mail_test(request: HttpRequest) -> HttpResponse:
    """Send an e-mail to whoever asks, to see whether the mail server works."""
    words = Text(_("A test from Zvans"), _("If you can read this, e-mail from Zvans arrives."))
    return _send_test(request, words, user_of(request).language or "en", reverse("text_list"))


@require_POST
@requires(_CAPABILITY)
def text_switch(request: HttpRequest, kind: str) -> HttpResponse:
    """Switch a kind on or off, or say how many days ahead it goes out."""
    edited = _kind(kind)
    form = SettingForm(request.POST)
    back = reverse("text_list") if "list" in request.POST else _address(edited, _language(request))
    if not form.is_valid():
        return act(request, lambda: _refuse(form), lambda none: none, back)
    sent = {name: value for name, value in form.cleaned_data.items() if request.POST.get(name)}
    commands.change_setting(Actor.of(user_of(request)), edited, **sent)
    return done(request, back, _("Saved."))


def _kind(name: str) -> MessageKind:
    kind = kinds.get(name)
    if kind is None:
        raise Http404
    return kind


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else organisation.current().language


def _address(kind: MessageKind, language: str) -> str:
    return f"{reverse('text', args=[kind.name])}?language={language}"


def _row(kind: MessageKind, setting: MessageSetting | None, own: list[str]) -> dict[str, Any]:
    days = setting.days_before if setting and setting.days_before is not None else kind.days_before
    return {"kind": kind, "is_on": setting.is_on if setting else True, "days_before": days, "own": own}


def _sample(kind: MessageKind) -> dict[str, Any]:
    return {
        **kind.sample,
        "client": {"name": "Anna Liepa", "given_name": "Anna"},
        "school": templates.of_school(organisation.current()),
    }


def _preview(request: HttpRequest, kind: MessageKind, language: str, text: Text) -> dict[str, Any]:
    """The e-mail filled with sample values, or the sentence that says why it can't be."""
    context: dict[str, Any] = {"school": organisation.current(), "message": None, "mistake": ""}
    try:
        templates.check(kind, text)
        with translation.override(language):
            filled = templates.fill(kind, text, _sample(kind))
        context["message"] = Message(language=language, subject=filled.subject, body=filled.body)
    except Refused as refusal:
        context["mistake"] = str(refusal)
    return context


def _send_test(request: HttpRequest, text: Text, language: str, back: str) -> HttpResponse:
    address = user_of(request).email
    return act(
        request,
        lambda: mail.send_test(address, text.subject, text.body, language),
        lambda _none: done(request, back, _("A test was sent to %(address)s.") % {"address": address}),
        back,
    )


def _refuse(form: SettingForm) -> HttpResponse:
    raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
