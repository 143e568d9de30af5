"""Words for numbers, as sentences to people give them."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what it counts."""
    return f"{number} {one if number == 1 else many or one + 's'}"
