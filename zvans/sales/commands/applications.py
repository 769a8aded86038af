"""An application of the website becomes client, deal, next step and answer in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from zvans.core import journal, locks, organisation, search
from zvans.core.actors import Actor
from zvans.core.commands import Refused, assign, command
from zvans.core.models import EventSubject
from zvans.messaging import commands as messaging
from zvans.people import commands as people
from zvans.people.commands import Contact, read_contact
from zvans.people.models import Client, ContactPoint, Source
from zvans.sales.commands.deals import concerned, open_deal
from zvans.sales.models import Application, Deal
from zvans.schedule.models import Group, Program
from zvans.team.models import Branch, User

# How sites call themselves in utm_source and in the referrer's address.
_SITES = {
    "fb": "Facebook",
    "facebook": "Facebook",
    "ig": "Instagram",
    "instagram": "Instagram",
    "google": "Google",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "linkedin": "LinkedIn",
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
}
_WEBSITE = gettext_noop("Website")
_CALL = gettext_noop("Call: application")
_WRITE = gettext_noop("Write: application")


@command
def receive_application(
    *,
    name: str,
    phone: str = "",
    email: str = "",
    program: Program | None = None,
    group: Group | None = None,
    comment: str = "",
    consent: bool,
    language: str = "",
    utm: dict[str, str] | None = None,
    referrer: str = "",
    key: str,
) -> Application:
    """What a visitor of the website sends becomes a client, a deal with its source, a call that is due now for the
    manager whose turn it is, and an acknowledgement by e-mail.

    A client is matched by phone or e-mail, of applications at the same moment too; nothing that goes back to the
    visitor depends on it, and what they typed stays with the application until a manager takes it over. The same
    person asking for the same thing again within a day is one deal, whose call becomes due again.

    Args:
        key: the same one sent twice, even at once, is one application.

    Raises:
        Refused: without a name, or without a phone or e-mail that can be read.
    """
    first = Application.objects.filter(key=key).first()
    if first:
        return first
    contacts = _readable(phone, email)
    if not name.strip():
        raise Refused(_("Write your name."), field="name")
    if not contacts:
        raise Refused(_("Write a phone number or an e-mail that we can answer."), field="email" if email else "phone")
    application = Application(
        key=key,
        name=" ".join(name.split())[:160],
        phone=phone.strip()[:60],
        email=email.strip()[:254],
        comment=comment.strip(),
        consent=consent,
        language=language,
    )
    try:
        with transaction.atomic():
            return _take_in(application, contacts, program=program, group=group, utm=utm or {}, referrer=referrer)
    except IntegrityError:
        # The same key, at the same moment: the first one stands.
        first = Application.objects.filter(key=key).first()
        if first is None:
            raise
        return first


def _take_in(
    application: Application,
    contacts: dict[ContactPoint.Kind, Contact],
    *,
    program: Program | None,
    group: Group | None,
    utm: dict[str, str],
    referrer: str,
) -> Application:
    # Whoever comes with the same phone or e-mail at the same moment waits here, then finds the client.
    locks.hold("applicant", [contact.value for contact in contacts.values()])
    by = Actor.website()
    source = _source(utm.get("utm_source", ""), referrer)
    client = _match(contacts) or _add(by, application, contacts, group, source)
    _bring_back(by, client, consent=application.consent)
    program = program or (group.program if group else None)
    deal = _same_request(client, application, program, group)
    if deal and hasattr(deal, "application"):
        return _repeat(by, deal, application)
    if deal is None:
        deal = open_deal(
            client,
            program=program,
            group=group,
            wish="" if program else application.comment[:300],
            source=source,
            utm={name: value[:200] for name, value in utm.items()},
            referrer=referrer[:500],
            manager=_whose_turn(client, group.branch if group else None),
            **_first_step(contacts),
        )
    application.deal = deal
    application.save(force_insert=True)
    journal.record(
        by,
        "sales.application_received",
        deal,
        concerning=concerned(deal),
        wanted=deal.wanted,
        comment=application.comment,
        source=str(deal.source or ""),
    )
    _acknowledge(application, contacts, client)
    return application


def _readable(phone: str, email: str) -> dict[ContactPoint.Kind, Contact]:
    """The ways to answer that can be read, by kind, in the form in which they are kept."""
    found = {}
    for kind, typed in ((ContactPoint.Kind.PHONE, phone), (ContactPoint.Kind.EMAIL, email)):
        value, unreadable = read_contact(Contact(kind, typed))
        if value and not unreadable:
            found[kind] = Contact(kind, value)
    return found


def _match(contacts: dict[ContactPoint.Kind, Contact]) -> Client | None:
    """The client with one of the contacts; of several, the one about whom something happened last."""
    points = ContactPoint.objects.filter(typed="", value__in=[contact.value for contact in contacts.values()])
    events = EventSubject.objects.filter(subject_type=journal.content_type(Client()), subject_id=OuterRef("pk"))
    newest = events.order_by().values("subject_id").annotate(newest=Max("event_id")).values("newest")
    return (
        Client.objects.filter(pk__in=points.values("client_id"))
        .annotate(newest=Subquery(newest))
        .order_by(F("archived_at").asc(nulls_first=True), F("newest").desc(nulls_last=True), "-pk")
        .first()
    )


def _add(
    by: Actor,
    application: Application,
    contacts: dict[ContactPoint.Kind, Contact],
    group: Group | None,
    source: Source,
) -> Client:
    given, _space, family = application.name.partition(" ")
    if application.language == "hu" and family:
        given, family = family, given
    return people.add_client(
        by,
        given_name=given[:120],
        family_name=family[:120],
        contacts=list(contacts.values()),
        source=source,
        branch=group.branch if group else None,
        language=application.language,
    )


def _bring_back(by: Actor, client: Client, *, consent: bool) -> None:
    """Whoever writes again is no longer put away; their consent is kept with its date."""
    people.restore_client(by, client)
    if consent and client.data_consent_at is None:
        people.change_client(by, client, data_consent_at=timezone.now())


def _same_request(
    client: Client, application: Application, program: Program | None, group: Group | None
) -> Deal | None:
    """The client's open deal of the last day for the same thing by the same name (a parent may ask for two children)."""
    recent = Deal.objects.open().filter(
        client=client, program=program, group=group, created_at__gte=timezone.now() - timedelta(days=1)
    )
    deals = recent.select_related("application", "client", "program", "group")
    wanted = search.fold(application.name)
    for deal in deals:
        asked_by = deal.application.name if hasattr(deal, "application") else deal.client.name
        if search.fold(asked_by) == wanted:
            return deal
    return None


