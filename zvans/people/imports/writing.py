"""A batch of rows written in one transaction, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.utils.translation import gettext as _

from zvans.core import bulk, collation, journal, search
from zvans.core.actors import Actor
from zvans.people.imports import words
from zvans.people.imports.matching import Held, Known
from zvans.people.imports.rows import Draft, Person, Point, Problem
from zvans.people.imports.targets import Row, targets
from zvans.people.imports.words import key
from zvans.people.models import Client, ContactPoint, FamilyTie, Source, Tag
from zvans.team.models import Branch, User

_CHANGEABLE = ("given_name", "family_name", "patronymic", "birthday", "source", "manager", "branch", "note")


@dataclass
class RowResult:
    """What became of one row."""

    number: int
    client: Client
    is_new: bool
    relatives: list[tuple[Client, bool]] = field(default_factory=list)
    shown: list[Callable[[int], str]] = field(default_factory=list)

    @property
    def opened(self) -> str:
        """What the targets made of it."""
        return " · ".join(filter(None, (shown(self.number) for shown in self.shown)))


@dataclass
class BatchResult:
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    rows: list[RowResult] = field(default_factory=list)


class Writer:
    """Writes the batches of one run.

    Args:
        by: its ``batch`` stands on every event, and the whole run is undone by it.
        manager: looks after the new clients, and the requests, for which the file names nobody.
        mapped: the fields that the sheet has a column for.
    """

    def __init__(self, by: Actor, manager: User | None = None) -> None:
        self.by = by
        self.manager = manager
        self.users = _by_key((user, user.name) for user in User.objects.filter(is_active=True))
        self.branches = _by_key((branch, branch.name) for branch in Branch.objects.active())
        self.sources: dict[str, Source] = {}
        self.tags: dict[str, Tag] = {}

    def write(self, drafts: Sequence[Draft], mapped: frozenset[str], headings: dict[str, str]) -> BatchResult:
        """Write the rows, within the caller's transaction.

        Args:
            headings: of the columns, by field, for the problems that targets report.
        """
        result = BatchResult()
        self._make_sources(drafts)
        known = Known([*(d.person for d in drafts), *(r.person for d in drafts for r in d.relatives)])
        ties: list[tuple[Held, Held, str]] = []
        helds: list[tuple[Held, Held]] = []
        for draft in drafts:
            held = self._take(known, draft, result)
            result.problems += draft.problems
            payer = held
            for place, relative in enumerate(draft.relatives):
                relation = self._relative(known, relative.person, held)
                ties.append((held, relation[0], relative.kind))
                result.rows[-1].relatives.append((relation[0].client, relation[1]))
                result.counts["clients_created"] += relation[1]
                payer = relation[0] if place == 0 else payer
            helds.append((payer, held))
        everyone = {id(held): held for pair in helds for held in pair} | {id(t): t for _c, t, _k in ties}
        for held in everyone.values():
            if held.is_new and held.client.manager_id is None:
                held.client.manager = self.manager
        self._save(list(everyone.values()))
        self._tie(ties)
        self._open(drafts, helds, mapped, headings, result)
        return result

    def _take(self, known: Known, draft: Draft, result: BatchResult) -> Held:
        """The client of a row: found, or made."""
        person = draft.person
        held = known.find(person)
        is_new = held is None
        held = held or known.add(_client(person))
        self._bring(known, held, person, draft)
        result.rows.append(RowResult(draft.number, held.client, is_new))
        result.counts["rows"] += 1
        result.counts["clients_created" if is_new else "clients_matched"] += 1
        return held

    def _relative(self, known: Known, person: Person, child: Held) -> tuple[Held, bool]:
        """The client who is the child's relative, and whether they are new."""
        held = known.find_relative(person, child)
        is_new = held is None
        held = held or known.add(_client(person))
        held.reach(person.points)
        held.note(person.notes)
        known.learn(held)
        known.tie(child, held)
        return held, is_new

    def _bring(self, known: Known, held: Held, person: Person, draft: Draft) -> None:
        """Give the client what the row knows more of them; what differs goes into the note."""
        client, notes = held.client, list(person.notes)
        _improve_name(held, person)
        if person.birthday and client.birthday not in (None, person.birthday):
            notes.append(_("Row %(row)s has another birthday: %(day)s") % {"row": draft.number, "day": person.birthday})
        elif person.birthday:
            held.give(birthday=person.birthday)
        source = self.sources.get(key(draft.source)) if draft.source else None
        if source and client.source_id is None:
            held.give(source=source)
        notes += self._assign(held, draft)
        held.reach(person.points)
        held.note(notes)
        held.tags += draft.tags
        known.learn(held)

    def _assign(self, held: Held, draft: Draft) -> list[str]:
        """Manager and branch, when they are ours; otherwise their names for the note."""
        notes = []
        for name, said, ours in (("manager", draft.manager, self.users), ("branch", draft.branch, self.branches)):
            found = ours.get(key(said)) if said else None
            if said and found is None:
                label = _("Manager") if name == "manager" else _("Branch")
                notes.append(f"{label}: {said}")
            elif found is not None and getattr(held.client, f"{name}_id") is None:
                held.give(**{name: found})
        return notes

    def _make_sources(self, drafts: Sequence[Draft]) -> None:
        wanted = {key(draft.source): draft.source for draft in drafts if draft.source}
        if wanted.keys() <= self.sources.keys():
            return
        for source in Source.objects.active():
            self.sources.setdefault(key(source.name), source)
            self.sources.setdefault(key(words.source(source.name)), source)
            if words.is_recommendation(source.name):
                self.sources.setdefault(key(words.RECOMMENDATION), source)
        for folded, name in wanted.items():
            if folded not in self.sources:
                shown = _("Recommendation") if name == words.RECOMMENDATION else name
                source, _made = Source.objects.get_or_create(name=shown[:80])
                self.sources[folded] = source

    def _save(self, helds: Sequence[Held]) -> None:
        new = [held for held in helds if held.is_new]
        changed = [held for held in helds if not held.is_new and (held.before or held.added)]
        bulk.create([held.client for held in new])
        fields = sorted({name for held in changed for name in held.before})
        if fields:
            named_anew = [held.client for held in changed if held.before]
            collation.write(named_anew)
            Client.objects.bulk_update(named_anew, [*fields, "sort_name"], batch_size=200)
        points = [(held, _points(held)) for held in (*new, *changed)]
        bulk.create([point for _held, theirs in points for point in theirs])
        for held, theirs in points:
            if held.is_new:  # these are all they have: as if they had been fetched
                vars(held.client)["_prefetched_objects_cache"] = {"contacts": theirs}
        self._tag([held for held in helds if held.tags])
        clients = [held.client for held in (*new, *changed)]
        if clients:
            prefetch_related_objects(clients, "contacts")
            search.index_many(clients)
        journal.record_many(
            (journal.draft(self.by, kind, held.client, changes=changes), held.client, ())
            for kind, held, changes in (
                *(("people.client_added", held, None) for held in new),
                *(("people.client_changed", held, held.changes) for held in changed),
            )
        )

    def _tag(self, helds: Sequence[Held]) -> None:
        wanted = {name for held in helds for name in held.tags}
        if not wanted:
            return
        self.tags |= {key(tag.name): tag for tag in Tag.objects.all()}
        for name in sorted(wanted):
            if key(name) not in self.tags:
                self.tags[key(name)] = Tag.objects.get_or_create(name=name)[0]
        through = Client.tags.through
        through.objects.bulk_create(
            {
                (held.client.pk, tag.pk): through(client_id=held.client.pk, tag_id=tag.pk)
                for held in helds
                for tag in (self.tags[key(name)] for name in held.tags)
            }.values(),
            ignore_conflicts=True,
        )

    def _tie(self, ties: Sequence[tuple[Held, Held, str]]) -> None:
        """Tie the relatives who are not tied yet; the first of a child pays."""
        wanted = {
            (child.client.pk, relative.client.pk): (child, relative, kind) for child, relative, kind in reversed(ties)
        }
        if not wanted:
            return
        pairs = FamilyTie.objects.filter(client__in={child for child, _relative in wanted})
        there = {(tie.client_id, tie.relative_id): tie for tie in pairs}
        paid_for = {tie.client_id for tie in there.values() if tie.pays}
        fresh = []
        for pair, (child, relative, kind) in reversed(wanted.items()):
            if pair in there or pair[0] == pair[1]:
                continue
            fresh.append(
                FamilyTie(client=child.client, relative=relative.client, kind=kind, pays=pair[0] not in paid_for)
            )
            paid_for.add(pair[0])
        bulk.create(fresh)
        journal.record_many(
            (
                journal.draft(
                    self.by,
                    "people.family_tied",
                    tie.client,
                    relative=str(tie.relative),
                    relative_id=tie.relative_id,
                    relation=tie.kind,
                    pays=tie.pays,
                ),
                tie.client,
                (tie.relative,),
            )
            for tie in fresh
        )

    def _open(
        self,
        drafts: Sequence[Draft],
        helds: Sequence[tuple[Held, Held]],
        mapped: frozenset[str],
        headings: dict[str, str],
        result: BatchResult,
    ) -> None:
        """Let the targets write what the rows say of deals and payments."""
        for target in targets:
            names = {field.name for field in target.fields}
            rows = [
                Row(
                    number=draft.number,
                    client=payer.client,
                    student=held.client,
                    values=values,
                    mapped=mapped,
                    manager_id=held.client.manager_id or _pk(self.manager),
                    branch_id=held.client.branch_id,
                    source_id=_pk(self.sources.get(key(draft.source))) if draft.source else None,
                )
                for draft, (payer, held) in zip(drafts, helds, strict=True)
                if (values := {name: value for name, value in draft.values.items() if name in names})
            ]
            if rows:
                outcome = target.write(self.by, rows)
                result.counts.update(outcome.counts)
                for row in result.rows:
                    row.shown.append(outcome.shown)
                result.problems += [
                    Problem(row, headings.get(name, ""), value, reason) for row, name, value, reason in outcome.problems
                ]


