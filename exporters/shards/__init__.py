"""The large export: tables as many Parquet or JSON Lines files, written as a stream, with MANIFEST.json."""
