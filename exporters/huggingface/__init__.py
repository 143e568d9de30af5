"""A Hugging Face dataset folder: Parquet files of two configurations, and the README that names them."""
