"""Bringing in a spreadsheet: by the command, by the screens, again, cancelled, killed, undone."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client as Http
from django.urls import reverse

from zvans.core import jobs, search
from zvans.core.actors import Actor
from zvans.core.commands import Refused
from zvans.core.models import Event, Job, Organisation
from zvans.demo.cast import Cast
from zvans.people import commands
from zvans.people.commands import Contact
from zvans.people.imports import reading, undo
from zvans.people.imports import run as runs
from zvans.people.models import Client, ContactPoint, FamilyTie, ImportMapping, ImportRun, Source
from zvans.team.models import User

FILES = Path(__file__).parent / "files"
AsUser = Callable[[User], Http]

SHEET = """Vārds, uzvārds;Tālrunis;E-pasts;Vecāks / maksātājs;Kā uzzināja;Mīļākā krāsa
Emīls Kalns;26111222;emils@k.lv;māte Ieva Kalna, 26111333;FB;zila
Zane Ozola;26111444, 26111555 (vīrs);nav;;facebook;
ZANE Ozola;+371 26 111 444;zane@o.lv;;;
Jānis Ozols;26111444;;;ieteica Ilze;
Anna Liepa;12 pie mammas;;;;
"""


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def bring_in(path: Path | str, **options: Any) -> dict[str, Any]:
    """What the command tells in its last line."""
    out = io.StringIO()
    call_command("import-clients", str(path), json=True, stdout=out, stderr=io.StringIO(), **options)
    report: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return report


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "klienti.csv"
    path.write_text(SHEET)
    return path


def client(name: str) -> Client:
    given, _space, family = name.partition(" ")
    return Client.objects.get(given_name=given, family_name=family)


def values(of: Client) -> list[str]:
    return [point.value for point in of.contacts.all()]


def test_what_becomes_of_each_row(cast: Cast, sheet: Path) -> None:
    report = bring_in(sheet)
    assert {name: report[name] for name in ("rows", "clients_created", "clients_matched", "skipped")} == {
        "rows": 5,
        "clients_created": 5,
        "clients_matched": 1,
        "skipped": 0,
    }
    assert [(p["row"], p["column"], p["value"]) for p in report["problems"]] == [(6, "Tālrunis", "12 pie mammas")]

    emils, ieva = client("Emīls Kalns"), client("Ieva Kalna")
    tie = FamilyTie.objects.get(client=emils)
    assert (tie.relative, tie.kind, tie.pays) == (ieva, FamilyTie.Kind.PARENT, True)
    assert values(ieva) == ["+37126111333"]
    assert (str(emils.source), emils.note) == ("Facebook", "Mīļākā krāsa: zila")

    zane = client("Zane Ozola")
    assert values(zane) == ["+37126111444", "+37126111555", "zane@o.lv"]
    assert zane.contacts.get(value="+37126111555").whose == "vīrs"
    assert values(client("Jānis Ozols")) == ["+37126111444"], "another given name on the same phone is another person"
    assert client("Jānis Ozols").note == "Kā uzzināja: ieteica Ilze"
    assert client("Anna Liepa").contacts.get().typed == "12 pie mammas"
    assert Source.objects.filter(name__in=("Facebook", "FB", "facebook")).count() == 1


def test_they_are_found_by_search_at_once(cast: Cast, sheet: Path) -> None:
    bring_in(sheet)
    found = search.found(cast.sanita, search.kinds["people.client"], "26111333")
    assert list(found) == [client("Ieva Kalna")]


def test_the_same_file_again_adds_nothing(cast: Cast, sheet: Path) -> None:
    bring_in(sheet)
    before = (Client.objects.count(), ContactPoint.objects.count(), FamilyTie.objects.count())
    report = bring_in(sheet)
    assert (report["clients_created"], report["clients_matched"]) == (0, 5)
    assert (Client.objects.count(), ContactPoint.objects.count(), FamilyTie.objects.count()) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(cast: Cast, sheet: Path) -> None:
    told = bring_in(sheet, dry_run=True)
    assert not Client.objects.exists()
    assert not ImportRun.objects.exists()
    assert told.pop("import") is None
    done = bring_in(sheet)
    assert done.pop("import") == ImportRun.objects.get().pk
    assert done == told


def test_an_empty_base_gets_a_school_of_the_files_country(db: None) -> None:
    report = bring_in(FILES / "salon-visits.csv", dry_run=True)
    assert report["clients_created"] == 90
    assert not Organisation.objects.exists()
    bring_in(FILES / "salon-visits.csv")
    school = Organisation.objects.get()
    assert (school.country, school.currency, school.language) == ("TZ", "TZS", "sw")
    assert User.objects.get().role.code == "owner"


@pytest.mark.parametrize(
    ("name", "rows", "created", "matched", "problems"),
    [
        ("riga-language-school.xlsx", 480, 518, 32, 1),
        ("budapest-workshop.csv", 260, 256, 4, 0),
        ("ulaanbaatar-training.xlsx", 200, 200, 0, 48),
        ("salon-visits.csv", 600, 90, 510, 1),
        ("phone-contacts.vcf", 80, 80, 0, 2),
    ],
)
def test_the_five_files(cast: Cast, name: str, rows: int, created: int, matched: int, problems: int) -> None:
    report = bring_in(FILES / name)
    assert (report["rows"], report["clients_created"], report["clients_matched"]) == (rows, created, matched)
    assert len(report["problems"]) == problems
    assert Client.objects.count() == created


def by_phone(number: str) -> Client:
    return Client.objects.get(contacts__value=number, contacts__whose="")


def test_awkward_rows_of_the_register(cast: Cast) -> None:
    bring_in(FILES / "riga-language-school.xlsx", sheet="Klienti")
    assert by_phone("+37122938194").name == "Artūrs Bērziņš", "row 6: surname first"
    alise = by_phone("+37125662475")
    assert (alise.name, str(alise.birthday)) == ("Alise Šķēle", "1982-05-19"), "rows 5 and 9 are one person"
    assert values(alise) == ["+37125662475", "alise.skele@apollo.example"]
    daniels = by_phone("+37168983495")
    assert str(daniels.birthday) == "2012-02-20", "rows 8 and 17: 20.2.12"
    assert {tie.relative.name for tie in daniels.ties.select_related("relative")} == {"Jūlija", "Sofija Krūmiņš"}
    dace = by_phone("+37122515352")
    assert dace.contacts.get(value="+37123109360").whose == "vīrs", "row 42: two phones in a cell"
    katrina = by_phone("+37125231225")
    assert katrina.name == "Katrīna Ivanova", "row 21: 8-25231225"
    uldis = Client.objects.get(contacts__value="(+371)23087975")
    assert not uldis.ties.exists(), "row 59: the payer column names the client themself"
    assert values(by_phone("+37124502270"))[0] == "+37124502270", "row 29: a phone stored as a number"


def test_a_mongolian_has_a_patronymic(cast: Cast) -> None:
    bring_in(FILES / "ulaanbaatar-training.xlsx")
    one = Client.objects.get(contacts__value="+97699941946")
    assert (one.given_name, one.patronymic, one.family_name) == ("Дөлгөөн", "Ж.", "")
    assert "Manager: Тэмүүлэн" in one.note or "Тэмүүлэн" in one.note


def test_a_manager_of_ours_becomes_responsible(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Name;Phone;Manager\nAnna Liepa;26111222;Ilze\nZane Kalna;26111223;Ilze Bērziņa\nIeva Roze;26111224;Kāds cits\n"
    )
    bring_in(path)
    assert client("Anna Liepa").manager == client("Zane Kalna").manager == cast.ilze
    assert (client("Ieva Roze").manager, "Kāds cits" in client("Ieva Roze").note) == (None, True)


def test_who_is_here_already_is_matched_and_keeps_what_they_have(cast: Cast, sheet: Path) -> None:
    held = commands.add_client(
        Actor.of(cast.ilze),
        given_name="Zane",
        family_name="Ozola",
        contacts=[Contact(ContactPoint.Kind.PHONE, "26111444")],
        note="Vecs",
    )
    bring_in(sheet)
    held.refresh_from_db()
    assert values(held) == ["+37126111444", "+37126111555", "zane@o.lv"]
    assert (held.note, str(held.source)) == ("Vecs", "Facebook")


def test_the_mapping_of_a_file(cast: Cast, tmp_path: Path) -> None:
    path, mapping = tmp_path / "a.csv", tmp_path / "m.json"
    path.write_text("Kas;Kā zvanīt;Iezīme\nAnna Liepa;26111222;VIP\n")
    mapping.write_text('{"Kas": "name", "1": "phone", "Iezīme": "tag"}')
    bring_in(path, mapping=mapping)
    assert [tag.name for tag in client("Anna Liepa").tags.all()] == ["VIP"]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", b"PK\x03\x04", b"Price;Lessons\n220;24\n"])
def test_an_unreadable_file_is_answered_by_a_sentence(cast: Cast, tmp_path: Path, content: bytes) -> None:
    path, out = tmp_path / "a.xlsx", io.StringIO()
    path.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("import-clients", str(path), json=True, stdout=out)
    assert json.loads(out.getvalue().splitlines()[-1])["error"]


def test_an_unknown_sheet_and_user(cast: Cast, sheet: Path) -> None:
    Organisation.objects.update(language="en")
    with pytest.raises(CommandError, match="no sheet"):
        bring_in(sheet, sheet="Nav")
    with pytest.raises(CommandError, match="no user"):
        bring_in(sheet, user="nobody@lase.example")


def _upload(http: Http, content: bytes, name: str = "klienti.csv") -> ImportRun:
    answer = http.post(reverse("import_add"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    return ImportRun.objects.latest("created_at")


def _work(run: ImportRun) -> ImportRun:
    """Do the job as the worker would."""
    run.refresh_from_db()
    assert run.job is not None
    jobs.run(run.job.pk)
    run.refresh_from_db()
    return run


def test_by_the_screens(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.sanita)
    run = _upload(http, SHEET.encode())
    page = http.get(reverse("import_run", args=[run.uuid]))
    assert "Bring in 5 rows" in page.content.decode()
    assert "12 pie mammas" in page.content.decode()
    assert not Client.objects.exists()

    preview = http.post(
        reverse("import_preview", args=[run.uuid]), {"column-0-5": "tag"}, headers={"HX-Request": "true"}
    )
    assert "Bring in 5 rows" in preview.content.decode()
    assert not Client.objects.exists()

    http.post(reverse("import_start", args=[run.uuid]), {"sheet": "", "column-0-5": "tag"})
    waiting = http.get(reverse("import_run", args=[run.uuid]))
    assert 'role="progressbar"' in waiting.content.decode()
    assert _work(run).state == ImportRun.State.DONE
    assert [tag.name for tag in client("Emīls Kalns").tags.all()] == ["zila"]
    result = http.get(reverse("import_run", args=[run.uuid])).content.decode()
    assert "Undo the whole import" in result
    assert "Emīls Kalns" in http.get(reverse("import_clients", args=[run.uuid])).content.decode()
    assert "12 pie mammas" in http.get(reverse("import_problems", args=[run.uuid])).content.decode()
    assert ImportMapping.objects.count() == 1
    again = _upload(http, SHEET.encode())
    assert 'value="tag" selected' in http.get(reverse("import_run", args=[again.uuid])).content.decode()


def test_the_importer_looks_after_whomever_the_file_names_nobody_for(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.sanita)
    file = "Vārds;Tālrunis;Menedžeris\nAnna Liepa;25231225;Ilze Bērziņa\nIeva Roze;25231226;\n".encode()
    run = _upload(http, file)
    page = http.get(reverse("import_run", args=[run.uuid])).content.decode()
    assert f'<option value="{cast.sanita.pk}" selected>' in page
    http.post(reverse("import_start", args=[run.uuid]), {"sheet": "", "manager": cast.janis.pk})
    _work(run)
    assert (client("Anna Liepa").manager, client("Ieva Roze").manager) == (cast.ilze, cast.janis)


def test_the_command_says_who_looks_after_them(cast: Cast, sheet: Path) -> None:
    bring_in(sheet, manager=cast.ilze.email)
    assert set(Client.objects.values_list("manager", flat=True)) == {cast.ilze.pk}


def test_a_file_that_is_no_table_is_refused_on_its_page(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.sanita).post(reverse("import_add"), {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.7")})
    assert answer.status_code == 422
    assert "This is a PDF" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_sheet_without_people_says_so(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.sanita)
    run = _upload(http, b"Price;Lessons\n220;24\n230;25\n")
    assert "There are no people in this file" in http.get(reverse("import_run", args=[run.uuid])).content.decode()


def test_who_may_not(cast: Cast, as_user: AsUser) -> None:
    run = runs.upload(cast.sanita, "a.csv", SHEET.encode())
    for person in (cast.ilze, cast.liga, cast.anna, cast.dace):
        assert as_user(person).get(reverse("import_list")).status_code == 403
        assert as_user(person).get(reverse("import_run", args=[run.uuid])).status_code == 403
    assert Http().get(reverse("import_list")).status_code == 302


def test_sent_twice_is_brought_in_once(cast: Cast, as_user: AsUser) -> None:
    http = as_user(cast.sanita)
    run = _upload(http, SHEET.encode())
    http.post(reverse("import_start", args=[run.uuid]))
    http.post(reverse("import_start", args=[run.uuid]))
    assert Job.objects.count() == 1


def _started(cast: Cast, content: str) -> ImportRun:
    run = runs.upload(cast.sanita, "a.csv", content.encode())
    runs.start(run, cast.sanita, sheet="", mapping={})
    run.refresh_from_db()
    return run


MANY = "Name;Phone\n" + "".join(
    f"Anna Liepa{'abcdefghij'[n % 10]}{'abcdefghij'[n // 10]};261{n:05d}\n" for n in range(100)
)


def test_killed_in_the_middle_it_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run = _started(cast, MANY)
    plan = runs.prepare(runs.content(run))

    class Killed(BaseException):
        pass

    def kill(done: int, _total: int) -> None:
        if done >= 30:
            raise Killed

    monkeypatch.setattr(runs.Plan.batches, "__defaults__", (10,))
    with pytest.raises(Killed):
        runs.bring_in(ImportRun.objects.get(pk=run.pk), plan, kill)
    assert Client.objects.count() == 30
    assert _work(run).state == ImportRun.State.DONE
    assert Client.objects.count() == 100
    assert run.report["counts"]["rows"] == 100


def test_two_workers_write_each_row_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Organisation.objects.update(language="en")
    run = _started(cast, MANY)
    stale = ImportRun.objects.get(pk=run.pk)
    _work(run)
    with pytest.raises(Refused, match="another worker"):
        runs.bring_in(stale, runs.prepare(runs.content(run)), lambda _done, _total: None)
    assert Client.objects.count() == 100


def test_stopped_it_keeps_what_is_in_and_can_be_undone(cast: Cast, as_user: AsUser) -> None:
    run = _started(cast, MANY)
    as_user(cast.sanita).post(reverse("import_cancel", args=[run.uuid]))
    assert _work(run).state == ImportRun.State.CANCELLED
    assert Client.objects.count() == 0
    assert "It was stopped" in as_user(cast.sanita).get(reverse("import_run", args=[run.uuid])).content.decode()


def test_the_whole_import_is_undone_as_one(cast: Cast, as_user: AsUser) -> None:
    zane = commands.add_client(
        Actor.of(cast.ilze),
        given_name="Zane",
        family_name="Ozola",
        contacts=[Contact(ContactPoint.Kind.PHONE, "26111444")],
    )
    run = _work(_started(cast, SHEET))
    zane.refresh_from_db()
    assert str(zane.source) == "Facebook"
    commands.change_client(Actor.of(cast.ilze), client("Emīls Kalns"), note="Sarunāts")

    as_user(cast.sanita).post(reverse("import_undo", args=[run.uuid]))
    assert _work(run).state == ImportRun.State.UNDONE
    zane.refresh_from_db()
    assert (zane.source, values(zane)) == (None, ["+37126111444"])
    assert {c.name for c in Client.objects.active()} == {"Zane Ozola", "Emīls Kalns"}, "who was changed since stays"
    page = as_user(cast.sanita).get(reverse("import_run", args=[run.uuid])).content.decode()
    assert "because someone has worked with them since" in page
    assert Event.objects.filter(kind="people.import_undone").count() == 1


def test_undone_by_the_command(cast: Cast, sheet: Path) -> None:
    number = bring_in(sheet)["import"]
    out = io.StringIO()
    call_command("import-clients", undo=str(number), stdout=out)
    assert "clients archived: 5" in out.getvalue()
    assert not Client.objects.active().exists()
    for wrong in (str(number), "77", "x"):
        with pytest.raises(CommandError):
            call_command("import-clients", undo=wrong, stdout=out)
    assert ImportRun.objects.get().state == ImportRun.State.UNDONE


def test_a_file_is_thrown_away(cast: Cast, as_user: AsUser, django_capture_on_commit_callbacks: Any) -> None:
    http = as_user(cast.sanita)
    run = _upload(http, SHEET.encode())
    here, path = reverse("import_run", args=[run.uuid]), Path(run.file.path)
    throw = reverse("import_discard", args=[run.uuid])
    assert throw in http.get(here).content.decode()
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert http.post(throw).status_code == 302
    assert not path.exists()
    assert (ImportRun.objects.count(), http.get(here).status_code) == (0, 404)
    assert Event.objects.get(kind="people.import_discarded").about_label == "klienti.csv"


def test_a_file_that_is_being_brought_in_is_not_thrown_away(cast: Cast, as_user: AsUser) -> None:
    run = _started(cast, SHEET)
    as_user(cast.sanita).post(reverse("import_discard", args=[run.uuid]))
    assert Path(run.file.path).exists()
    assert _work(run).state == ImportRun.State.DONE


def test_undone_twice_is_refused(cast: Cast) -> None:
    run = _work(_started(cast, SHEET))
    undo.start(run, cast.sanita)
    _work(run)
    with pytest.raises(Refused, match="can't be undone"):
        undo.start(run, cast.sanita)


def test_a_batch_costs_the_same_for_many_rows(cast: Cast, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(60):
        run = runs.upload(cast.sanita, "a.csv", MANY.encode())
        ImportRun.objects.filter(pk=run.pk).update(state="running")
        runs.bring_in(run, runs.prepare(reading.read(MANY.encode())), lambda _done, _total: None)
