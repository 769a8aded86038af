"""``{% url %}`` and ``{% trans %}`` remember, and still say what Django's would."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch
from django.utils import translation


def _render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_an_address_has_the_number_of_its_own_record() -> None:
    rows = _render("{% for pk in keys %}{% url 'client' pk %} {% endfor %}", keys=[7, 12])
    assert rows.split() == ["/clients/7/", "/clients/12/"]
    assert _render("{% url 'client' pk as here %}[{{ here }}]", pk=7) == "[/clients/7/]"
    assert _render("{% url 'client' pk as here %}[{{ here }}]", pk="none") == "[]"


def test_an_address_without_its_record_is_a_mistake() -> None:
    with pytest.raises(NoReverseMatch):
        _render("{% url 'client' pk %}", pk=None)
    with pytest.raises(NoReverseMatch):
        _render("{% url 'nowhere' 1 %}")


def test_a_text_is_said_in_the_language_of_whoever_reads_it() -> None:
    template = engines["django"].from_string("{% trans 'Deals' %}")
    said = []
    for language in ("lv", "en", "lv"):
        with translation.override(language):
            said.append(template.render({}))
    assert said == ["Darījumi", "Deals", "Darījumi"]
