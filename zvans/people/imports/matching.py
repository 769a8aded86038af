"""Whether a person is someone whom we know already, in the file or in the base.

A wrong match hides a person, a missed one can be merged later: so a phone or an e-mail makes two rows one person
only when their names agree too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from zvans.core.commands import Changes, as_fact
from zvans.people.imports.cells.names import Name
from zvans.people.imports.rows import EMAIL, PHONE, Person, Point
from zvans.people.imports.words import key
from zvans.people.models import Client, ContactPoint, FamilyTie


@dataclass(eq=False)
class Held:
    """A client as the batch has them: from the base, or made by a row of it."""

    client: Client
    is_new: bool
    points: dict[tuple[str, str], Point] = field(default_factory=dict)
    added: list[Point] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)

    def give(self, **values: Any) -> None:
        """Set fields, remembering what they were before."""
        for name, value in values.items():
            was = getattr(self.client, name)
            if was != value:
                self.before.setdefault(name, was)
                setattr(self.client, name, value)

    def reach(self, points: Iterable[Point]) -> None:
        for point in points:
            if (point.kind, point.value) not in self.points:
                self.points[point.kind, point.value] = point
                self.added.append(point)

    def note(self, lines: Iterable[str]) -> None:
        """Add the lines that the note does not have yet."""
        held = self.client.note.splitlines()
        more = []
        for line in lines:
            if line and not set(line.splitlines()) <= set(held):
                more.append(line)
                held += line.splitlines()
        if more:
            self.give(note="\n".join(filter(None, [self.client.note, *more])))

    @property
    def changes(self) -> Changes:
        """What the batch changed, as the journal has it."""
        changes: Changes = {
            name: [as_fact(was), as_fact(getattr(self.client, name))] for name, was in self.before.items()
        }
        if self.added and not self.is_new:
            after = [value for _kind, value in self.points]
            added = {point.value for point in self.added}
            changes["contacts"] = [[value for value in after if value not in added], after]
        return changes


class Known:
    """Everyone whom the persons of one batch could be; asks the base a few times, then keeps up with the batch."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.by_contact: dict[tuple[str, str], list[Held]] = {}
        self.by_birthday: dict[Any, list[Held]] = {}
        self.by_name: dict[frozenset[str], list[Held]] = {}
        self.families: dict[int, list[Held]] = {}
        self._load(persons)

    def find(self, person: Person) -> Held | None:
        """The one client that the person is, if any."""
        own = [point for point in person.points if _tells(point)]
        for point in sorted(own, key=lambda point: point.kind != PHONE):
            for held in self.by_contact.get((point.kind, point.value), ()):
                if _agrees(person, held.client, strictly=point.kind == EMAIL):
                    return held
        words = name_words(person.name.given, person.name.family)
        if person.birthday and len(words) > 1:
            for held in self.by_birthday.get(person.birthday, ()):
                if words == _words_of(held.client):
                    return held
        if not own and not person.birthday and len(words) > 1:
            same = self.by_name.get(words, [])
            return same[0] if len(same) == 1 else None
        return None

    def find_relative(self, person: Person, child: Held) -> Held | None:
        """The one client that the child's parent is, if any.

        A parent of whom only the name is known is no client of that name with a phone of their own.
        """
        names = name_words(person.name.given, person.name.family)
        for held in self.families.get(id(child), ()):
            theirs = _words_of(held.client)
            if names == theirs or ((len(names) == 1 or len(theirs) == 1) and (names <= theirs or theirs <= names)):
                return held
        found = self.find(person)
        if found is child or (found and not person.points and found.points):
            return None
        return found

    def tie(self, child: Held, relative: Held) -> None:
        _put(self.families, id(child), relative)

    def add(self, client: Client) -> Held:
        """Someone new; their contacts are told by ``learn``."""
        held = Held(client, is_new=True)
        self.learn(held)
        return held

    def learn(self, held: Held) -> None:
        """Let the client be found by all that is known of them now."""
        for point in held.points.values():
            if _tells(point):
                _put(self.by_contact, (point.kind, point.value), held)
        if held.client.birthday:
            _put(self.by_birthday, held.client.birthday, held)
        _put(self.by_name, _words_of(held.client), held)

    def _load(self, persons: Sequence[Person]) -> None:
        values = {point.value for person in persons for point in person.points if _tells(point)}
        birthdays = {person.birthday for person in persons if person.birthday}
        bare = [person.name for person in persons if not person.points and not person.birthday and person.name.family]
        wanted = Q(pk__in=ContactPoint.objects.filter(value__in=values).values("client")) if values else Q(pk__in=[])
        found = {client.pk: client for client in _active().filter(wanted)}
        more = Q(birthday__in=birthdays) if birthdays else Q(pk__in=[])
        if bare:
            more |= Q(family_name__in={n.family for n in bare}, given_name__in={n.given for n in bare})
        if birthdays or bare:
            names = {name_words(person.name.given, person.name.family) for person in persons}
            found |= {c.pk: c for c in _active().filter(more) if _words_of(c) in names}
        self._hold(found)

    def _hold(self, found: dict[int, Client]) -> None:
        ties = list(FamilyTie.objects.filter(client__in=found).select_related("relative")) if found else []
        found |= {tie.relative_id: tie.relative for tie in ties if not tie.relative.is_archived}
        helds = {pk: Held(client, is_new=False) for pk, client in sorted(found.items())}
        points = ContactPoint.objects.filter(client__in=list(helds)).order_by("client_id", "position", "pk")
        for point in points if helds else ():
            held = helds[point.client_id]
            held.points[point.kind, point.value] = Point(point.kind, point.value, point.typed, point.label, point.whose)
        for held in helds.values():
            self.learn(held)
        for tie in ties:
            if tie.relative_id in helds:
                self.tie(helds[tie.client_id], helds[tie.relative_id])


