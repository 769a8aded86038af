"""From the outbox to the mail server: once each, tried again, given up, kept, opted out of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import OrmQ

from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.messaging import commands, mail, outbox
from zvans.messaging.commands import Draft
from zvans.messaging.models import Message
from zvans.messaging.outbox import deliver_due
from zvans.messaging.tests.mailbox import Mailbox, mail_server
from zvans.messaging.tests.making import a_client
from zvans.people.commands import change_client
from zvans.people.models import Client
from zvans.team.models import User

AsUser = Callable[[User], Http]
KIND = "money.payment_received"
CONTEXT = {"payment": {"amount": "€50"}, "sale": {"title": "English A1", "left": ""}}


@pytest.fixture
def mailbox(cast: Cast) -> Iterator[Mailbox]:
    with mail_server() as (box, _port):
        yield box


def queue(cast: Cast, key: str = "one", **changes: object) -> Message | None:
    client = changes.pop("client", None) or a_client(cast)
    return commands.queue(KIND, key=key, client=client, context=CONTEXT, **changes)  # type: ignore[arg-type]


def test_a_message_arrives_as_it_should(cast: Cast, mailbox: Mailbox) -> None:
    message = queue(cast)
    assert message is not None
    assert OrmQ.objects.exists(), "the worker is asked at once"
    assert deliver_due() == 1
    [came] = mailbox.messages
    assert came["To"] == "arturs@apollo.example"
    assert came["From"] == "Lāse <zvans@lase.example>"
    assert came["Reply-To"] == "birojs@lase.example"
    assert came["Message-ID"] == f"<{message.uuid}@lase.example>"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came["Content-Language"] == "en"
    assert came["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert came["X-Zvans-May-Be-Repeated"] is None
    plain, html = came.get_body(("plain",)), came.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "We have received €50 for English A1." in plain.get_content()
    assert "/opt-out/" in plain.get_content()
    assert 'lang="en"' in html.get_content()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Message.State.SENT, 1)
    assert message.sent_at is not None
    assert deliver_due() == 0


def test_the_same_key_is_one_message(cast: Cast, mailbox: Mailbox) -> None:
    client = a_client(cast)
    assert queue(cast, client=client) == queue(cast, client=client)
    deliver_due()
    assert len(mailbox.messages) == 1
    assert history(client).filter(kind="messaging.message_queued").count() == 1


def test_a_message_is_in_the_clients_language_and_else_in_the_schools(cast: Cast) -> None:
    assert queue(cast, client=a_client(cast, language="")).language == "lv"  # type: ignore[union-attr]
    assert queue(cast, "two", client=a_client(cast, language="en")).language == "en"  # type: ignore[union-attr]
    assert queue(cast, "three", language="hu").language == "hu"  # type: ignore[union-attr]


def test_no_address_no_message(cast: Cast) -> None:
    assert queue(cast, client=a_client(cast, email="")) is None
    assert queue(cast, client=a_client(cast, email="not an address")) is None
    assert queue(cast, client=a_client(cast, email=""), to="mother@apollo.example") is not None


def test_nothing_is_sent_before_its_time(cast: Cast, mailbox: Mailbox) -> None:
    queue(cast, send_at=timezone.now() + timedelta(hours=1))
    assert deliver_due() == 0
    Message.objects.update(next_attempt_at=timezone.now())
    assert deliver_due() == 1


def test_a_cancelled_message_is_not_sent(cast: Cast, mailbox: Mailbox) -> None:
    queue(cast, "group:1:start")
    queue(cast, "group:12:start")
    assert commands.cancel("group:1:") == 1
    assert deliver_due() == 1


def test_a_refused_address_is_given_up_and_the_rest_goes_out(cast: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    mailbox.refuses["gone@apollo.example"] = "550 5.1.1 no such user"
    dead = queue(cast, "dead", client=a_client(cast, email="gone@apollo.example"))
    queue(cast, "alive")
    assert dead is not None
    assert deliver_due() == 1
    dead.refresh_from_db()
    assert (dead.state, dead.error) == (Message.State.DEAD, "550 5.1.1 no such user")

    assert "1 message could not be sent" in as_user(cast.martins).get("/").content.decode()
    assert "could not be sent" not in as_user(cast.liga).get("/").content.decode()
    desk = as_user(cast.liga)
    assert "no such user" in desk.get(f"/messages/{dead.pk}/").content.decode()
    del mailbox.refuses["gone@apollo.example"]
    desk.post(f"/messages/{dead.pk}/retry/")
    assert deliver_due() == 1
    refused = desk.post(f"/messages/{dead.pk}/retry/", follow=True).content.decode()
    assert "not among those that could not be sent" in refused


def test_a_dead_message_is_set_aside(cast: Cast, as_user: AsUser) -> None:
    message = queue(cast)
    assert message is not None
    Message.objects.update(state=Message.State.DEAD)
    as_user(cast.liga).post(f"/messages/{message.pk}/set-aside/")
    message.refresh_from_db()
    assert message.state == Message.State.CANCELLED


def test_a_busy_server_is_tried_again_later_and_later(cast: Cast, mailbox: Mailbox) -> None:
    mailbox.refuses["arturs@apollo.example"] = "451 4.7.1 greylisted"
    message = queue(cast)
    assert message is not None
    for pause in outbox.BACK_OFF:
        now = timezone.now()
        Message.objects.update(next_attempt_at=now)
        assert deliver_due() == 0
        message.refresh_from_db()
        assert message.state == Message.State.QUEUED
        assert timedelta(0) <= message.next_attempt_at - now - pause < timedelta(minutes=1)
        assert "greylisted" in message.error
    Message.objects.update(next_attempt_at=timezone.now())
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Message.State.DEAD, len(outbox.BACK_OFF) + 1)


def test_a_server_that_is_down_loses_nothing_and_heads_are_told(cast: Cast, settings: object, as_user: AsUser) -> None:
    with mail_server():
        message = queue(cast)
        assert message is not None
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_USE_TLS = False  # type: ignore[attr-defined]
    Message.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=20))
    assert deliver_due() == 0
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Message.State.QUEUED, 0)
    assert "refused" in message.error.lower()
    assert "waiting to be sent" in as_user(cast.sanita).get("/").content.decode()


def test_one_left_by_a_dead_worker_is_taken_again_and_marked(cast: Cast, mailbox: Mailbox) -> None:
    message = queue(cast)
    assert message is not None
    assert outbox._take(message.pk) is not None
    assert outbox._take(message.pk) is None, "another worker holds it"
    assert deliver_due() == 0
    Message.objects.update(next_attempt_at=timezone.now())
    assert deliver_due() == 1
    assert mailbox.messages[0]["X-Zvans-May-Be-Repeated"] == "yes"
    message.refresh_from_db()
    assert message.may_be_repeated


def test_without_a_mail_server_messages_are_kept_and_the_page_says_so(cast: Cast, as_user: AsUser) -> None:
    message = queue(cast)
    later = queue(cast, "later", send_at=timezone.now() + timedelta(hours=1))
    assert message is not None
    assert later is not None
    assert (message.state, later.state) == (Message.State.KEPT, Message.State.QUEUED)
    Message.objects.update(next_attempt_at=timezone.now())
    deliver_due()
    later.refresh_from_db()
    assert later.state == Message.State.KEPT
    for address in ("/messages/", f"/messages/{message.pk}/"):
        assert "No mail server is set" in as_user(cast.liga).get(address).content.decode()


def wants_messages(client: Client) -> bool:
    return Client.objects.get(pk=client.pk).wants_messages


def test_opting_out_holds_for_what_is_queued_and_what_waits(cast: Cast, mailbox: Mailbox) -> None:
    client = a_client(cast)
    due = {"sale": {"title": "A1"}, "payment": {"amount": "€5", "due_on": "today"}}
    waiting = commands.queue("money.payment_due", key="waiting", client=client, context=due)
    assert waiting is not None
    link = re.search(r"/opt-out/[^/]+/", mail.opt_out_address(client))
    assert link is not None
    visitor = Http()
    assert "No more messages?" in visitor.get(link.group()).content.decode()
    assert wants_messages(client), "looking at the page changes nothing"
    # What a mail program posts by itself, from another site and without our cookies.
    one_click = Http(enforce_csrf_checks=True).post(link.group(), {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    assert not wants_messages(client)
    client.refresh_from_db()
    assert deliver_due() == 0
    waiting.refresh_from_db()
    assert waiting.state == Message.State.CANCELLED
    assert commands.queue("money.payment_due", key="more", client=client, context=due) is None
    assert queue(cast, client=client) is not None, "an answer to what they did goes out all the same"
    visitor.post(link.group(), {"wanted": "yes"})
    assert wants_messages(client)


@pytest.mark.parametrize("token", ["1", "1:forged", "x", Signer(salt="other").sign("1")])
def test_a_forged_link_opens_nothing(cast: Cast, token: str) -> None:
    a_client(cast)
    assert Http().post(f"/opt-out/{token}/").status_code == 404


def test_no_name_or_subject_adds_a_header(cast: Cast, mailbox: Mailbox) -> None:
    cast.school.name = "Lāse\r\nBcc: spy@evil.example"
    cast.school.save()
    client = a_client(cast)
    commands.write(Actor.of(cast.ilze), client, subject="Hi\r\nBcc: spy@evil.example", text="x", key="1")
    deliver_due()
    assert mailbox.recipients == ["arturs@apollo.example"]
    assert mailbox.messages[0]["Bcc"] is None
    assert mailbox.messages[0]["Subject"] == "Hi Bcc: spy@evil.example"


def test_markup_in_a_text_is_text(cast: Cast, mailbox: Mailbox) -> None:
    commands.write(Actor.of(cast.ilze), a_client(cast), subject="Hi", text="<img src=x> https://lase.example", key="1")
    deliver_due()
    html = mailbox.messages[0].get_body(("html",))
    assert html is not None
    assert "<img" not in html.get_content()
    assert 'href="https://lase.example"' in html.get_content()


def test_a_manager_writes_by_hand(cast: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    client = a_client(cast)
    http = as_user(cast.ilze)
    address = f"/clients/{client.pk}/message/"
    form = {"subject": "The room", "text": "It is 12 now.", "key": "once"}
    assert "Write something here" not in http.get(address).content.decode()
    empty = http.post(address, form | {"subject": ""})
    assert empty.status_code == 422
    assert "It is 12 now." in empty.content.decode()
    for _click in range(2):
        assert http.post(address, form).status_code == 302
    deliver_due()
    assert [message["Subject"] for message in mailbox.messages] == ["The room"]
    event = history(client).first()
    assert event is not None
    assert (event.kind, event.actor) == ("messaging.message_queued", cast.ilze)
    card = http.get(f"/clients/{client.pk}/").content.decode()
    assert "E-mail: The room" in card
    assert ">sent<" in card
    shown = http.post(address + "preview/", {"subject": "S", "text": "<b>"}).content.decode()
    assert "&lt;b&gt;" in shown


def test_a_client_without_an_address_cannot_be_written_to(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast, email="")
    answer = as_user(cast.ilze).get(f"/clients/{client.pk}/message/", follow=True)
    assert "has no e-mail" in answer.content.decode()
    with pytest.raises(Refused):
        commands.write(Actor.of(cast.ilze), client, subject="S", text="T", key="1")


def test_a_stranger_to_the_branch_sees_no_message(cast: Cast, as_user: AsUser) -> None:
    message = queue(cast)
    assert message is not None
    assert as_user(cast.janis).get(f"/messages/{message.pk}/").status_code == 404
    assert as_user(cast.janis).post(f"/messages/{message.pk}/retry/").status_code == 404
    assert message.subject not in as_user(cast.janis).get("/messages/").content.decode()
    assert message.subject in as_user(cast.ilze).get("/messages/").content.decode()
    assert as_user(cast.anna).get("/messages/").status_code == 403


def test_the_list_is_narrowed(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast, "Zane", "Liepa")
    queue(cast, "one", client=client)
    queue(cast, "two")
    Message.objects.filter(key="one").update(state=Message.State.DEAD)
    http = as_user(cast.sanita)

    def keys(query: str) -> list[str]:
        return [row.record.key for row in http.get(f"/messages/{query}").context["table"].paginated_rows]

    assert keys("") == ["two", "one"]
    assert keys("?state=dead") == keys(f"?client={client.pk}") == ["one"]
    assert keys("?kind=messaging.written") == []


def test_a_test_message_tells_what_the_server_says(cast: Cast, mailbox: Mailbox, as_user: AsUser) -> None:
    owner = as_user(cast.sanita)
    assert "A test was sent" in owner.post("/settings/messages/test/", follow=True).content.decode()
    assert mailbox.recipients == ["sanita@lase.example"]
    owner.post(f"/settings/messages/{KIND}/test/?language=lv")
    assert mailbox.messages[1]["Subject"] == "Paldies par maksājumu"
    mailbox.refuses["sanita@lase.example"] = "550 no"
    assert "550 no" in owner.post("/settings/messages/test/", follow=True).content.decode()
    page = owner.get("/settings/messages/").content.decode()
    assert "127.0.0.1" in page
    assert "Send me a test" in page


def test_many_are_queued_by_as_many_queries_as_few(cast: Cast) -> None:
    def count(number: int) -> int:
        drafts = [
            Draft(f"{number}:{each}", a_client(cast, str(each), email=f"{each}@x.example"), CONTEXT)
            for each in range(number)
        ]
        with CaptureQueriesContext(connection) as captured:
            assert len(commands.queue_many(KIND, drafts)) == number
        return len(captured)

    assert count(3) == count(40)


def test_the_list_and_the_card_cost_the_same_for_many(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    http = as_user(cast.sanita)
    addresses = ("/messages/", f"/clients/{client.pk}/")

    def count(address: str) -> int:
        http.get(address)
        with CaptureQueriesContext(connection) as captured:
            http.get(address)
        return len(captured)

    queue(cast, "first", client=client)
    few = [count(address) for address in addresses]
    for number in range(20):
        queue(cast, str(number), client=client)
    assert [count(address) for address in addresses] == few


def test_a_changed_address_is_used_from_then_on(cast: Cast) -> None:
    from zvans.people.commands import Contact
    from zvans.people.models import ContactPoint

    client = a_client(cast)
    change_client(Actor.of(cast.ilze), client, contacts=[Contact(ContactPoint.Kind.EMAIL, "new@apollo.example")])
    message = queue(cast, client=client)
    assert message is not None
    assert message.to == "new@apollo.example"
