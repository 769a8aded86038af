"""Start the web server and the worker together, and keep both running."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from zvans.core import jobs


class Command(BaseCommand):
    help = "Serve Zvans: web and worker together, each started again when it dies."

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.lay_periodic()
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        commands = {"web": _web(), "worker": [sys.executable, "manage.py", "qcluster"]}
        self.running = {name: self._start(command) for name, command in commands.items()}
        self.stdout.write(f"\n  Zvans is at {settings.PUBLIC_URL}\n\n")
        self.stdout.flush()
        while not self.stopping:
            for name, process in self.running.items():
                if process.poll() is not None and not self.stopping:
                    self.stderr.write(f"{name} ended with {process.returncode}; starting it again")
                    time.sleep(1)
                    self.running[name] = self._start(commands[name])
            time.sleep(0.5)
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(timeout=30)

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True


def _web() -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        f"--bind={settings.HOST}:{settings.PORT}",
        "--worker-class=gthread",
        f"--workers={os.environ.get('ZVANS_WEB_WORKERS', '1')}",
        "--threads=4",
        "--max-requests=5000",
        "--max-requests-jitter=500",
        "--log-level=warning",
    ]
