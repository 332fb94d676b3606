"""When: the programme of the night and of every other verb; order, schedule and gates, nothing else."""
