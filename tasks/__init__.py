"""Hands: read, look, write, draw, send, remember."""
