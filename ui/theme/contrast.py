"""Contrast as WCAG 2 measures it, and colours moved until they can be read. Values are "#rrggbb"."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 (alike) to 21 (black and white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(ground: str, colour: str, share: float) -> str:
    """A ground with a share of a colour in it, from 0 (the ground) to 1 (the colour)."""
    pairs = zip(_channels(ground), _channels(colour), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)


def readable(colour: str, *, on: str, towards: str, ratio: float) -> str:
    """The colour, mixed with as little of `towards` as gives it that contrast on a ground."""
    steps = (mix(colour, towards, step / 40) for step in range(40))
    return next((step for step in steps if contrast(step, on) >= ratio), towards)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
