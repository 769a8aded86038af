"""The owner's own pipelines, stages and reasons of refusal."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client as Http
from django.urls import reverse

from zvans.core.actors import Actor
from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.sales import commands
from zvans.sales.models import Deal, Pipeline, RefusalReason, Stage
from zvans.sales.tests.making import a_deal, a_pipeline
from zvans.team.models import User

AsUser = Callable[[User], Http]


def names(pipeline: Pipeline) -> list[str]:
    return [stage.name for stage in pipeline.stages.active()]


def test_the_shipped_pipeline_is_laid_once(cast: Cast) -> None:
    pipeline = a_pipeline(cast)
    assert a_pipeline(cast) == pipeline
    assert (pipeline.stages.count(), RefusalReason.objects.count()) == (4, 6)
    assert all(stage.to_do and stage.to_say for stage in pipeline.stages.all())


def test_a_stage_is_added_changed_and_put_before_another(cast: Cast, as_user: AsUser) -> None:
    pipeline, http = a_pipeline(cast), as_user(cast.sanita)
    form = {"name": "Izmēģinājums", "to_do": "Aicināt", "within_hours": 48, "to_say": "Nāciet!"}
    http.post(reverse("stage_add", args=[pipeline.pk]), form)
    stage = Stage.objects.get(name="Izmēģinājums")
    assert names(pipeline)[-1] == "Izmēģinājums"
    http.post(reverse("stage_up", args=[stage.pk]))
    assert names(pipeline)[-2] == "Izmēģinājums"
    http.post(reverse("stage_change", args=[stage.pk]), form | {"name": "Izmēģinājuma stunda"})
    assert "Izmēģinājuma stunda" in http.get(reverse("pipeline", args=[pipeline.pk])).content.decode()
    assert history(stage)[0].changes == {"name": ["Izmēģinājums", "Izmēģinājuma stunda"]}


def test_a_stage_with_open_deals_is_put_away_only_when_it_is_said_where_they_go(cast: Cast, as_user: AsUser) -> None:
    deal, http = a_deal(cast), as_user(cast.sanita)
    stage, other = deal.stage, deal.pipeline.stages.all()[1]
    page = http.post(reverse("stage_archive", args=[stage.pk]), follow=True).content.decode()
    assert "Say where they go" in page
    http.post(reverse("stage_archive", args=[stage.pk]), {"move_to": other.pk})
    deal.refresh_from_db()
    assert (deal.stage, stage.name in names(deal.pipeline)) == (other, False)
    assert history(deal.client).filter(kind="sales.deal_moved").count() == 1
    http.post(reverse("stage_restore", args=[stage.pk]))
    assert names(deal.pipeline)[-1] == stage.name


def test_a_stage_put_away_stays_on_the_board_while_a_deal_is_at_it(cast: Cast, as_user: AsUser) -> None:
    deal = a_deal(cast)
    Stage.objects.filter(pk=deal.stage_id).update(archived_at=deal.created_at)
    columns = as_user(cast.sanita).get(reverse("deal_board")).context["columns"]
    assert [card.pk for column in columns for card in column.cards] == [deal.pk]


def test_the_last_ones_stay(cast: Cast, as_user: AsUser) -> None:
    pipeline, http = a_pipeline(cast), as_user(cast.sanita)
    assert "only pipeline" in http.post(reverse("pipeline_archive", args=[pipeline.pk]), follow=True).content.decode()
    for stage in pipeline.stages.all():
        page = http.post(reverse("stage_archive", args=[stage.pk]), follow=True).content.decode()
    assert "only stage" in page
    for reason in RefusalReason.objects.all():
        page = http.post(reverse("reason_archive", args=[reason.pk]), follow=True).content.decode()
    assert "only reason" in page
    assert (len(names(pipeline)), RefusalReason.objects.active().count()) == (1, 1)


def test_a_second_pipeline_and_a_deal_that_goes_over_to_it(cast: Cast, as_user: AsUser) -> None:
    deal, http = a_deal(cast), as_user(cast.sanita)
    http.post(reverse("pipeline_add"), {"name": "Studija"})
    studija = Pipeline.objects.get(name="Studija")
    stage = studija.stages.all()[0]
    commands.move_deal(Actor.of(cast.ilze), deal, stage)
    assert Deal.objects.get().pipeline == studija
    page = http.post(reverse("pipeline_archive", args=[studija.pk]), follow=True).content.decode()
    assert "still has open deals" in page
    http.post(reverse("pipeline_change", args=[studija.pk]), {"name": "Salons"})
    assert "Salons" in http.get(reverse("deal_board"), {"pipeline": studija.pk}).content.decode()


def test_a_stage_changes_places_only_with_those_of_its_own_pipeline(cast: Cast, as_user: AsUser) -> None:
    pipeline, http = a_pipeline(cast), as_user(cast.sanita)
    http.post(reverse("pipeline_add"), {"name": "Studija"})
    studija = Pipeline.objects.get(name="Studija")
    before, first = names(pipeline), studija.stages.all()[0]
    http.post(reverse("stage_up", args=[first.pk]))
    assert (names(pipeline), names(studija)[0]) == (before, first.name)
    page = http.get(reverse("pipeline", args=[studija.pk])).content.decode()
    assert reverse("stage_up", args=[first.pk]) not in page, "the first has nowhere to go"
    assert reverse("stage_up", args=[studija.stages.all()[1].pk]) in page


def test_a_pipeline_renamed_on_its_own_page_stays_in_sight(cast: Cast, as_user: AsUser) -> None:
    pipeline, http = a_pipeline(cast), as_user(cast.sanita)
    page = reverse("pipeline", args=[pipeline.pk])
    headers = {"HX-Request": "true", "Referer": f"http://testserver{page}"}
    answer = http.post(reverse("pipeline_change", args=[pipeline.pk]), {"name": "Kursi"}, headers=headers)
    assert answer["HX-Redirect"].endswith(page)


def test_reasons_are_the_owners(cast: Cast, as_user: AsUser) -> None:
    a_pipeline(cast)
    http = as_user(cast.sanita)
    http.post(reverse("reason_add"), {"name": "Pārcēlās"})
    reason = RefusalReason.objects.get(name="Pārcēlās")
    assert http.post(reverse("reason_add"), {"name": "Pārcēlās"}).status_code == 422
    http.post(reverse("reason_change", args=[reason.pk]), {"name": "Pārcēlās uz ārzemēm"})
    http.post(reverse("reason_up", args=[reason.pk]))
    assert [one.name for one in RefusalReason.objects.all()][-2] == "Pārcēlās uz ārzemēm"
    http.post(reverse("reason_archive", args=[reason.pk]), follow=True)
    deal = a_deal(cast)
    assert "Pārcēlās" not in http.get(reverse("deal_refuse", args=[deal.pk])).content.decode()
