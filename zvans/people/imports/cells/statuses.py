"""Where a client stands, as people write it in their own words: ``jāzvana!!``, ``atteicās (dārgi)``, ``fizetett``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from zvans.people.imports.cells.plain import is_none
from zvans.people.imports.words import key, keys


class Standing(StrEnum):
    """What a status means for the request on its row."""

    REFUSED = "refused"
    CALL_BACK = "call_back"
    THINKING = "thinking"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    INSTALMENTS = "instalments"
    PAID = "paid"
    ATTENDING = "attending"
    NEW = "new"


@dataclass(frozen=True)
class Status:
    standing: Standing
    reason: str = ""


# Looked for in this order: "nav samaksāts" and "won't come" are no "paid" and no "comes". A stem with a space
# before it begins a word; stems are found as ``words.key`` writes them.
_STEMS: tuple[tuple[Standing, frozenset[str]], ...] = (
    (
        Standing.NEW,
        keys("new|not paid|unpaid|lead|interested|enquiry|inquiry|applied", "jauns|jauna|pieteic|interes|nav samaks|neapmaks|nav apmaks|pieteikums",
             "új|érdeklőd|jelentkezett|nem fizet", "шинэ|төлөөгүй|сонирх|бүртгүүлсэн", "mpya|hajalipa|ameuliza|anavutiwa",
             "новый|новая|заявка|не оплат|неоплач|интерес"),
    ),
    (
        Standing.REFUSED,
        keys("refus|declin|cancel|lost|not interested|rejected|no show|dropped|wont|not coming|quit|withdr|said no",
             "atteic|atsak|nenāks|nevēlas|negrib|neinteres|atcēl|atcelts|pārtrauc|aizgāj|nav ieinteres|atkrit|nepiekrīt",
             "visszautas|lemond|elutas|nem kér|nem jön|nem érdek|kilép|törölt|visszalép|nem kíván",
             "татгалз|болисон|цуцал|сонирхохгүй|ирэхгүй|больсон|гарсан", "amekataa|kataa|hataki|ameghairi|amesitisha|haji|ameacha|amejitoa|hakuja|ghairi",
             "отказ|отмен|не придет|не придёт|не хочет|не интерес|передумал|ушел|ушла|не будет|бросил"),
    ),
    (
        Standing.CALL_BACK,
        keys("call|ring|phone|contact him|contact her|to contact|no answer|busy|unreachable",
             "zvan|jāzvan|pārzvan|sazvan|piezvan|atzvan|neceļ|neatbild|nesazvan|jāsazin",
             "hív|visszahív|felhív|telefonál|nem veszi fel|nem elérhető|keresni",
             "залга|утасд|дахин ярих|утсаа авахгүй|эргэж холбо|холбогдох", "pigia|piga simu|apigiwe|kupigiwa|hapokei|hajapokea|mpigie",
             "звон|позвон|перезвон|не берет|не берёт|не отвечает|связаться|дозвон|недозвон"),
    ),
    (
        Standing.INSTALMENTS,
        keys("instal|in parts|partial|part paid|deposit|down payment|partly|split", "pa daļām|daļēj|nomaks|dalīt|avans|iemaks|daļa",
             "részlet|előleg|részben", "хэсэгч|урьдчилгаа|хуваан|дутуу", "awamu|kidogo kidogo|sehemu|nusu",
             "рассроч|частич|по частям|аванс|предоплат|часть|долями"),
    ),
    (
        Standing.PAID,
        keys("paid|won|sold|bought|settled|closed won|payed", "samaks|apmaks|nopirk|pārdot|nomaksāts", "fizet|kifizet|befizet|rendez|megvette|eladva",
             "төлсөн|төлөгдсөн|төлбөр|авсан", "amelipa|lipa|imelipwa|kalipa|amenunua", "оплат|оплач|купил|заплат|продан"),
    ),
    (
        Standing.ATTENDING,
        keys("attend|active|enrol|studying|studies|student|started|graduat|finish|complet|came|visited|done|coming|current|in progress|member",
             "mācās|apmeklē|aktīv|pabeidz|beidz|uzņemt|iestāj|sācis|sāka|nāk|ierakst|atnāca|bija|pabeig|turpina|absolvē",
             "jár|aktív|beirat|végzett|elvégez|elkezd|tanul|befejez|részt vesz|eljött|folyamatban",
             "суралц|идэвхт|төгссөн|элссэн|эхэлсэн|сурч|хамрагд|ирсэн|явж байгаа", "anasoma|anahudhuria|amesajiliwa|amemaliza|amehitimu|amekuja|ameanza|hai|anaendelea|alikuja",
             "учит|ходит|актив|закончил|окончил|зачисл|записан|обуча|посеща|начал|занимает|пришел|пришёл|пришла|выпуск"),
    ),
    (
        Standing.THINKING,
        keys("think|consider|maybe|undecided|unsure|not sure|later|hesitat|perhaps|decid", "domā|pārdomā|apsver|varbūt|šaub|vēlāk|padomā|izlem|nezina|nav pārliec",
             "gondolk|átgondol|talán|bizonytalan|később|dönt|még nem tudja|meggondol", "бодож|бодно|бодоод|магад|эргэлз|дараа|шийдээгүй|тодорхойгүй",
             "anafikiria|fikiri|labda|hajaamua|baadaye|anawaza|kufikiria", "дума|подума|сомнева|может быть|возможно|позже|решает|не решил|размышл|не знает"),
    ),
    (
        Standing.WAITING,
        keys("wait|queue|pending|on hold|hold|postpon|reserve list", "gaida|rind|rezerv|atlik|gaidī", "vár|várólist|függőben|elhalaszt|halaszt",
             "хүлээ|дараалал|хойшл|нөөц", "anasubiri|subiri|foleni|ameahirisha", "ждет|ждёт|ожида|очеред|отлож|резерв|жду"),
    ),
    (
        Standing.CONFIRMED,
        keys("confirm|agreed|accept|will come|signed|booked|registered|yes|ok|approved|reserved|sign up|signed up|go",
             "apstip|piekrī|piekrit|nāks|parakst|piesak|piesaka|reģistr|vienojā|jā|gatavs|akcept|piekrita",
             "megerős|elfogad|jön|beleegy|visszaigazol|foglalt|rendben|igen|aláír|regisztrál|vállal",
             "баталгаа|батал|зөвшөөр|тийм|ирнэ|бүртгэгдсэн|гэрээ|зөвшөөрсөн", "amethibitisha|thibitish|amekubali|kubali|ndiyo|atakuja|ameandikishwa|amejiandikisha|sawa",
             "подтвер|соглас|придет|придёт|да|договор|забронир|одобр|готов"),
    ),
)  # fmt: skip
_REASON = re.compile(r"[(\[:–—,-]\s*([^()\[\]]{3,80}?)\s*[)\]]?\s*[!.]*$")
# A short stem is a whole word: "да" and "go" begin too many others.
_WHOLE = 3


@lru_cache(maxsize=5000)
def read_status(text: str) -> Status | None:
    """What the words say; None when they are not understood. Nothing written is a new request."""
    if is_none(text):
        return Status(Standing.NEW)
    words = f" {key(text)} "
    main = f" {key(_REASON.sub('', text))} "
    for held in (main, words):
        for standing, stems in _STEMS:
            if any(f" {stem} " in held if len(stem) <= _WHOLE else f" {stem}" in held for stem in stems):
                return Status(standing, _reason(text) if standing == Standing.REFUSED else "")
    return None


def _reason(text: str) -> str:
    found = _REASON.search(text)
    reason = found[1].strip(" .,!-–—") if found else ""
    return reason[:1].upper() + reason[1:]
