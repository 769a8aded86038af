"""A worker killed in the middle of sending: nothing is lost, and nothing comes twice but the one in flight."""

from __future__ import annotations

import subprocess
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from zvans.core import jobs
from zvans.core.actors import Actor
from zvans.core.tests.served import kill, worker
from zvans.demo.cast import assemble
from zvans.messaging.commands import write
from zvans.messaging.models import Message
from zvans.messaging.tests.mailbox import mail_server
from zvans.messaging.tests.making import a_client

MESSAGES = 500


def sending(port: int, data: Path) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """The worker, sending to the mail server at the port."""
    return worker(
        ZVANS_DATA=str(data),
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=str(port),
        SMTP_TLS="false",
        MAIL_FROM="zvans@lase.example",
    )


@pytest.mark.served
@pytest.mark.django_db(transaction=True)
def test_each_message_comes_once_though_the_worker_is_killed(tmp_path: Path) -> None:
    cast = assemble()
    with mail_server() as (mailbox, port):
        for number in range(MESSAGES):
            client = a_client(cast, "Client", str(number), email=f"client{number}@apollo.example")
            write(Actor.of(cast.ilze), client, subject=f"Message {number}", text="Hello!", key=str(number))

        with sending(port, tmp_path) as process:
            assert mailbox.wait_for(MESSAGES // 3), "the worker sends"
            kill(process)
        before = len(mailbox.messages)
        assert before < MESSAGES, "the worker was killed in the middle"
        in_flight = list(Message.objects.filter(state=Message.State.SENDING))
        assert len(in_flight) <= 1

        # The lease of the one in flight lapses, and the sweep of the next minute comes.
        Message.objects.filter(state=Message.State.SENDING).update(next_attempt_at=timezone.now())
        OrmQ.objects.all().delete()
        jobs.enqueue("zvans.messaging.tasks.deliver")
        with sending(port, tmp_path):
            assert mailbox.wait_for(MESSAGES)
            wait_until_all_are_sent(mailbox)

        came = Counter(message["Subject"] for message in mailbox.messages)
        assert set(came) == {f"Message {number}" for number in range(MESSAGES)}
        repeated = [subject for subject, times in came.items() if times > 1]
        assert set(repeated) <= {message.subject for message in in_flight}
        for message in mailbox.messages[before:]:
            marked = message["X-Zvans-May-Be-Repeated"] == "yes"
            assert marked == (message["Subject"] in {one.subject for one in in_flight})
        assert len({message["Message-ID"] for message in mailbox.messages}) == MESSAGES
        marked_here = set(Message.objects.filter(may_be_repeated=True))
        assert marked_here == set(in_flight)


def wait_until_all_are_sent(mailbox: object) -> None:
    import time

    for _attempt in range(200):
        if Message.objects.filter(state=Message.State.SENT).count() == MESSAGES:
            return
        time.sleep(0.1)
    raise AssertionError(Counter(Message.objects.values_list("state", flat=True)))
