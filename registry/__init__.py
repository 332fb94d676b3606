"""The law, the decision, the certificate and the entry: pure Python, no clock, no file, no environment."""
