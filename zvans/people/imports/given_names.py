"""Given names by which the order of a written name is known: the common ones of the countries that we know.

A list needs not be whole: where a name is missing, the other rows of its column decide.
"""

from __future__ import annotations

from zvans.people.imports.words import keys

GIVEN = keys(
    # Latvian
    "Jānis|Andris|Juris|Edgars|Māris|Mārtiņš|Artūrs|Kristaps|Uldis|Raivis|Roberts|Rihards|Toms|Kārlis|Pēteris|Gatis|"
    "Normunds|Guntis|Aigars|Ainārs|Aivars|Arvis|Dainis|Didzis|Dzintars|Edvīns|Egils|Elmārs|Emīls|Ēriks|Gints|Ģirts|"
    "Gustavs|Harijs|Ilmārs|Imants|Ivars|Jēkabs|Kaspars|Krišjānis|Lauris|Mareks|Markuss|Miķelis|Modris|Niks|Olivers|"
    "Oskars|Oļegs|Pauls|Ralfs|Reinis|Ritvars|Rolands|Sandis|Valdis|Viesturs|Viktors|Zigmārs|Adrians|Daniels|Dāvis|"
    "Aleksejs|Aleksandrs|Sergejs|Dmitrijs|Vladimirs|Igors|Andrejs|Anna|Kristīne|Inese|Ilze|Inga|Līga|Dace|Anita|"
    "Sandra|Iveta|Ieva|Laura|Santa|Zane|Agnese|Aija|Aiga|Alise|Amanda|Anete|Annija|Antra|Arta|Baiba|Daiga|Daina|Diāna|"
    "Dita|Elīna|Elza|Emīlija|Estere|Eva|Evelīna|Evita|Gita|Gunta|Ginta|Ilona|Ināra|Irina|Jana|Jūlija|Jeļena|Katrīna|"
    "Keita|Kitija|Krista|Lāsma|Lelde|Liene|Linda|Liāna|Madara|Maija|Mairita|Mārīte|Marta|Monika|Nora|Olga|Paula|Rita|"
    "Rūta|Samanta|Sanita|Sabīne|Sigita|Signe|Sintija|Sofija|Tatjana|Una|Vaira|Valentīna|Vita|Viktorija|Zaiga|Zanda",
    # Hungarian
    "László|István|József|János|Zoltán|Sándor|Gábor|Ferenc|Attila|Péter|Tamás|Zsolt|Tibor|András|Csaba|Imre|Lajos|"
    "György|Balázs|Gyula|Mihály|Károly|Róbert|Béla|Dávid|Dániel|Ádám|Krisztián|Miklós|Norbert|Bence|Máté|Levente|"
    "Kristóf|Ákos|Márton|Gergő|Gergely|Viktor|Richárd|Roland|Botond|Marcell|Milán|Dominik|Áron|Barnabás|Mária|"
    "Erzsébet|Katalin|Ilona|Éva|Zsuzsanna|Margit|Judit|Ágnes|Andrea|Erika|Krisztina|Irén|Eszter|Magdolna|Mónika|Edit|"
    "Gabriella|Szilvia|Anita|Anikó|Viktória|Márta|Tímea|Csilla|Ildikó|Zsófia|Nóra|Réka|Dorottya|Orsolya|Boglárka|"
    "Hanna|Luca|Lilla|Petra|Dóra|Kata|Fanni|Melinda|Beáta|Enikő|Tünde|Emese|Noémi|Vivien|Bernadett|Kinga|Rita|Júlia|"
    "Laura|Jázmin|Zsuzsa|Klára|Piroska|Gizella|Valéria|Rozália|Teréz|Ibolya",
    # Mongolian
    "Болормаа|Оюунчимэг|Нарантуяа|Энхжаргал|Ганбаатар|Түвшинбаяр|Мөнхбат|Отгонбаяр|Батцэцэг|Сарангэрэл|Хулан|Номин|"
    "Анужин|Тэмүүлэн|Цэцэгмаа|Дөлгөөн|Эрдэнэчимэг|Өлзийбаяр|Бат-Эрдэнэ|Үүрийнтуяа|Баярмаа|Ганзориг|Энхтуяа|Алтанцэцэг|"
    "Батбаяр|Ганболд|Мөнхцэцэг|Сэлэнгэ|Уранчимэг|Чимэг|Энхбат|Тэмүүжин|Золбоо|Билгүүн|Ариунаа|Солонго|Гэрэлмаа",
    # Swahili and East African
    "Asha|Fatuma|Halima|Zawadi|Neema|Grace|Esther|Rehema|Salma|Mwanaidi|Amani|Baraka|Emmanuel|Furaha|Hamisi|Imani|"
    "Joseph|Pendo|Rashidi|Saidi|Subira|Tumaini|Upendo|Juma|Ali|Hassan|Hussein|Mohamed|Mohammed|Abdul|Omar|Ibrahim|"
    "Yusuf|Bakari|Salum|Khadija|Zainab|Amina|Mariam|Maryam|Aisha|Zuhura|Mwajuma|John|Peter|Paul|James|David|Daniel|"
    "Samuel|Michael|Elizabeth|Mary|Joyce|Agnes|Rose|Lucy|Jane|Catherine|Beatrice|Happiness|Glory|Gloria|Anna|Sarah|"
    "Faith|Hope|Mercy|Wanjiku|Achieng|Atieno|Kevin|Brian|Dennis|Felix|Godfrey|Innocent|Jackson|Nuru|Sikitu|Tatu|Shabani",
    # Russian
    "Александр|Сергей|Андрей|Дмитрий|Алексей|Иван|Максим|Михаил|Николай|Владимир|Евгений|Павел|Роман|Олег|Игорь|Юрий|"
    "Виктор|Артём|Артем|Антон|Илья|Денис|Константин|Кирилл|Никита|Егор|Пётр|Петр|Василий|Григорий|Степан|Тимур|Руслан|"
    "Вадим|Станислав|Борис|Леонид|Фёдор|Анна|Мария|Елена|Ольга|Наталья|Наталия|Екатерина|Татьяна|Ирина|Светлана|Юлия|"
    "Анастасия|Марина|Людмила|Галина|Оксана|Валентина|Надежда|Виктория|Дарья|Алина|Ксения|Полина|Вера|Любовь|Евгения|"
    "Александра|Кристина|Яна|Елизавета|София|Софья|Лариса|Алла|Нина|Тамара|Вероника|Диана|Маргарита|Жанна|Варвара|Алёна",
    # English and around
    "William|Robert|Thomas|Charles|George|Richard|Edward|Henry|Matthew|Mark|Andrew|Steven|Stephen|Christopher|Anthony|"
    "Patrick|Simon|Alexander|Benjamin|Jack|Oliver|Harry|Jacob|Noah|Liam|Lucas|Leo|Oscar|Max|Martin|Eric|Jason|Ryan|"
    "Adam|Alan|Susan|Karen|Linda|Patricia|Jennifer|Barbara|Margaret|Helen|Emma|Olivia|Sophia|Sophie|Isabella|Emily|"
    "Charlotte|Amelia|Mia|Ella|Lily|Alice|Julia|Laura|Rachel|Rebecca|Hannah|Jessica|Amy|Claire|Kate|Katie|Victoria|"
    "Diana|Maria|Sofia|Eva|Nina|Elena|Irina|Olga|Natalia|Tatiana|Svetlana|Ivan|Sergei|Dmitri|Alexei|Vladimir|Tom|Ann|Anne",
)  # fmt: skip