def _tells(point: Point) -> bool:
    """Whether the person may be known by it: their own, and not a few letters that could not be read."""
    return not point.whose and point.kind in (PHONE, EMAIL) and (not point.typed or len(point.value) > 6)


def _active() -> QuerySet[Client]:
    return Client.objects.active().select_related("source", "manager", "branch")


def name_words(*parts: str) -> frozenset[str]:
    """The words of a name, in no order."""
    return frozenset(word for part in parts for word in key(part).split())


def _agrees(person: Person, client: Client, *, strictly: bool) -> bool:
    """Whether a person and a client who share a number (or, ``strictly``, an address) are one."""
    name = person.name
    mine, theirs = name_words(name.given, name.family), _words_of(client)
    if not mine or not theirs or _is_number(name) or _is_number(Name(client.given_name)):
        return True
    if not _patronymics_agree(name.patronymic, client.patronymic):
        return False
    twice_born = person.birthday and client.birthday and person.birthday != client.birthday
    if mine == theirs:
        return not (strictly and twice_born)
    if twice_born:
        return False
    if mine < theirs or theirs < mine:
        return not strictly or len(mine & theirs) > 1 or not (name.family and client.family_name)
    return key(name.given) == key(client.given_name) and _alike(key(name.family), key(client.family_name))


def _alike(one: str, other: str) -> bool:
    """Whether two family names are one written differently: Krūmiņš and Krūmiņa, or a letter mistyped."""
    if min(len(one), len(other)) < 5:
        return False
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if max(len(one), len(other)) - shared <= 2:
        return True
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _patronymics_agree(one: str, other: str) -> bool:
    first, second = key(one), key(other)
    if not first or not second:
        return True
    shorter, longer = sorted((first, second), key=len)
    return shorter == longer or (len(shorter) <= 2 and longer.startswith(shorter))


def _is_number(name: Name) -> bool:
    """A client who is called by their number for want of a name."""
    return not name.family and sum(character.isdigit() for character in name.given) > 5


def _words_of(client: Client) -> frozenset[str]:
    return name_words(client.given_name, client.family_name)


def _put(index: dict[Any, list[Held]], at: Any, held: Held) -> None:
    helds = index.setdefault(at, [])
    if held not in helds:
        helds.append(held)
