"""Signing of finished files: PAdES-B-B (ETSI EN 319 142-1), the same bytes for the same file, key and chain."""
