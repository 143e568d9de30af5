"""The size of recognised letters is that of the type, whichever letters a line happens to have."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from annotator.geometry import Box
from annotator.readers.pdf.letter_size import measure_line, near_alike

SIZE = 40


@pytest.mark.parametrize("words", ["once more seen", "Typography played", "HELD THAT"])
def test_size_and_baseline_are_those_of_the_type(words: str) -> None:
    picture = Image.new("L", (700, 100), 255)
    font = ImageFont.load_default(SIZE)
    ImageDraw.Draw(picture).text((20, 70), words, fill=0, font=font, anchor="ls")

    line = measure_line(np.array(picture), [(words, Box(10, 25, 690, 90))])

    assert line.baseline == pytest.approx(70, abs=2)
    assert line.size == pytest.approx(SIZE, rel=0.25)
    assert line.sides[0][0] == pytest.approx(22, abs=4)


def test_sizes_near_the_usual_one_are_made_equal() -> None:
    assert near_alike([30, 31, 30, 29, 20]) == [30, 30, 30, 30, 20]
    assert near_alike([]) == []


def test_blank_place_has_a_size_all_the_same() -> None:
    line = measure_line(np.full((50, 50), 255, np.uint8), [("x", Box(0, 0, 50, 24))])

    assert line.size > 0
