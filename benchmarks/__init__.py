"""Speed and memory as ratios against a named baseline, measured in the same run.

`python3 tasks.py bench` prints one table; a figure alone means nothing on another machine, its ratio
does. Each module has `measure() -> list[Figure]`.
"""
