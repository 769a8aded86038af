"""The shapes that the public API takes and gives."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator, StringConstraints

_BIGGEST = 2**63 - 1


def _readable(text: str) -> str:
    if "\x00" in text:
        raise ValueError(_("Write text without control characters."))
    return text


def text(most: int, least: int = 0) -> object:
    return Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=least, max_length=most), AfterValidator(_readable)
    ]


Id = Annotated[int, Field(ge=1, le=_BIGGEST)]


class ProgramOut(Schema):
    id: int
    name: str
    description: str


class BranchOut(Schema):
    id: int
    name: str
    address: str


class WeeklyTimeOut(Schema):
    weekday: int = Field(ge=1, le=7, description="1 is Monday, 7 is Sunday (ISO 8601)")
    day: str = Field(description="The day's name in the language of the answer")
    starts_at: str = Field(description="Wall time at the branch", examples=["18:00"])
    ends_at: str = Field(examples=["19:30"])


class PriceOut(Schema):
    amount: int = Field(description="In minor units: 22000 is 220 euros")
    currency: str = Field(description="ISO 4217", examples=["EUR"])
    text: str = Field(description="As people write it", examples=["€220"])


class GroupOut(Schema):
    id: int
    name: str
    program: ProgramOut
    branch: BranchOut
    online: bool
    starts_on: date
    ends_on: date | None
    lesson_count: int
    weekly_times: list[WeeklyTimeOut]
    time_zone: str = Field(description="The zone of the weekly times", examples=["Europe/Riga"])
    price: PriceOut
    capacity: int
    free: int = Field(description="Places that are not taken")
    full: bool = Field(description="Whether an application goes to the waiting list")
    sign_up_until: date | None
    apply_url: str = Field(description="The page with the application form of this group")


class ApplicationIn(Schema):
    name: text(160, least=1) = Field(examples=["Artūrs Bērziņš"])  # type: ignore[valid-type]
    phone: text(60) | None = Field(None, description="It or an e-mail is needed", examples=["+371 25 231 225"])  # type: ignore[valid-type]
    email: text(254) | None = Field(None, examples=["arturs@inbox.example"])  # type: ignore[valid-type]
    program: Id | None = Field(None, description="The id of a program, when no group is chosen")
    group: Id | None = Field(None, description="The id of an open group")
    comment: text(2000) | None = None  # type: ignore[valid-type]
    consent: bool = Field(False, description="Whether the person agreed to the keeping of their data")
    # Whatever a campaign's link says must not cost the school an application: it is cut, never refused.
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_term: str | None = None
    utm_content: str | None = None
    referrer: str | None = Field(None, description="The address of the page that led the person to your site")
    page: str | None = Field(None, description="The address of your page with the form")


class Received(Schema):
    status: str = Field(examples=["received"])
    message: str = Field(description="A sentence for the person who applied")


class FieldProblem(Schema):
    field: str = Field(description='The field that is wrong, or ""', examples=["phone"])
    message: str = Field(description="A sentence for the person who applied")


class Problems(Schema):
    detail: list[FieldProblem]


class Problem(Schema):
    detail: str
