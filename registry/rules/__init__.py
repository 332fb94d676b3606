"""The law, one small function per rule, grouped by what it speaks about."""
