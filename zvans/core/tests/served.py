"""Real processes for tests: servers on a database of their own, on the engine that the suite runs on; the worker;
and somebody else's site.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connection

_PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """A running server: its address, and its database by way of ``run``."""

    url: str
    environment: dict[str, str] = field(repr=False)

    def run(self, code: str) -> str:
        """Run Python in the server's environment, as ``manage.py shell`` does; what it prints."""
        return _manage(self.environment, "shell", "--verbosity=0", "-c", code).strip()

    def sign_in(self, email: str) -> str:
        """The cookie header of someone who has signed in."""
        session = self.run(
            "from django.test import Client; from zvans.team.models import User\n"
            f"http = Client(); http.force_login(User.objects.get(email={email!r}))\n"
            f"print(http.cookies[{settings.SESSION_COOKIE_NAME!r}].value)"
        )
        return f"{settings.SESSION_COOKIE_NAME}={session}"


@contextmanager
def serve(folder: Path, *, workers: int = 4, assemble: bool = True, **environment: str) -> Iterator[Served]:
    """Start gunicorn with several worker processes on a fresh database, and stop it at the end.

    Args:
        folder: an empty folder for its data.
        assemble: whether the cast of the demo school is there; without it the set-up has not been done.
        environment: more variables (``SMTP_HOST``). Pages need the front end that ``bin/setup`` has built, or ``DEBUG="1"``.
    """
    with _database(folder) as database:
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        told = {
            "ZVANS_DATA": str(folder),
            "DATABASE_URL": database,
            "PUBLIC_URL": url,
            "PORT": str(port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **environment,
        }
        # What the test run itself was told (its own database, pytest's plugins) does not concern the server.
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "SMTP_"))} | told
        _manage(own, "migrate", "--verbosity=0")
        served = Served(url, own)
        if assemble:
            served.run("from zvans.demo.cast import assemble; assemble()")
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi",
                f"--bind=127.0.0.1:{port}",
                f"--workers={workers}",
                "--worker-class=gthread",
                "--threads=4",
                "--backlog=512",
                "--log-level=warning",
            ],
            cwd=settings.BASE_DIR,
            env=own,
        )
        try:
            _wait_for(f"{url}/healthy/", process)
            yield served
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


@contextmanager
def worker(served: Served | None = None, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the real worker, as bin/worker does, and kill it at the end.

    Args:
        served: whose worker it is; without it, it works for the database of the test itself.
        environment: more variables (``ZVANS_DATA``, ``SMTP_HOST``).
    """
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env={**(served.environment if served else _of_the_test()), **environment},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 the worker with all its processes."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def foreign_site(page: str, host: str = "127.0.0.1") -> Iterator[str]:
    """The address of somebody else's site: another host or port, where every address is the page of HTML.

    Args:
        host: what browsers call it; another than the server's own makes it another site, as for cookies.
    """

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{host}:{server.server_port}/"
    finally:
        server.shutdown()


def _of_the_test() -> Mapping[str, str]:
    """What a process is told to find the database of the test that is running."""
    name = str(connection.settings_dict["NAME"])
    of_tests = connection.settings_dict
    database = f"sqlite:///{name}" if connection.vendor == "sqlite" else _url(of_tests, name)
    return {**os.environ, "DATABASE_URL": database, "SECRET_KEY": settings.SECRET_KEY}


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The URL of an empty database: a file in the folder, or one beside the test database of PostgreSQL."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'zvans.sqlite3'}"
        return
    name = f"zvans_served_{uuid4().hex[:12]}"
    of_tests = connection.settings_dict
    with psycopg.connect(_conninfo(of_tests, "postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield _url(of_tests, name)
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _conninfo(of: dict[str, str], name: str) -> str:
    parts = {"host": of["HOST"], "port": of["PORT"], "user": of["USER"], "password": of["PASSWORD"], "dbname": name}
    return psycopg.conninfo.make_conninfo(**{key: value for key, value in parts.items() if value})


def _url(of: dict[str, str], name: str) -> str:
    """As django-environ reads it; a folder as the host (a socket) goes into the query."""
    host = str(of["HOST"] or "")
    who = ":".join(quote(of[part], safe="") for part in ("USER", "PASSWORD") if of[part])
    place = f":{of['PORT']}" if of["PORT"] else ""
    if host.startswith("/"):
        return f"postgres://{who}@{quote(host, safe='')}{place}/{name}"
    return f"postgres://{who + '@' if who else ''}{host}{place}/{name}"


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"no answer from {address}")
