"""Which letter chooses which value of an attribute: the first one of the word, if it is still free.

Digits choose by position and are not told here. Letters are compared in lower case.
"""

from collections.abc import Sequence


def value_keys(values: Sequence[str]) -> dict[str, int]:
    """The place in each value of the letter that chooses it; a value that finds no free letter is left out.

    Values are served in order: first with their first letters, then the others with what is left.
    """
    taken: set[str] = set()
    places: dict[str, int] = {}
    for value in values:
        if value[:1].isalpha() and value[0].lower() not in taken:
            taken.add(value[0].lower())
            places[value] = 0
    for value in values:
        if value in places:
            continue
        for place, letter in enumerate(value):
            if letter.isalpha() and letter.lower() not in taken:
                taken.add(letter.lower())
                places[value] = place
                break
    return {value: places[value] for value in values if value in places}
