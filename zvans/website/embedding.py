"""What the school pastes into its own pages: the script, its attributes, the frame that it makes."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import gettext as _


def script() -> tuple[bytes, str]:
    """The built script and its tag for caches; read once, save in development."""
    return _read() if settings.DEBUG else _read_once()


def _read() -> tuple[bytes, str]:
    body = Path(str(finders.find("embed.js"))).read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'


_read_once = functools.cache(_read)


@dataclass(frozen=True)
class Frame:
    """A frame on the school's page: what it shows and how."""

    shows: str = "groups"
    program: int | None = None
    branch: int | None = None
    theme: str = "light"
    lang: str = ""

    @classmethod
    def of(cls, chosen: dict[str, Any]) -> Frame:
        """From the cleaned data of ``CodeForm``."""
        program, branch = chosen.get("program"), chosen.get("branch")
        return cls(
            shows=chosen.get("shows") or "groups",
            program=program and program.pk,
            branch=branch and branch.pk,
            theme=chosen.get("theme") or "light",
            lang=chosen.get("lang", ""),
        )

    @property
    def address(self) -> str:
        """What the frame shows."""
        return f"{self._path}?{urlencode({'embed': '1', 'theme': self.theme} | self._wanted)}"

    @property
    def plain_address(self) -> str:
        """The same as a page of its own, for a link or a button."""
        return self._path + (f"?{urlencode(self._wanted)}" if self._wanted else "")

    def code(self, site: str) -> str:
        """The lines to paste; a visitor without JavaScript gets a link.

        Args:
            site: the address of this Zvans, with its last slash.
        """
        attributes = {"zvans": self.shows} | self._wanted
        if self.theme != "light":
            attributes["theme"] = self.theme
        data = "".join(f' data-{name}="{escape(value)}"' for name, value in attributes.items())
        link = escape(site.rstrip("/") + self.plain_address)
        words = _("See the open groups and apply") if self.shows == "groups" else _("Apply")
        script = f'<script src="{escape(site)}embed.js"{data} async></script>'
        return f'{script}\n<noscript><a href="{link}">{escape(words)}</a></noscript>'

    @property
    def _path(self) -> str:
        return reverse("public_groups" if self.shows == "groups" else "public_ask")

    @property
    def _wanted(self) -> dict[str, str]:
        wanted = {"program": self.program, "branch": self.branch if self.shows == "groups" else None, "lang": self.lang}
        return {name: str(value) for name, value in wanted.items() if value}
