"""Names as people write them, and which side of them is the given name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log

from zvans.people.imports.given_names import GIVEN
from zvans.people.imports.words import FIRMS, RELATIONS, key, keys


@dataclass(frozen=True)
class Name:
    given: str = ""
    family: str = ""
    patronymic: str = ""
    title: str = ""
    remark: str = ""
    is_firm: bool = False

    def __bool__(self) -> bool:
        return bool(self.given or self.family)


_TITLES = keys("dr|mr|mrs|ms|miss|prof|sir|phd|md", "kungs|kundze|prof.|doc", "id|ifj|özv|dr.|prof.|dr. med|úr|asszony",
               "bw|bi|bibi|mzee|mwalimu|ndugu", "г-н|г-жа|д-р")  # fmt: skip
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ichna|yich|inichna|ович|евич|овна|евна|ична|ыч|ич)$", re.I)
_FAMILY = re.compile(
    r"(?:ovs|ova|ov|evs|eva|ev|skis|ska|sky|ski|skiy|skaya|enko|ins|ina|sons|sone|son|sen|nieks|niece|ins|itis|ite|"
    r"uks|shvili|yan|czuk|chuk|oglu|fi|fy|ffy|enyi|né|ne)$"
)
_SIGNS = re.compile(r"[*!?\"“”„«»_#=<>{}|]+")
_PARENTHESES = re.compile(r"[(\[]([^)\]]*)[)\]]")
_INITIAL = re.compile(r"^[^\W\d_]\.$")
_WEIGHT_OF_LIST, _WEIGHT_OF_ENDING = 2.0, 0.5


@dataclass
class NameOrder:
    """What a column of whole names shows: how the most are written, and on which side each word mostly stands.

    ``patronymic_first``: what stands beside the given name is the father's, as in Mongolia.
    """

    family_first: bool = False
    patronymic_first: bool = False
    sides: dict[str, float] = field(default_factory=dict)

    def givenness(self, word: str) -> float:
        """How much the word looks like a given name (above zero) or a family name (below)."""
        return self.sides.get(key(word), 0.0) + _known(word)


def order_of(column: Iterable[str], *, hint: bool | None = None, language: str = "") -> NameOrder:
    """Learn from whole names which side the given name is on.

    Args:
        hint: what the heading says: True for "Surname, name", False for "Name, surname".
        language: of the headings; Hungarian names begin with the family name.
    """
    pairs = [tuple(words) for text in column if len(words := _bare(text)) == 2 and "," not in text]
    votes = sum(_known(first) - _known(second) for first, second in set(pairs))
    likely = log(6) if language == "hu" else -log(3)
    if hint is not None:
        likely = log(4) if hint else -log(4)
    family_first = likely - votes > 0
    firsts, seconds = Counter(key(pair[0]) for pair in pairs), Counter(key(pair[1]) for pair in pairs)
    sign = -1.0 if family_first else 1.0
    sides = {
        word: sign * log((firsts[word] + 0.4) / (seconds[word] + 0.4))
        for word in firsts.keys() | seconds.keys()
        if firsts[word] + seconds[word] > 2
    }
    return NameOrder(family_first, language == "mn", sides)


def read_name(text: str, order: NameOrder) -> Name:
    """The name in one cell: ``Bērziņš Artūrs``, ``Mushi, Hamisi``, ``dr. Papp Dorottya``, ``Ж.Дөлгөөн``."""
    remarks = _PARENTHESES.findall(text)
    text = _PARENTHESES.sub(" ", text)
    text = _SIGNS.sub(" ", re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_]{2})", ". ", text)).replace("\n", " ")
    words = [word.strip(",;:/") for word in text.split()]
    firm = any(key(word) in FIRMS for word in words) and len(words) > 1
    if firm:
        return Name(given=" ".join(text.split()), remark=", ".join(remarks), is_firm=True)
    titles = [word for word in words if key(word) in _TITLES and len(words) > 1 and (word[0].islower() or "." in word)]
    comma = text.count(",") == 1 and all(part.strip() for part in text.split(","))
    named = [proper(word) for word in words if word and word not in titles and any(c.isalpha() for c in word)]
    cut = len([w for w in text.split(",")[0].split() if w.strip(",;:/") not in titles]) if comma else 0
    given, family, patronymic = _sides(named, order, cut)
    if order.patronymic_first and not patronymic:  # a Mongolian has a father's name where others have a family's
        family, patronymic = "", family
    return Name(
        given, family, patronymic, title=" ".join(titles), remark=", ".join(filter(None, map(str.strip, remarks)))
    )


def _sides(words: list[str], order: NameOrder, cut: int) -> tuple[str, str, str]:
    """Given name, family name and patronymic; ``cut`` words before a comma are the family name."""
    if cut:
        return _at_comma(words[:cut], words[cut:], order)
    if len(words) < 2:
        return " ".join(words), "", ""
    return _two(words[0], words[1], order) if len(words) == 2 else _many(words, order)


def _at_comma(before: list[str], after: list[str], order: NameOrder) -> tuple[str, str, str]:
    """``Mushi, Hamisi``; the other way round only when both words say so."""
    if len(before) == 1 and len(after) == 1 and order.givenness(before[0]) - order.givenness(after[0]) > 3:
        before, after = after, before
    return " ".join(after), " ".join(before), ""


def _many(words: list[str], order: NameOrder) -> tuple[str, str, str]:
    patronymics = [word for word in words if _PATRONYMIC.search(word)] if len(words) == 3 else []
    if patronymics and patronymics[-1] != words[0]:
        given, family = (words[1], words[0]) if words[2] == patronymics[-1] else (words[0], words[2])
        return given, family, patronymics[-1]
    if order.family_first or order.givenness(words[0]) < -1 < 1 < order.givenness(words[1]):
        return " ".join(words[1:]), words[0], ""
    return " ".join(words[:-1]), words[-1], ""


def _two(first: str, second: str, order: NameOrder) -> tuple[str, str, str]:
    if _INITIAL.match(first) and not first.isascii():
        return second, "", first  # Ж. Дөлгөөн
    if _INITIAL.match(second):
        return second, first, ""
    if _INITIAL.match(first):
        return first, second, ""
    lead = order.givenness(first) - order.givenness(second) + (-1.0 if order.family_first else 1.0)
    return (first, second, "") if lead > 0 else (second, first, "")


def proper(word: str) -> str:
    """``BĒRZIŅŠ`` and ``bērziņš`` as ``Bērziņš``; a word in mixed case stays."""
    if not ((word.isupper() and len(word) > 2) or word.islower()):
        return word
    small = re.sub(r"(?<![\w'’])[^\W\d_]", lambda found: found[0].upper(), word.lower())
    return re.sub(r"^(O|D)(['’])([^\W\d_])", lambda found: found[1] + found[2] + found[3].upper(), small)


def _known(word: str) -> float:
    folded = key(word)
    if folded in GIVEN or (folded.split(" ")[0] in GIVEN and "-" in word):
        return _WEIGHT_OF_LIST
    return -_WEIGHT_OF_ENDING if len(folded) > 4 and _FAMILY.search(folded) else 0.0


def _bare(text: str) -> list[str]:
    text = _SIGNS.sub(" ", _PARENTHESES.sub(" ", text))
    words = [word.strip(",;:/") for word in text.split()]
    return [word for word in words if any(c.isalpha() for c in word) and key(word) not in _TITLES | RELATIONS]


def looks_like_name(text: str) -> bool:
    """One to four words of letters, the first with a capital."""
    words = text.replace(",", " ").split()
    return (
        1 <= len(words) <= 4
        and len(text) <= 60
        and text[:1].isupper()
        and all(re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['’ʼ.\-])*", word) for word in words)
    )
