"""The learning curve as a plot: how well suggestions do on documents held out, by how many taught them."""

from annotator.charts import Inks, line_chart
from annotator.suggest.learned.model import About


def learning_curve(about: About, inks: Inks | None = None) -> str:
    """F1 on the documents held out, over those learned from; where it is flat, more labels add little."""
    points = [(float(point.texts), point.f1) for point in about.curve]
    return line_chart(
        f"Learned suggestions: F1 on {about.held_out} documents held out",
        points,
        across="finished documents learned from",
        inks=inks,
    )
