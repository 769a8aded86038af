"""What a visitor brings along from page to page. It stands in the address: these pages set no cookies."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest

from zvans.core.visitors import UTM, printable, web_address

THEMES = ("light", "dark", "auto")


@dataclass(frozen=True)
class Visit:
    """One visitor's way through the public pages.

    Args:
        embed: whether the page stands in a frame of someone else's page.
        theme: "light", "dark" or "auto" (as the device).
        accent: a colour that the host page asks for, or "".
        lang: the language asked for by the address, or "".
        utm: the campaign's labels, as "utm_source".
        referrer: the address from which the visitor came to the school's site.
        page: the page of the school's site on which the frame stands.
    """

    embed: bool = False
    theme: str = "auto"
    accent: str = ""
    lang: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    referrer: str = ""
    page: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Visit:
        def sent(name: str) -> str:
            return request.POST.get(name) or request.GET.get(name) or ""

        def text(name: str) -> str:
            return printable(sent(name))[:200]

        theme = sent("theme")
        return cls(
            embed=sent("embed") == "1",
            theme=theme if theme in THEMES else "auto",
            accent=text("accent"),
            lang=text("lang"),
            utm={name: text(name) for name in UTM if text(name)},
            referrer=web_address(sent("referrer")) or _from_elsewhere(request),
            page=web_address(sent("page")),
        )

    @property
    def origin(self) -> dict[str, str]:
        """Where the visitor came from: the hidden fields of the form."""
        where = self.utm | {"referrer": self.referrer, "page": self.page}
        return {name: value for name, value in where.items() if value}

    @property
    def carried(self) -> str:
        """The query string that keeps all of it in a link to another public page: "&embed=1&lang=lv", or ""."""
        looks = {
            "embed": "1" if self.embed else "",
            "theme": "" if self.theme == "auto" else self.theme,
            "accent": self.accent,
            "lang": self.lang,
        }
        encoded = urlencode({name: value for name, value in (looks | self.origin).items() if value})
        return f"&{encoded}" if encoded else ""

    @property
    def query(self) -> str:
        return "?" + self.carried[1:] if self.carried else ""


def _from_elsewhere(request: HttpRequest) -> str:
    """The page of another site whose link led here. What holds our frame is the school's own site."""
    if request.GET.get("embed"):
        return ""
    came_from = web_address(request.headers.get("Referer", ""))
    return came_from if came_from and urlsplit(came_from).netloc != request.get_host() else ""
