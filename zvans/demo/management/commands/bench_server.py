"""Measure requests a second of a real server; ``bin/bench`` calls it on the school that ``bench`` left."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management.base import BaseCommand
from django.db import connection
from django.urls import reverse

from zvans.people.models import Client
from zvans.schedule.models import Group
from zvans.team.models import User

_PORT = 8390
_CALLERS = 4


class Command(BaseCommand):
    help = "Serve with two processes and call the main pages as fast as four callers can."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=5)

    def handle(self, *args: Any, seconds: float, **options: Any) -> None:
        cookie = _session(User.objects.get(email="sanita@lase.example"))
        group = Group.objects.values_list("pk", flat=True)[0]
        clients = f"{Client.objects.count():,}"
        connection.close()
        environment = os.environ | {"PORT": str(_PORT), "HOST": "127.0.0.1", "ZVANS_WEB_WORKERS": "2"}
        server = subprocess.Popen([str(settings.BASE_DIR / "bin" / "web")], cwd=settings.BASE_DIR, env=environment)
        try:
            _wait()
            acts: dict[str, Callable[[int, float], int]] = {}
            for name, address in (
                ("clients, 50 rows", reverse("client_list")),
                ("public groups (API)", "/api/v1/public/groups"),
            ):
                acts[name] = _Get(address, cookie)
            acts["applications"] = _Apply(group)
            for name, act in acts.items():
                with ProcessPoolExecutor(_CALLERS) as callers:
                    done = sum(callers.map(act, range(_CALLERS), [seconds] * _CALLERS))
                self.stdout.write(
                    f"| {connection.vendor} | {clients} | {name}, requests a second | | | | {done / seconds:.0f}/s |"
                )
        finally:
            server.terminate()
            server.wait(timeout=20)


class _Get:
    """Calls one page for so many seconds and counts the answers; picklable, for the callers' processes."""

    def __init__(self, address: str, cookie: str) -> None:
        self.address, self.cookie = address, cookie

    def __call__(self, caller: int, seconds: float) -> int:
        return _repeat(seconds, lambda to, _number: to.request("GET", self.address, headers={"Cookie": self.cookie}))


class _Apply:
    def __init__(self, group: int) -> None:
        self.group = group

    def __call__(self, caller: int, seconds: float) -> int:
        def send(to: http.client.HTTPConnection, number: int) -> None:
            phone = f"+3712{caller}{number:06d}"
            body = json.dumps({"name": f"Marta {number}", "phone": phone, "group": self.group, "consent": True})
            headers = {"Content-Type": "application/json", "Idempotency-Key": f"{os.getpid()}-{number}"}
            to.request("POST", "/api/v1/public/applications", body, headers)

        return _repeat(seconds, send)


def _repeat(seconds: float, send: Callable[[http.client.HTTPConnection, int], None]) -> int:
    to = http.client.HTTPConnection("127.0.0.1", _PORT)
    until = time.monotonic() + seconds
    done = 0
    while time.monotonic() < until:
        send(to, done)
        answer = to.getresponse()
        answer.read()
        if answer.status >= 400:
            sys.exit(f"answered {answer.status}")
        done += 1
    return done


def _session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def _wait() -> None:
    for _attempt in range(100):
        with suppress(OSError):
            to = http.client.HTTPConnection("127.0.0.1", _PORT)
            to.request("GET", "/healthy/")
            if to.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not start")
