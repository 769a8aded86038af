"""What the demo school teaches, and the groups of its year, by days from today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from zvans.schedule.pattern import Time

MON, TUE, WED, THU, FRI, SAT = range(6)


@dataclass(frozen=True)
class ProgramPlan:
    """A program: price in euro, lessons, minutes each, places."""

    name: str
    kind: str
    price: int
    lessons: int
    minutes: int
    places: int
    about: str
    for_children: bool = False


PROGRAMS = {
    plan.name: plan
    for plan in (
        ProgramPlan(
            "English A1", "course", 240, 24, 90, 12, "From the first word to ordering dinner and asking the way."
        ),
        ProgramPlan(
            "English A2", "course", 240, 24, 90, 12, "For those who once learned it: past, future, plans, letters."
        ),
        ProgramPlan("English B1", "course", 260, 24, 90, 10, "For work and travel: meetings, phone calls, opinions."),
        ProgramPlan(
            "English for children 7–10",
            "course",
            150,
            16,
            60,
            8,
            "Songs, games and stories; parents see a lesson.",
            True,
        ),
        ProgramPlan(
            "English for teenagers", "course", 180, 16, 75, 10, "Conversation, films and getting ready for exams.", True
        ),
        ProgramPlan(
            "German A1", "course", 240, 24, 90, 10, "The basics, with a speaking partner from the third lesson."
        ),
        ProgramPlan("Spanish A1", "course", 230, 20, 90, 10, "Speak from the first evening."),
        ProgramPlan("French A1", "course", 240, 24, 90, 10, "Sounds first, then everything else."),
        ProgramPlan(
            "Latvian A2 for newcomers", "course", 220, 24, 90, 12, "For everyday life and the state language test."
        ),
        ProgramPlan(
            "How to speak without fear",
            "seminar",
            45,
            1,
            180,
            20,
            "An evening seminar for everyone who has to speak in public.",
        ),
        ProgramPlan("Private lessons", "private", 28, 1, 60, 1, "One teacher, one student, at any hour."),
        ProgramPlan(
            "Make-up for yourself", "workshop", 65, 1, 240, 6, "Daytime and evening make-up with your own brushes."
        ),
        ProgramPlan("Brow design", "workshop", 90, 2, 180, 6, "Shape, colour and care; practice on models."),
        ProgramPlan(
            "Manicure from zero",
            "course",
            420,
            12,
            180,
            6,
            "A profession in six weeks, with materials and a certificate.",
        ),
    )
}


@dataclass(frozen=True)
class GroupPlan:
    """A group: the program, the first day in days from today, and how many come.

    Args:
        times: weekdays and the hour.
        come: how many take a place; above the places they stand on the waiting list.
        ask: how many ask and then refuse.
        wait: how many are still thinking now.
        cancelled: so many days ago, when it was.
    """

    program: str
    starts: int
    days: tuple[int, ...]
    hour: str
    come: int
    ask: int = 2
    wait: int = 0
    label: str = ""
    teacher: str = ""
    room: str = "Room 1"
    cancelled: int | None = None
    places: int | None = None

    def times(self, minutes: int) -> list[Time]:
        return [Time(day, time.fromisoformat(self.hour), minutes) for day in self.days]

    @property
    def in_studio(self) -> bool:
        return self.program in ("Make-up for yourself", "Brow design", "Manicure from zero")


GROUPS = (
    # finished
    GroupPlan("English A1", -330, (MON, WED), "10:00", 11, 4, label="mornings", teacher="anna"),
    GroupPlan("English A2", -300, (TUE, THU), "18:30", 12, 5, label="evenings", teacher="anna"),
    GroupPlan("English for children 7–10", -285, (SAT,), "10:00", 8, 3, teacher="anna", room="Room 2"),
    GroupPlan("Manicure from zero", -260, (TUE, THU), "11:00", 5, 3, teacher="elina", room="Studio"),
    GroupPlan("Latvian A2 for newcomers", -240, (MON, WED), "18:30", 10, 3, room="Room 3"),
    GroupPlan("German A1", -215, (TUE, THU), "10:00", 7, 4, room="Room 3"),
    GroupPlan("Make-up for yourself", -190, (SAT,), "11:00", 6, 2, teacher="elina", room="Studio"),
    GroupPlan("English A1", -180, (TUE, THU), "18:30", 12, 5, label="evenings", teacher="anna"),
    GroupPlan("Spanish A1", -170, (MON, WED), "18:30", 8, 4, room="Room 2"),
    GroupPlan("How to speak without fear", -120, (THU,), "18:00", 16, 3, room="Room 3"),
    GroupPlan("Brow design", -95, (SAT,), "10:00", 6, 2, teacher="elina", room="Studio"),
    GroupPlan("French A1", -80, (TUE, THU), "18:30", 2, 3, room="Room 2", cancelled=70),
    # running
    GroupPlan("English B1", -52, (MON, WED), "18:30", 9, 4, label="evenings", teacher="anna"),
    GroupPlan("English for children 7–10", -45, (SAT,), "10:00", 8, 3, teacher="anna", room="Room 2"),
    GroupPlan("Manicure from zero", -24, (TUE, THU), "11:00", 6, 3, teacher="elina", room="Studio"),
    GroupPlan("German A1", -20, (MON, WED), "10:00", 8, 3, label="mornings", room="Room 3"),
    GroupPlan("English A1", -12, (TUE, THU), "18:30", 11, 5, label="evenings", teacher="anna"),
    # to come: nearly full, full with a waiting list, filling, cancelled
    GroupPlan("Make-up for yourself", 5, (SAT,), "11:00", 5, 1, 2, teacher="elina", room="Studio"),
    GroupPlan("English A2", 6, (TUE, THU), "10:00", 11, 4, 4, label="mornings", teacher="anna"),
    GroupPlan("Brow design", 11, (SAT,), "10:00", 9, 1, 1, teacher="elina", room="Studio"),
    GroupPlan("How to speak without fear", 13, (THU,), "18:00", 12, 1, 4, room="Room 3"),
    GroupPlan("English A1", 16, (MON, WED), "10:00", 5, 3, 6, label="mornings", teacher="anna"),
    GroupPlan("Latvian A2 for newcomers", 19, (MON, WED), "18:30", 7, 2, 5, room="Room 3"),
    GroupPlan("French A1", 20, (TUE, THU), "18:30", 2, 4, room="Room 2", cancelled=4),
    GroupPlan("Spanish A1", 24, (MON, WED), "18:30", 3, 2, 6, room="Room 2"),
    GroupPlan("English for teenagers", 27, (FRI,), "16:30", 4, 1, 4, teacher="anna", room="Room 2"),
    GroupPlan("Manicure from zero", 33, (TUE, THU), "17:30", 2, 2, 5, teacher="elina", room="Studio"),
    GroupPlan("Make-up for yourself", 40, (SAT,), "11:00", 0, 0, 2, teacher="elina", room="Studio"),
)

SOURCES: tuple[tuple[dict[str, str], str, int], ...] = (
    # what the visitor's address says, and how often
    ({"utm_source": "instagram", "utm_campaign": "autumn"}, "https://www.instagram.com/", 3),
    ({"utm_source": "facebook", "utm_medium": "post"}, "https://www.facebook.com/", 3),
    ({"utm_source": "google", "utm_medium": "cpc", "utm_campaign": "english-riga"}, "https://www.google.com/", 3),
    ({}, "https://www.google.com/", 2),
    ({}, "", 3),
)
CALLED_SOURCES = ("A friend told", "Walked in", "Phone call", "Poster at the market")

COMMENTS = (
    "Is there a free place? I can come after six.",
    "I learned it at school, but that was long ago. Which level?",
    "Can I pay in two parts?",
    "Is there parking?",
    "For my daughter, she is eight.",
    "Is the certificate included?",
    "",
    "",
    "",
)
NOTES = (
    "Prefers to be called after five.",
    "Was here with a friend; they would like to be in the same group.",
    "Understands more than they speak. Offer a trial lesson.",
    "Works in shifts, may miss every third lesson.",
    "Asks for an invoice to the employer.",
    "Needs it for a job interview in spring.",
    "Is allergic to acrylate; use the other gel.",
    "Very glad about the teacher, promised a review.",
    "Moved to Jūrmala; evenings are hard on Fridays.",
)
CALLS = (
    "Told about the level test and the price.",
    "Will talk it over at home.",
    "Asked for the dates by e-mail.",
    "Wants the mornings, if there is a place.",
    "Promised to pay by transfer.",
    "",
    "",
)
STEPS = (
    ("call", "Ask what they have decided"),
    ("call", "Offer the evening group"),
    ("write", "Send the dates and the price"),
    ("call", "Agree on the first payment"),
    ("meet", "Level test at the school"),
    ("call", "Remind of the trial lesson"),
)
REFUSAL_NOTES = ("", "", "Perhaps in autumn.", "Found one nearer to home.", "Twice no answer, then “not now”.")
TASKS = (
    # whose, what, days from today, hour, a call
    ("sanita", "Sign the lease for the new room", 2, 12, False),
    ("martins", "Choose a teacher for the French group", 1, 15, False),
    ("ilze", "Call those who finished A1: offer A2", 0, 11, True),
    ("ilze", "Print certificates for the B1 group", -1, 16, False),
    ("ilze", "Send the invoice to Baltic Bolts again", 0, 14, False),
    ("janis", "Order brow tint and gloves", 1, 10, False),
    ("janis", "Photos of Saturday's workshop for Instagram", -2, 17, False),
    ("liga", "Keys of Room 2: collect from the cleaner", 0, 9, False),
    ("liga", "Ask the children's parents about the school holidays", 3, 12, True),
    ("anna", "Prepare the B1 mid-course test", 4, 10, False),
    ("elina", "Ask for models for Saturday", 1, 18, True),
    ("dace", "Check the transfers of this week", 0, 16, False),
)
