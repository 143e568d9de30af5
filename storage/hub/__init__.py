"""Hubs: a project's Changes and contents in a PostgreSQL database; the only package that knows psycopg.

`schema.sql` is the contract with the server: tables, triggers and row-level security. psycopg comes with the
extra `hub` and is imported where it is used.
"""
