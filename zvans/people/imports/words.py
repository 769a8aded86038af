"""The words that people write in spreadsheets, in English, Latvian, Hungarian, Mongolian, Swahili and Russian.

Words stand here as people write them and are compared by ``key``: without case, accents, script or marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from zvans.core.search import fold

_MARKS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """``text`` as it is compared: ``Dzim. datums`` → ``dzim datums``."""
    return _MARKS.sub(" ", fold(text.replace("_", " "))).strip()


def keys(*lists: str) -> frozenset[str]:
    """The keys of words listed with a ``|`` between them."""
    return frozenset(key(word) for words in lists for word in words.split("|") if key(word))


def first_word_of(text: str, stems: Iterable[str]) -> bool:
    """Whether a word of the text begins with one of the stems (keys)."""
    words = key(text).split()
    return any(word.startswith(stem) for stem in stems for word in words)


NONE = keys(
    "-|--|---|n/a|na|none|no|nil|null|no email|no phone|unknown|?|x|0",
    "nav|nē|nezinu|nezināms|nav zināms|nav e-pasta|nav tālruņa",
    "nincs|nem|nincs adat|ismeretlen|nincs email",
    "байхгүй|үгүй|алга|мэдэхгүй",
    "hakuna|hapana|haijulikani|hana",
    "нет|неизвестно|отсутствует|не указано",
)
ALL_PAID = keys(
    "yes|y|paid|all|full|in full|paid in full|fully|ok|done|✓|✔|+|x",
    "jā|ja|samaksāts|samaksāja|apmaksāts|viss|pilnībā|samaksāts pilnībā|ir|nomaksāts|pilna summa",
    "igen|fizetve|fizetett|kifizetve|kifizette|teljes|rendezve|befizetve|teljes összeg",
    "тийм|төлсөн|бүрэн|бүгд|бүрэн төлсөн|төлөгдсөн",
    "ndiyo|ndio|amelipa|yote|kamili|amelipa yote|imelipwa|amemaliza|kalipa",
    "да|оплачено|оплатил|оплатила|полностью|всё|все|оплачен|оплачено полностью",
)
HALF_PAID = keys(
    "half", "puse|pusi|puse samaksāta", "fele|felét|a fele", "тал|тэн хагас|хагас", "nusu",
    "половина|пол|половину|половина суммы",
)  # fmt: skip
NOT_PAID = keys(
    "unpaid|not paid|no|owes|not yet|nothing",
    "nē|nav|nav samaksāts|nemaksā|parādā|neapmaksāts|vēl nav",
    "nem|nem fizetett|nincs|nincs fizetve|kifizetetlen|tartozik",
    "үгүй|төлөөгүй|төлөгдөөгүй",
    "hapana|bado|hajalipa|haijalipwa|anadaiwa",
    "нет|не оплачено|не оплатил|не оплатила|должен|должна|неоплачено",
)
FREE = keys("free|free of charge|gratis", "bezmaksas|par brīvu", "ingyen|ingyenes|díjmentes", "үнэгүй", "bure",
            "бесплатно")  # fmt: skip
TOTALS = keys(
    "total|totals|sum|grand total|subtotal|in all|altogether",
    "kopā|kopsumma|pavisam|summa|kopā kursanti",
    "összesen|mindösszesen|összeg|végösszeg|részösszeg",
    "нийт|бүгд|дүн|нийт дүн|нийлбэр",
    "jumla|jumla kuu|jumla ndogo",
    "всего|итого|итог|сумма|всего к оплате",
)

MOTHER = keys("mother|mom|mum|mummy|mam", "māte|mamma|mama|mātei|māmiņa", "anya|anyuka|édesanya|anyu|édesanyja|anyja",
              "ээж|эх", "mama|mama yake", "мама|мать|мамы|мамa")  # fmt: skip
FATHER = keys("father|dad|daddy", "tēvs|tētis|tēta|papa", "apa|apuka|édesapa|apu|édesapja|apja", "аав|эцэг",
              "baba", "папа|отец|папы")  # fmt: skip
OTHER_PARENT = keys(
    "parent|parents|guardian|grandmother|grandfather|grandma|grandpa|granny|grandad|carer",
    "vecāks|vecāki|vecmāmiņa|vecmamma|vectēvs|vectētiņš|ome|opis|aizbildnis|audžumamma|krustmāte|krusttēvs",
    "szülő|szülei|nagymama|nagyapa|nagypapa|gondviselő|gyám",
    "эмээ|өвөө|эцэг эх|асран хамгаалагч",
    "mzazi|wazazi|bibi|babu|mlezi",
    "родитель|родители|бабушка|дедушка|опекун",
)
PARTNER = keys("husband|wife|partner|spouse", "vīrs|vīra|sieva|sievas|partneris|partnere|draugs|draudzene",
               "férj|férje|feleség|felesége|párja|élettárs", "нөхөр|эхнэр|хань", "mume|mke|mwenzi",
               "муж|жена|супруг|супруга")  # fmt: skip
SIBLING = keys("brother|sister", "brālis|māsa", "testvér|testvére|bátyja|öccse|nővére|húga", "ах|эгч|дүү",
               "kaka|dada", "брат|сестра")  # fmt: skip
OTHER_RELATIVE = keys("son|daughter|aunt|uncle|relative|friend|boss|employer|payer|pays",
                      "dēls|meita|tante|onkulis|radinieks|maksātājs|maksā|priekšnieks|darba devējs",
                      "fia|lánya|rokon|főnök|fizető|néni|bácsi", "хүү|охин|төлөгч",
                      "mwana|binti|shangazi|mjomba|mlipaji|rafiki", "сын|дочь|тётя|дядя|плательщик|друг|начальник")  # fmt: skip
PARENTS = MOTHER | FATHER | OTHER_PARENT
RELATIONS = PARENTS | PARTNER | SIBLING | OTHER_RELATIVE

FIRMS = keys(
    "ltd|llc|inc|gmbh|plc|co ltd|limited|company",
    "sia|as|ik|uab|biedrība|z/s|ooo",
    "kft|bt|zrt|nyrt|kkt|alapítvány|egyesület",
    "ххк|хк|ххк.",
    "ооо|зао|оао|ип",
)

PHONE_LABELS = keys(
    "tel|tel.|telephone|phone|ph|t|mob|mob.|mobile|cell|m|home|work|office|fax|wa|whatsapp|viber|telegram|signal|sms",
    "tālr|tālr.|tālrunis|mobilais|mob.tālr|mājas|darbs|darba|birojs|nr|nr.",
    "telefon|mobil|otthon|otthoni|munkahely|munkahelyi|iroda",
    "утас|гар утас|гэр|гэрийн|ажил|ажлын",
    "simu|nyumbani|kazini|ofisi",
    "тел|тел.|телефон|моб|моб.|мобильный|домашний|дом|рабочий|раб|вотсап|ватсап|вайбер",
)

METHODS = {
    "cash": keys("cash|in cash", "skaidra nauda|skaidrā|skaidrā naudā|kase|kasē|nauda", "készpénz|kp|kp.|készpénzben",
                 "бэлэн|бэлнээр|бэлэн мөнгө", "taslimu|pesa taslimu|keshi", "наличные|наличными|нал|нал."),
    "card": keys("card|credit card|debit card|by card|pos|terminal|visa|mastercard",
                 "karte|ar karti|bankas karte|terminālis|termināls", "kártya|bankkártya|kártyával|terminál",
                 "карт|картаар|пос", "kadi|kwa kadi", "карта|картой|по карте|терминал|безнал"),
    "transfer": keys("transfer|bank transfer|bank|wire|invoice|paypal|revolut|mobile money|online|stripe",
                     "pārskaitījums|pārskaitīts|ar pārskaitījumu|banka|rēķins|internetbanka|swedbank|seb",
                     "átutalás|utalás|utalva|banki|csekk|számla", "дансаар|шилжүүлэг|данс|шилжүүлсэн|банк|qpay",
                     "benki|m-pesa|mpesa|m pesa|tigo pesa|tigopesa|airtel money|airtel|halopesa|uhamisho|lipa namba",
                     "перевод|переводом|банк|счет|на счет|сбербанк|по счету"),
}  # fmt: skip

_MONTHS = (
    "january|jan|janvāris|janvar|január|январь|январ|januari|1 сар",
    "february|feb|februāris|februar|február|февраль|феврал|februari",
    "march|mar|marts|mart|március|márc|март|machi",
    "april|apr|aprīlis|április|ápr|апрель|апрел|aprili",
    "may|maijs|maij|május|máj|май|мая|mei",
    "june|jun|jūnijs|június|jún|июнь|июн|juni",
    "july|jul|jūlijs|július|júl|июль|июл|julai",
    "august|aug|augusts|augusztus|август|agosti",
    "september|sep|sept|septembris|szeptember|szept|сентябрь|сентябр|septemba",
    "october|oct|oktobris|október|okt|октябрь|октябр|oktoba",
    "november|nov|novembris|ноябрь|ноябр|novemba",
    "december|dec|decembris|dets|декабрь|декабр|desemba|des",
)
MONTHS = {stem: number for number, stems in enumerate(_MONTHS, 1) for stem in keys(stems)}


def month(word: str) -> int | None:
    """The number of the month that a word names in any of the languages: ``martā``, ``március``, ``Machi``."""
    wanted = key(word).replace(" ", "")
    if len(wanted) < 3:
        return None
    best = max((stem for stem in MONTHS if wanted.startswith(stem)), key=len, default="")
    return MONTHS.get(best)


# The language that a word of a heading speaks of, and with it how names and numbers are likely written.
LANGUAGE_MARKS = {
    "lv": keys("vārds|uzvārds|tālrunis|e-pasts|kurss|grupa|cena|samaksāts|statuss|piezīmes|datums|klients|dzim|vecāks"),
    "hu": keys("név|vezetéknév|keresztnév|telefonszám|születési|állapot|ár|fizetett|megjegyzés|jelentkezés|honnan"),
    "mn": keys("овог|нэр|утас|имэйл|сургалт|огноо|төлбөр|үлдэгдэл|тайлбар|хариуцсан|и-мэйл|төрсөн"),
    "sw": keys("jina|simu|tarehe|bei|amelipa|malipo|maoni|huduma|mteja|saa|kozi|barua|hali|mwanafunzi"),
    "ru": keys(
        "фио|имя|фамилия|телефон|почта|дата|рождения|статус|примечание|цена|оплачено|отчество|курс|группа|клиент"
    ),
    "en": keys("name|surname|phone|birthday|date|price|paid|status|notes|course|group|client|student"),
}
COUNTRY_OF_LANGUAGE = {"lv": "LV", "hu": "HU", "mn": "MN", "sw": "TZ", "ru": "RU"}
COUNTRY_OF_CURRENCY = {
    "tzs": "TZ", "kes": "KE", "ksh": "KE", "tsh": "TZ", "ugx": "UG", "ft": "HU", "huf": "HU", "mnt": "MN", "₮": "MN",
    "төг": "MN", "мян": "MN", "rub": "RU", "руб": "RU", "₽": "RU", "£": "GB", "zł": "PL", "pln": "PL", "kč": "CZ",
    "czk": "CZ", "₸": "KZ", "kzt": "KZ", "₴": "UA", "uah": "UA", "грн": "UA", "лв": "BG", "₾": "GE",
}  # fmt: skip


def language_of(headings: Iterable[str]) -> str:
    """The language that most headings are in; "" when none is recognised."""
    words = [word for heading in headings for word in key(heading).split()]
    hits = {language: sum(word in marks for word in words) for language, marks in LANGUAGE_MARKS.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] else ""


RECOMMENDATION = "recommendation"
_RECOMMENDED = keys("recommended|referred|recommendation|referral|recommends", "ieteica|ieteikums|ieteikuši|rekomendē|ieteikusi",
                    "ajánlotta|ajánlás|ajánl|ajánlotta:", "санал болгосон|зөвлөсөн", "alipendekeza|alipendekezwa|amependekezwa|alituma|ametumwa|alinituma",
                    "посоветовал|посоветовала|рекомендовал|порекомендовал|рекомендация|по рекомендации|порекомендовала")  # fmt: skip
_SOURCES = {
    "Facebook": keys(
        "fb|facebook|face book|fejsbuks|facebook reklāma|фейсбук|фэйсбүүк|фэйсбук|feisbuks|fesbuk|fcb|meta"
    ),
    "Instagram": keys("insta|ig|instagram|instagramm|инста|инстаграм|инстаграмм|инстаграм|instagrams"),
    "Google": keys("google|gugle|гугл|гоогле|google ads|googlē|gūgle|google search"),
    "TikTok": keys("tiktok|tik tok|тикток|тик ток"),
    "WhatsApp": keys("whatsapp|wa|вотсап|ватсап"),
    "YouTube": keys("youtube|you tube|ютуб|yt"),
}
# Words of a heading that say the family name, and the given name.
_FAMILY_WORDS = keys("surname|last name|uzvārds|uzv|vezetéknév|овог|jina la ukoo|фамилия|фио|családnév|last|family")
_GIVEN_WORDS = keys("first|given|vārds|v|keresztnév|имя|нэр|name")


def recommender(text: str) -> str | None:
    """Who recommended us, when the text says so; "" when it says only that someone did."""
    said = text.split()
    if said and any(word in _RECOMMENDED for word in (key(said[0]), key(text))):
        return " ".join(said[1:])
    if len(said) > 1 and (key(said[-1]) in _RECOMMENDED or key(" ".join(said[:2])) in _RECOMMENDED):
        return " ".join(said[:-1])
    return None


def source(text: str) -> str:
    """The source's name as it is kept: ``FB`` is Facebook, any other begins with a capital."""
    said = key(text)
    known = next((name for name, known in _SOURCES.items() if said in known), None)
    return known or (text[:1].upper() + text[1:]).strip(" .!")[:80]


def is_recommendation(text: str) -> bool:
    """Whether a source of the school's stands for recommendations."""
    return any(word in _RECOMMENDED for word in (key(text), *key(text).split()))


def family_first(heading: str) -> bool | None:
    """What a heading says of the order: True for ``Uzvārds, vārds``; None when it says nothing."""
    said = key(heading).split()
    family = next((index for index, word in enumerate(said) if word in _FAMILY_WORDS), None)
    given = next((index for index, word in enumerate(said) if word in _GIVEN_WORDS), None)
    if said == ["fio"]:
        return True
    return None if family is None or given is None else family < given
