"""Everything a person touches: the window, and the `annotator` command line.

The only package that knows Qt; `cli` loads it only to open the window. `app` and `cli` are the two
places where store, readers, exporters and settings are put together.
"""