def _client(person: Person) -> Client:
    name = person.name
    return Client(
        kind=Client.Kind.FIRM if name.is_firm else Client.Kind.PERSON,
        given_name=name.given[:120],
        family_name=name.family[:120],
        patronymic=name.patronymic[:80],
        birthday=person.birthday,
    )


def _improve_name(held: Held, person: Person) -> None:
    """Fill in the parts of the name that the row has more of."""
    client, name = held.client, person.name
    if _named_by_number(client) and name.given and not _digits(name.given) > 5:
        held.give(given_name=name.given[:120], family_name=name.family[:120])
    elif not client.family_name and name.family and key(name.given) == key(client.given_name):
        held.give(family_name=name.family[:120])
    elif not client.family_name and name.family and key(client.given_name) == key(name.family):
        held.give(given_name=name.given[:120], family_name=name.family[:120])
    if len(name.patronymic) > len(client.patronymic):
        held.give(patronymic=name.patronymic[:80])


def _named_by_number(client: Client) -> bool:
    return not client.family_name and _digits(client.given_name) > 5


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _points(held: Held) -> list[ContactPoint]:
    first = len(held.points) - len(held.added)
    return [_contact(held.client, point, first + place) for place, point in enumerate(held.added)]


def _contact(client: Client, point: Point, position: int) -> ContactPoint:
    return ContactPoint(
        client_id=client.pk,
        kind=point.kind,
        value=point.value,
        typed=point.typed,
        label=point.label,
        whose=point.whose,
        position=position,
    )


def _by_key(named: Any) -> dict[str, Any]:
    """Records by their name, and by each word of it that is only theirs."""
    records = list(named)
    found: dict[str, Any] = {}
    shared = Counter(word for _record, name in records for word in set(key(name).split()))
    for record, name in records:
        for word in key(name).split():
            if shared[word] == 1:
                found.setdefault(word, record)
        found[key(name)] = record
        found[" ".join(reversed(key(name).split()))] = record
    return found


def _pk(record: Model | None) -> Any:
    return record.pk if record else None
