"""Synthetic deliveries that look like real ones, with the answers known from how each row was made."""
