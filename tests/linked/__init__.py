"""Claims of articles linked by hand to the passages that they rest on, made before any ranking was tuned.

`nso-whatsapp.json` has offsets alone: the texts are of the corpus beside the project and are not copied. The
pairs of the sample project are its own links. `python -m tests.linked` tells how many the ranking finds.
"""
