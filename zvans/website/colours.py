"""The owner's accent colour, made readable: WCAG 2 contrast (4.5 : 1) on light and on dark."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Colour = tuple[int, int, int]

OURS = "#0b6e69"
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_DARK_SURFACE = (27, 32, 38)
_ENOUGH, _ENOUGH_ON_DARK = 4.6, 7  # a little more than 4.5; dull colours tire on dark ground


def parse(text: str) -> Colour | None:
    """``#0b6e69``, ``0b6e69`` or ``#fff`` as red, green, blue; None when it is no such colour."""
    digits = text.strip().removeprefix("#")
    if re.fullmatch("[0-9a-fA-F]{3}", digits):
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch("[0-9a-fA-F]{6}", digits):
        return None
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def validate(text: str) -> None:
    if not (text.startswith("#") and parse(text)):
        raise ValidationError(_("Write the colour as # and six digits or letters a–f: #0b6e69."))


def variables(accent: str) -> str:
    """The CSS variables of an accent, for a ``style`` attribute: ground and text of buttons, links on both themes."""
    colour = parse(accent) or parse(OURS) or _BLACK
    on_accent = max((_WHITE, _BLACK), key=lambda text: contrast(text, colour))
    values = {
        "accent": colour,
        "on-accent": on_accent,
        "link-on-light": _readable(colour, on=_WHITE, towards=_BLACK, enough=_ENOUGH),
        "link-on-dark": _readable(colour, on=_DARK_SURFACE, towards=_WHITE, enough=_ENOUGH_ON_DARK),
    }
    return ";".join(f"--{name}:#{red:02x}{green:02x}{blue:02x}" for name, (red, green, blue) in values.items())


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: Colour, *, on: Colour, towards: Colour, enough: float) -> Colour:
    for share in range(0, 101, 4):
        mixed = _mix(colour, towards, share / 100)
        if contrast(mixed, _mix(on, colour, 0.1)) >= enough:
            return mixed
    return towards


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
