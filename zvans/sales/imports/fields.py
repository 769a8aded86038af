"""The columns of a request: what was wanted, where it stands, and the money."""

from django.utils.translation import gettext_lazy as _

from zvans.people.imports.targets import Field

FIELDS = (
    Field(
        "deal.program",
        _("Course or program"),
        "text",
        (
            "course|program|programme|class|subject|course name|training|workshop|interested in|product|event|seminar|language|lesson",
            "kurss|programma|nodarbība|nodarbības|apmācība|apmācības|priekšmets|kursa nosaukums|pulciņš|seminārs|valoda|kursi|meistarklase",
            "program|tanfolyam|kurzus|képzés|tábor|workshop|foglalkozás|szakkör|tantárgy|oktatás|kurzus neve|nyelv",
            "сургалт|курс|хичээл|хөтөлбөр|анги|сургалтын нэр|чиглэл|хэл|сонирхсон сургалт",
            "kozi|programu|somo|mafunzo|darasa|semina|jina la kozi|lugha",
            "курс|программа|занятие|обучение|предмет|направление|кружок|семинар|тренинг|мастер-класс|что интересует|название курса|язык",
        ),
    ),
    Field(
        "deal.service",
        _("Service (one line a visit)"),
        "text",
        (
            "service|services|treatment|procedure|visit",
            "pakalpojums|pakalpojumi|procedūra|vizīte",
            "szolgáltatás|kezelés|szolgáltatások",
            "үйлчилгээ|үйлчилгээний төрөл",
            "huduma|matibabu|huduma aliyopata",
            "услуга|услуги|процедура|визит",
        ),
    ),
    Field(
        "deal.group",
        _("Group"),
        "text",
        (
            "group|schedule|class time|group name|days|timetable|level",
            "grupa|laiks un dienas|grafiks|dienas|nodarbību laiks|līmenis|grupas nosaukums",
            "csoport|turnus|időpont csoport|órarend|csoport neve|szint",
            "бүлэг|групп|хуваарь|анги бүлэг|түвшин|ээлж",
            "kundi|ratiba|kikundi|kiwango",
            "группа|расписание|поток|уровень|дни занятий",
        ),
    ),
    Field(
        "deal.price",
        _("Price"),
        "money",
        (
            "price|fee|cost|amount|agreed price|tuition|total price|course price|course fee|to pay|sum|tuition fee",
            "cena|maksa|summa|cena eur|kursa maksa|kursa cena|dalības maksa|izmaksas|jāmaksā|vienošanās cena",
            "ár|vállalt ár|díj|részvételi díj|összeg|tandíj|fizetendő|árak|képzési díj|ára",
            "төлбөр|үнэ|сургалтын төлбөр|дүн|нийт төлбөр|үнийн дүн|төлөх дүн|хураамж",
            "bei|gharama|ada|kiasi|malipo ya kozi|bei ya kozi|ada ya kozi|jumla ya malipo|karo",
            "цена|стоимость|сумма|к оплате|стоимость курса|цена курса|прайс",
        ),
    ),
    Field(
        "deal.discount",
        _("Discount"),
        "money",
        ("discount|rebate", "atlaide", "kedvezmény|engedmény", "хөнгөлөлт|хямдрал", "punguzo", "скидка"),
    ),
    Field(
        "deal.paid",
        _("Paid"),
        "money",
        (
            "paid|payment|amount paid|payments|paid amount|deposit|advance|payment 1|payment 2|prepaid|received",
            "samaksāts|maksājums|apmaksāts|iemaksāts|samaksa|avanss|maksājumi|samaksātā summa|apmaksa|ieskaitīts|pirmā iemaksa",
            "fizetett|befizetett|befizetés|kifizetve|fizetve|előleg|befizetett összeg|fizetett összeg|kifizetett",
            "төлсөн|төлсөн дүн|төлөгдсөн|урьдчилгаа|төлсөн төлбөр|орлого",
            "amelipa|malipo|kiasi kilicholipwa|alicholipa|imelipwa|aliyolipa|kalipa|kianzio|lipwa",
            "оплачено|оплата|внесено|оплатил|предоплата|аванс|платеж|сумма оплаты|получено",
        ),
        many=True,
    ),
    Field(
        "deal.balance",
        _("Still to pay"),
        "money",
        (
            "balance|debt|remaining|owes|outstanding|due|left to pay|amount due|balance due|remainder",
            "parāds|atlikums|palicis|vēl jāmaksā|jāpiemaksā|atlicis",
            "hátralék|tartozás|maradék|egyenleg|fennmaradó|hátralévő összeg|fizetendő még",
            "үлдэгдэл|өр|үлдсэн|үлдэгдэл төлбөр|төлбөрийн үлдэгдэл|авлага",
            "salio|deni|baki|anadaiwa|iliyobaki|kiasi kilichobaki|bado anadaiwa",
            "долг|остаток|задолженность|осталось|к доплате|остаток оплаты|баланс",
        ),
    ),
    Field(
        "deal.status",
        _("Where it stands"),
        "status",
        (
            "status|state|stage|answer|result|decision|outcome",
            "statuss|stāvoklis|atbilde|rezultāts|lēmums|posms|stadija",
            "állapot|státusz|helyzet|válasz|eredmény|státus|döntés",
            "төлөв|статус|байдал|хариу|үр дүн|шийдвэр",
            "hali|hadhi|jibu|matokeo|uamuzi",
            "статус|состояние|ответ|результат|этап|решение",
        ),
    ),
    Field(
        "deal.applied_on",
        _("Date of the request or visit"),
        "date",
        (
            "application date|date|applied on|applied|enrolment date|registration date|sign up date|enquiry date|request date|visit date|"
            "enrollment date|registered|joined|date added|created|date of application|date of visit|registered on|signed up",
            "pieteikuma datums|datums|pieteicās|reģistrācijas datums|pieteikšanās datums|vizītes datums|pierakstījās|apmeklējuma datums|"
            "iestāšanās datums|pieteikšanās|uzņemts",
            "jelentkezés napja|jelentkezés dátuma|dátum|jelentkezés|jelentkezett|regisztráció dátuma|kelt|beiratkozás|nap|időpont|látogatás napja|"
            "jelentkezési dátum|beiratkozás dátuma|mikor jelentkezett",
            "элссэн огноо|огноо|бүртгүүлсэн огноо|бүртгэсэн огноо|хандсан огноо|элсэлт|өдөр|он сар өдөр|бүртгэлийн огноо|ирсэн огноо",
            "tarehe|tarehe ya maombi|tarehe ya kujiunga|tarehe ya usajili|siku|tarehe ya kujiandikisha|amejiunga|tarehe ya huduma",
            "дата|дата заявки|дата обращения|дата записи|дата регистрации|дата визита|записан|обратился|дата зачисления|дата поступления|дата посещения",
        ),
    ),
    Field(
        "deal.starts_on",
        _("First day of the group"),
        "date",
        (
            "start date|course start|group start|starts|starts on|starting date|start of course|first lesson|first day|course start date|class start",
            "sākuma datums|sākums|kursa sākums|grupas sākums|sākas|pirmā nodarbība|kursa sākuma datums|nodarbību sākums",
            "kezdés|kezdés dátuma|indulás|kezdő dátum|első óra|tanfolyam kezdete|kezdete|indul",
            "эхлэх огноо|эхэлсэн огноо|сургалт эхлэх|эхлэх өдөр|хичээл эхлэх огноо",
            "tarehe ya kuanza|kuanza|inaanza|tarehe ya kuanza kozi",
            "дата начала|начало|начало курса|старт|дата старта|начало занятий|начало обучения",
        ),
    ),
    Field(
        "deal.time",
        _("Time"),
        "time",
        ("time|hour|visit time|start time", "laiks|stunda|plkst|plkst.", "időpont|idő|óra|mikor", "цаг", "saa|muda|wakati", "время|час"),
    ),
    Field(
        "deal.specialist",
        _("Teacher or specialist"),
        "text",
        (
            "teacher|specialist|stylist|master|trainer|instructor|tutor|coach|staff|performed by",
            "skolotājs|pasniedzējs|meistars|speciālists|treneris|skolotāja|pasniedzēja|meistare|lektors",
            "oktató|tanár|mester|szakember|tréner|edző|fodrász|oktató neve",
            "багш|мастер|сургагч багш|мэргэжилтэн|багшийн нэр",
            "mtaalamu|mwalimu|fundi|mkufunzi|msusi|mhudumu",
            "преподаватель|учитель|мастер|специалист|тренер|педагог|сотрудник|исполнитель",
        ),
    ),
    Field(
        "deal.method",
        _("How it was paid"),
        "method",
        (
            "payment method|method|paid by|payment type|how paid|mode of payment",
            "maksājuma veids|apmaksas veids|samaksas veids|kā maksāja|maksāšanas veids",
            "fizetés módja|fizetési mód|fizetési módja|fizetésmód",
            "төлбөрийн хэлбэр|төлсөн хэлбэр|төлбөрийн арга",
            "njia ya malipo|aina ya malipo|amelipa kwa|alilipa kwa|namna ya malipo",
            "способ оплаты|вид оплаты|форма оплаты|как оплатил|тип оплаты|метод оплаты",
        ),
    ),
    Field(
        "deal.paid_on",
        _("Paid on"),
        "date",
        (
            "payment date|paid on|date paid|date of payment",
            "maksājuma datums|samaksas datums|apmaksas datums|samaksāts datums|kad samaksāja",
            "fizetés dátuma|befizetés dátuma|fizetés napja|fizetve ekkor",
            "төлсөн огноо|төлбөрийн огноо|төлбөр төлсөн огноо",
            "tarehe ya malipo|siku ya malipo|amelipa tarehe",
            "дата оплаты|дата платежа|когда оплатил|оплачено дата",
        ),
    ),
)  # fmt: skip
