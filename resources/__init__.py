"""Data that ships with the program: label schemas, guidelines, the sample project, icons, themes.

Nothing here is code that runs in the program; files are found with `importlib.resources`.
"""
