"""Who comes to the demo school: people of Riga, the same ones each time."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from anyascii import anyascii

_WOMEN = (
    "Agnese Aija Aiva Alise Anda Anita Antra Arta Baiba Beāte Dana Dagnija Diāna Evita Gita Gunta Ieva Iluta Inga "
    "Ingrīda Jana Justīne Karīna Katrīna Keita Krista Lāsma Lauma Linda Madara Maija Marika Monta Nora Paula Rasa "
    "Rūta Sabīne Samanta Sigita Sintija Solvita Una Vineta Žanete"
).split()
_MEN = (
    "Ainārs Aivars Aldis Andis Ansis Arnis Artis Dāvis Didzis Edgars Emīls Ēriks Gatis Gints Guntis Haralds Imants "
    "Ivars Kaspars Klāvs Krišjānis Lauris Mareks Modris Normunds Oskars Raitis Reinis Rihards Roberts Sandis Toms "
    "Uldis Valters Viesturs"
).split()
# as a man and as a woman are called
_FAMILIES = (
    "Ābols/Ābola Avotiņš/Avotiņa Balodis/Balode Briedis/Briede Bušs/Buša Celmiņš/Celmiņa Dumpis/Dumpe Dzenis/Dzene "
    "Eglītis/Eglīte Freimanis/Freimane Gailis/Gaile Grīnbergs/Grīnberga Jansons/Jansone Kauliņš/Kauliņa Krastiņš/Krastiņa "
    "Kļaviņš/Kļaviņa Lācis/Lāce Lapsa/Lapsa Līcis/Līce Mežulis/Mežule Melderis/Meldere Osis/Ose Ozols/Ozola "
    "Paegle/Paegle Podnieks/Podniece Priede/Priede Puriņš/Puriņa Rubenis/Rubene Rudzītis/Rudzīte Saulītis/Saulīte "
    "Siliņš/Siliņa Skuja/Skuja Strazdiņš/Strazdiņa Šmits/Šmite Tauriņš/Tauriņa Upītis/Upīte Vanags/Vanaga Veinbergs/Veinberga "
    "Zālītis/Zālīte Zariņš/Zariņa Žagars/Žagare"
).split()
_RUSSIAN_WOMEN = "Olga Svetlana Natālija Jeļena Irina Marina Tatjana Oksana Viktorija Darja".split()
_RUSSIAN_MEN = "Sergejs Aleksejs Dmitrijs Andrejs Vladimirs Igors Pāvels Maksims".split()
_RUSSIAN_FAMILIES = (
    "Ivanovs/Ivanova Smirnovs/Smirnova Kuzņecovs/Kuzņecova Popovs/Popova Sokolovs/Sokolova Lebedevs/Lebedeva "
    "Kozlovs/Kozlova Novikovs/Novikova Morozovs/Morozova Petrovs/Petrova Volkovs/Volkova Pavlovs/Pavlova"
).split()
_IN_CYRILLIC = (
    ("Анна", "Белова"),
    ("Михаил", "Орлов"),
    ("Екатерина", "Зайцева"),
    ("Артём", "Соловьёв"),
    ("Людмила", "Виноградова"),
    ("Юлия", "Щербакова"),
)
_CHILDREN = (
    "Adele Alberts Amēlija Aleksis Augusts Berta Bruno Estere Gustavs Hugo Jēkabs Lote Luīze Markuss Matilde Mia "
    "Olivers Patrīcija Ralfs Sofija Teodors Tomass"
).split()


@dataclass(frozen=True)
class Person:
    given_name: str
    family_name: str
    phone: str
    email: str
    birthday: date | None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Crew:
    """Gives one person after the other, no two alike in name, phone or e-mail."""

    def __init__(self, dice: random.Random, today: date) -> None:
        self.dice = dice
        self.today = today
        self.names: set[tuple[str, str]] = set()
        self.phones: set[str] = set()
        self.cyrillic = list(_IN_CYRILLIC)

    def next(self) -> Person:
        given, family = self._name()
        folded = [anyascii(part).lower().replace("'", "").replace(" ", "") for part in (given, family)]
        host = self.dice.choice(["pasts.example", "inbox.example", "epasts.example"])
        return Person(
            given,
            family,
            phone=self._phone(),
            email=f"{folded[0]}.{folded[1]}@{host}" if self.dice.random() < 0.85 else "",
            birthday=self._birthday() if self.dice.random() < 0.6 else None,
        )

    def child(self, parent: Person) -> tuple[str, str, date]:
        """A child of the parent: given name, family name, birthday."""
        born = self.today - timedelta(days=self.dice.randint(7 * 365, 12 * 365))
        return self.dice.choice(_CHILDREN), parent.family_name, born

    def _name(self) -> tuple[str, str]:
        if self.cyrillic and self.dice.random() < 0.03:
            return self.cyrillic.pop()
        while True:
            russian = self.dice.random() < 0.24
            woman = self.dice.random() < 0.7
            women, men = (_RUSSIAN_WOMEN, _RUSSIAN_MEN) if russian else (_WOMEN, _MEN)
            man_is, woman_is = self.dice.choice(_RUSSIAN_FAMILIES if russian else _FAMILIES).split("/")
            name = (self.dice.choice(women), woman_is) if woman else (self.dice.choice(men), man_is)
            if name not in self.names:
                self.names.add(name)
                return name

    def _phone(self) -> str:
        while True:
            number = f"2{self.dice.choice('024689')}{self.dice.randrange(10**6):06}"
            if number not in self.phones:
                self.phones.add(number)
                return number

    def _birthday(self) -> date:
        return self.today - timedelta(days=self.dice.randint(19 * 365, 62 * 365))
