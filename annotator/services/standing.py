"""How far the work of a project stands, read from a store as Jobs: first the counts, then what takes longer.

The database adds up, so that ten thousand documents of five annotators take a fraction of a second.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from annotator.progress import Job, Progress
from annotator.services.working import day_began, week_of
from annotator.standing import PACE_DAYS, Distribution, Standing, standing_of
from annotator.store import Store


def standing(store: Store, *, moment: datetime | None = None) -> Job[Standing]:
    """Documents by status and annotator; the pace is that of the weeks before `moment`, by default now."""
    yield Progress(0, 0)
    since = day_began((moment or datetime.now(UTC)) - timedelta(days=PACE_DAYS))
    return standing_of(store.work_facts(since), store.annotators())


def distribution(store: Store) -> Job[Distribution]:
    """Spans by label and work by week. Merged labels count as what they became; gold is nobody's."""
    schema, labels = store.schema(), dict[str, Counter[str]]()
    sets = [(row.id, row.owner) for row in store.sets() if row.kind == "annotator" and row.owner]
    for done, (set_id, owner) in enumerate(sets):
        yield Progress(done, len(sets))
        for name, count in store.label_counts(set_id).items():
            label = schema.label(name)
            labels.setdefault(name if label is None else label.id, Counter())[owner] += count
    weeks: dict[tuple[str, str], list[int]] = {}
    for day in store.days_of_work():
        sums = weeks.setdefault((week_of(date.fromisoformat(day.day)), day.annotator), [0, 0])
        sums[0] += day.seconds
        sums[1] += day.finished
    rows = ((week, who, seconds, finished) for (week, who), (seconds, finished) in sorted(weeks.items()))
    return Distribution(labels, tuple(rows))
