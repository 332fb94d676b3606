"""Looking at uploads: every one is hostile until looked at, in a limited child process."""

READER = "text/4"
"""Name and version of the reader. Another version reads every upload again, so it changes with what `text` holds."""
