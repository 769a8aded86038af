"""Say how complete each language is; fail when a complete one lacks a string, or one is not collected.

    check_translations.py [COMMITTED]

COMMITTED is the locale folder as it was before the strings were collected anew into ``locale/``.
"""

import sys
from pathlib import Path

from babel.messages.pofile import read_po

COMPLETE = {"lv"}


def messages(path: Path) -> dict[str, bool]:
    """Each string of the catalogue, with whether it is translated."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    found = {}
    for message in catalogue:
        if message.id:
            text = message.string if isinstance(message.string, tuple) else (message.string,)
            found[str(message.id) + str(message.context)] = all(text) and not message.fuzzy
    return found


def main() -> int:
    committed = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("locale")
    failed = False
    for path in sorted(Path("locale").glob("*/LC_MESSAGES/django.po")):
        language = path.parts[1]
        wanted = messages(path)
        kept = committed / path.relative_to("locale")
        have = messages(kept) if kept.exists() else {}
        uncollected = [text for text in wanted if text not in have]
        empty = [text for text in wanted if text in have and not have[text]]
        print(f"{language}: {len(wanted) - len(uncollected) - len(empty)} of {len(wanted)} strings translated")
        for text in uncollected[:20]:
            print(f"  not collected: {text}")
        if language in COMPLETE:
            for text in empty[:20]:
                print(f"  not translated: {text}")
        failed = failed or bool(uncollected) or (language in COMPLETE and bool(empty))
    if failed:
        print("Run bin/translations, translate what is empty, and commit locale/.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
