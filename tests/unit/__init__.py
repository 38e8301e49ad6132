"""Rules on their own: no terminal, no file of a cohort."""
