"""Looking at uploads: every one is hostile until looked at, in a limited child process."""
