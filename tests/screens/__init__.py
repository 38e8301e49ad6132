"""The app on a terminal that is not there: what it says first, then what it looks like."""
