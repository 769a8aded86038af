"""What a column may mean: the fields of a client, and those of the targets of the apps above."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zvans.people.imports.targets import Field, targets

NAME, GIVEN, FAMILY, PATRONYMIC = "name", "given_name", "family_name", "patronymic"
PHONE, EMAIL, MESSENGER, BIRTHDAY = "phone", "email", "messenger", "birthday"
PARENT, PARENT_PHONE, PARENT_EMAIL = "parent", "parent_phone", "parent_email"
SOURCE, REFERRED_BY, MANAGER, BRANCH = "source", "referred_by", "manager", "branch"
TAG, NOTE, KEEP, SKIP = "tag", "note", "keep", ""

OWN: tuple[Field, ...] = (
    Field(
        NAME,
        _("Whole name"),
        "name",
        (
            "name|full name|client|client name|student|student name|pupil|customer|customer name|participant|person|"
            "name and surname|name surname|first and last name|child|child name|attendee|guest|patient|member|learner|contact name",
            "vārds uzvārds|vārds un uzvārds|uzvārds vārds|pilns vārds|klients|klienta vārds|skolēns|audzēknis|dalībnieks|"
            "bērns|bērna vārds|bērna vārds uzvārds|kursants|viesis|pacients|studente|skolnieks|apmeklētājs|v uzvārds|nosaukums",
            "név|teljes név|ügyfél|ügyfél neve|tanuló|tanuló neve|diák|diák neve|résztvevő|résztvevő neve|gyermek neve|gyerek|"
            "gyerek neve|gyermek|vendég|vendég neve|hallgató|hallgató neve|páciens|tag neve|vásárló",
            "овог нэр|нэр овог|овог, нэр|оюутан|сурагч|сурагчийн нэр|үйлчлүүлэгч|үйлчлүүлэгчийн нэр|хүүхдийн нэр|суралцагч|бүтэн нэр|"
            "харилцагч|суралцагчийн нэр|овог ба нэр|хүүхэд",
            "jina la mteja|jina kamili|mteja|mwanafunzi|jina la mwanafunzi|majina|jina la mtoto|mshiriki|mgeni|majina kamili|"
            "jina la mshiriki|wateja|mtoto|mgonjwa",
            "фио|ф и о|имя и фамилия|имя фамилия|фамилия имя|фамилия и имя|фамилия имя отчество|клиент|ученик|студент|имя клиента|участник|"
            "ребенок|ребёнок|фио ребенка|фио клиента|фио ученика|слушатель|гость|посетитель|пациент|имя ученика|имя ребенка|заказчик",
        ),
    ),
    Field(
        GIVEN,
        _("Given name"),
        "text",
        ("first name|given name|forename|firstname|name|given names", "vārds", "keresztnév|utónév", "нэр|өөрийн нэр",
         "jina la kwanza|jina", "имя"),
    ),
    Field(
        FAMILY,
        _("Family name"),
        "text",
        ("surname|last name|family name|lastname|second name", "uzvārds", "vezetéknév|családnév|családi név", "ургийн овог",
         "jina la ukoo|jina la familia|jina la mwisho|ubini|ukoo", "фамилия"),
    ),
    Field(
        PATRONYMIC,
        _("Patronymic or middle name"),
        "text",
        ("patronymic|middle name", "tēvvārds|otrais vārds", "apja neve|második keresztnév", "овог|эцгийн нэр|эцэг эхийн нэр|эцэг/эхийн нэр",
         "jina la kati|jina la baba|jina la pili", "отчество"),
    ),
    Field(
        PHONE,
        _("Phone"),
        "phone",
        ("phone|phone number|telephone|mobile|mobile phone|tel|cell|contact|contacts|contact number|number phone|mobile number|phone 2",
         "tālrunis|telefons|tel.|tālr.|mob.|mobilais|kontakti|kontakttālrunis|tālruņa numurs|telefona numurs|numurs|kontakts|mob. tālrunis",
         "telefon|telefonszám|tel|mobil|mobilszám|elérhetőség|telefonszáma|elérhetőségek|mobiltelefon",
         "утас|утасны дугаар|гар утас|дугаар утас|холбоо барих|утас 2|холбогдох утас|утасны",
         "simu|namba ya simu|nambari ya simu|namba|mawasiliano|simu ya mkononi|simu 2",
         "телефон|тел|номер телефона|мобильный|моб|контакты|контактный телефон|сотовый|номер|мобильный телефон|контакт"),
        many=True,
    ),
    Field(
        EMAIL,
        _("E-mail"),
        "email",
        ("email|e-mail|mail|email address|e-mail address", "e-pasts|epasts|e-pasta adrese|pasts|meils", "email|e-mail|emailcím|e-mail cím|levélcím|mailcím",
         "имэйл|и-мэйл|цахим шуудан|мэйл|и мэйл|имэйл хаяг", "barua pepe|baruapepe|anwani ya barua pepe", "почта|эл. почта|электронная почта|имейл|e-mail|емейл|эл почта|мейл"),
        many=True,
    ),
    Field(MESSENGER, _("Messenger"), "text", ("whatsapp|telegram|viber|skype|instagram|messenger|facebook name|tiktok|вотсап|ватсап|вайбер|телеграм|инстаграм|vk|вк|facebook messenger|фэйсбүүк хаяг",), many=True),
    Field(
        BIRTHDAY,
        _("Birthday"),
        "date",
        ("birthday|date of birth|birth date|dob|born|birthdate|born on", "dzimšanas diena|dzimšanas datums|dzim. datums|dzimis|dz. datums|dzim. diena|dzimusi|dzim. dat.|dz.d.|dzim.",
         "születési idő|születési dátum|született|szül. dátum|szül. idő|szül.|születésnap|szülinap|szül. ideje|születési ideje", "төрсөн өдөр|төрсөн огноо|төрсөн он сар өдөр|төрсөн он|төрсөн",
         "tarehe ya kuzaliwa|siku ya kuzaliwa|kuzaliwa|amezaliwa|tar. ya kuzaliwa", "дата рождения|день рождения|др|д.р.|родился|дата рожд.|д/р|рождение|год рождения"),
    ),
    Field(
        PARENT,
        _("Parent or payer"),
        "parent",
        ("parent|guardian|payer|mother|father|contact person|parent name|parent payer|parents|who pays|mother name|father name|responsible person|emergency contact|parent guardian",
         "vecāks|vecāki|maksātājs|mamma|māte|tētis|tēvs|pārstāvis|kontaktpersona|aizbildnis|likumiskais pārstāvis|vecāka vārds|vecāku vārds|vecāku kontakti|mātes vārds",
         "szülő|szülő neve|anya|apa|gondviselő|fizető|számlafizető|kapcsolattartó|törvényes képviselő|anyja neve|befizető|szülő elérhetősége|gondviselő neve|költségviselő",
         "эцэг эх|асран хамгаалагч|ээж|аав|төлөгч|холбоо барих хүн|эцэг эхийн мэдээлэл|ээж аав",
         "mzazi|mlezi|mlipaji|mama|baba|jina la mzazi|mzazi mlezi|jina la mlezi|wazazi",
         "родитель|родители|мама|папа|мать|отец|плательщик|представитель|контактное лицо|опекун|фио родителя|имя родителя|законный представитель|кто платит"),
        many=True,
    ),
    Field(PARENT_PHONE, _("Parent's phone"), "phone", ("vecāku tālrunis|vecāka tālrunis|mātes tālrunis|mammas tālrunis|szülő telefonszáma|szülő telefon|szülő tel|anya telefonszáma|parent phone|parents phone|guardian phone|mother phone|эцэг эхийн утас|ээжийн утас|аавын утас|simu ya mzazi|namba ya mzazi|simu ya mlezi|телефон родителя|телефон мамы|тел. родителя|телефон родителей",), many=True),
    Field(PARENT_EMAIL, _("Parent's e-mail"), "email", ("parent email|vecāku e-pasts|vecāka e-pasts|szülő email|szülő e-mail címe|эцэг эхийн имэйл|barua pepe ya mzazi|почта родителя|email родителя",), many=True),
    Field(
        SOURCE,
        _("Source"),
        "source",
        ("source|how did you hear|heard from|where from|channel|came from|how heard|how found us|lead source|advertisement|how did you find us", "kā uzzināja|avots|no kurienes|kur uzzināja|kā uzzinājāt|kanāls|reklāma|uzzināja no|no kurienes uzzināja",
         "honnan hallott rólunk|honnan|forrás|hol hallott|hirdetés|honnan jött|honnan értesült|csatorna", "эх сурвалж|хаанаас мэдсэн|хаанаас|суваг|мэдээлэл авсан", "chanzo|alisikia wapi|alitupataje|ametoka wapi|alijuaje|njia aliyotujua",
         "источник|откуда узнал|откуда|откуда узнали|канал|реклама|как узнал|откуда пришел|как узнали о нас"),
    ),
    Field(
        REFERRED_BY,
        _("Recommended by"),
        "text",
        ("referred by|recommended by|who sent|referral|referrer|who recommended", "kas ieteica|ieteica|ieteicējs|no kā", "ki ajánlotta|ajánló|ajánlotta", "хэн санал болгосон|санал болгосон|зуучлагч|хэнээс", "alituma nani|aliyemtuma|alipendekezwa na|nani alimtuma|aliyemleta|ametumwa na|aliletwa na", "кто посоветовал|кто порекомендовал|от кого|рекомендация|рекомендатель|кто привел"),
    ),
    Field(
        MANAGER,
        _("Responsible manager"),
        "manager",
        ("manager|responsible|account manager|owner|assigned to|handled by|responsible manager|sales manager", "menedžeris|atbildīgais|vadītājs|konsultants|atbildīgā|administrators|kas apkalpo|menedžere", "felelős|ügyintéző|menedzser|kapcsolattartónk|munkatárs|értékesítő",
         "хариуцсан менежер|менежер|хариуцсан|хариуцагч|хариуцсан ажилтан|зөвлөх|бүртгэсэн", "meneja|msimamizi|mhusika|anayehusika|afisa", "менеджер|ответственный|администратор|куратор|кто ведет|ответственный менеджер|консультант"),
    ),
    Field(BRANCH, _("Branch"), "branch", ("branch|location|office|studio|school", "filiāle|nodaļa|vieta|studija|adrese filiāle", "telephely|helyszín|fiók|iroda", "салбар|байршил", "tawi|kituo", "филиал|отделение|студия|точка|офис")),
    Field(TAG, _("Tag"), "text", ("tag|tags|category|label|segment|categories|labels|vip", "birka|birkas|kategorija|atzīme|segments", "címke|címkék|kategória", "ангилал|шошго|төрөл", "lebo|kundi la mteja|aina ya mteja", "метка|метки|тег|теги|категория|сегмент"), many=True),
    Field(
        NOTE,
        _("Note"),
        "text",
        ("note|notes|comment|comments|remark|remarks|description|info|additional information|details|extra", "piezīmes|piezīme|komentārs|komentāri|komentars|info|cits|cita informācija|papildus|papildinformācija|apraksts", "megjegyzés|megjegyzések|komment|egyéb|info|jegyzet|leírás",
         "тайлбар|тэмдэглэл|нэмэлт мэдээлэл|бусад|коммент|нэмэлт", "maoni|maelezo|ziada|kumbukumbu|taarifa|mengineyo", "примечание|примечания|комментарий|комментарии|заметки|заметка|доп. информация|прочее|инфо|описание|особенности"),
        many=True,
    ),
    Field(KEEP, _("Keep in the note, with its heading"), "text", (), many=True),
)  # fmt: skip

# A column that only counts the rows is left out.
NUMBERS = "nr|nr.|no|no.|№|#|n|num|row|id|n.p.k.|npk|p.k.|nr.p.k.|kārtas nr|sorszám|ssz|ssz.|s.sz.|д/д|дд|дугаар|д.д|namba ya mstari|na|n/n|п/п|№ п/п|пп|номер п/п|s/n|sn|s.n|nambari"


def every_field() -> dict[str, Field]:
    """All fields by name: the client's own first, then those of each target."""
    return {field.name: field for field in (*OWN, *(field for target in targets for field in target.fields))}


def choices() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """What a column may be, in groups, for the select on the screen."""
    own = [(field.name, field.label) for field in OWN]
    groups = [(target.label, [(field.name, field.label) for field in target.fields]) for target in targets]
    return [("", [(SKIP, _("Leave out"))]), (_("Person"), own), *groups]
