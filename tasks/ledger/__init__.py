"""The only truth: SQLAlchemy Core tables, the hash-chained journal, and set-based reads and writes."""
