"""The project file: the only package that knows SQLAlchemy and SQLite.

`store.ProjectStore` is what the domain's `Store` protocol asks for; the modules beside it keep the
engine, the tables, the history and the migrations.
"""
