"""For each case of the analysts' queue one page: what the application says beside what each proof says, in pictures."""