def _repeat(by: Actor, deal: Deal, application: Application) -> Application:
    now = timezone.now()
    deals = Deal.objects.filter(pk=deal.pk, state=Deal.State.OPEN, next_step_at__gt=now)
    changes = assign(deal, next_step_at=now) if deals.update(next_step_at=now) else {}
    journal.record(
        by,
        "sales.application_repeated",
        deal,
        concerning=concerned(deal),
        changes=changes,
        comment=application.comment,
    )
    return deal.application


def _source(utm_source: str, referrer: str) -> Source:
    """The source that the visitor came from: what the campaign's link says, else the site before ours, else ours."""
    host = _host(referrer)
    told = utm_source.strip() or ("" if host == _host(organisation.current().website) else host)
    name = _SITES.get(told.lower().split(".")[0], told)[:80] or _in_our_language(_WEBSITE)
    known = Source.objects.filter(name__iexact=name).first()
    return known or Source.objects.get_or_create(name=name)[0]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _whose_turn(client: Client, branch: Branch | None) -> User | None:
    """The client's own manager; else who has waited longest of those who take applications, of the branch if any do.

    Those whose turn it may be are locked in the order of their keys until the application is written, so that two
    applications at once go to two people and never wait for each other in a circle.
    """
    takers = User.objects.filter(is_active=True, takes_applications=True)
    if client.manager_id and (own := takers.filter(pk=client.manager_id).first()):
        return own
    if branch and takers.filter(branches=branch).exists():
        takers = takers.filter(branches=branch)
    queue = list(User.objects.filter(pk__in=takers.values("pk")).order_by("pk").select_for_update(no_key=True))
    if not queue:
        return None
    user = min(queue, key=lambda taker: taker.last_application_at or datetime.min.replace(tzinfo=UTC))
    user.last_application_at = timezone.now()
    user.save(update_fields=["last_application_at"])
    return user


def _first_step(contacts: dict[ContactPoint.Kind, Contact]) -> dict[str, Any]:
    by_phone = ContactPoint.Kind.PHONE in contacts
    return {
        "next_step": _in_our_language(_CALL if by_phone else _WRITE),
        "next_step_kind": Deal.Step.CALL if by_phone else Deal.Step.WRITE,
        "next_step_at": timezone.now(),
    }


def _acknowledge(application: Application, contacts: dict[ContactPoint.Kind, Contact], client: Client) -> None:
    """Thank the person who wrote, by the name and at the address that they gave: a matched card is not shown to them."""
    email = contacts.get(ContactPoint.Kind.EMAIL)
    messaging.queue(
        "sales.application_received",
        key=f"sales.application_received:{application.pk}",
        client=client,
        to=email.value if email else "",
        language=application.language,
        context={"application": {"name": application.name, "wanted": application.deal.wanted}},
    )


def _in_our_language(text: str) -> str:
    with translation.override(organisation.current().language):
        return translation.gettext(text)
