"""Practice: invented people, their past, and the command that opens it."""
