"""The learning curve as a plot: how well suggestions do on documents held out, by how many taught them."""

from annotator.charts import Inks, line_chart
from annotator.suggest.learned.model import About

LITTLE = 0.02  # of F1, for the last part of the documents that were learned from


def gain(about: About) -> str:
    """Whether more documents still help, by what the last of them brought; "" where nobody can tell."""
    if len(about.curve) < 2:
        return ""
    before, last = about.curve[-2:]
    verdict = "more still help" if last.f1 - before.f1 >= LITTLE else "more of the same add little"
    counts = f"From {before.texts} to {last.texts} documents"
    return f"{counts} F1 went from {before.f1:.2f} to {last.f1:.2f}: {verdict}."


def learning_curve(about: About, inks: Inks | None = None) -> str:
    """F1 on the documents held out, over those learned from; where it is flat, more labels add little."""
    points = [(float(point.texts), point.f1) for point in about.curve]
    return line_chart(
        f"Learned suggestions: F1 on {about.held_out} documents held out",
        points,
        across="finished documents learned from",
        inks=inks,
    )
