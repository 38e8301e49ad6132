"""The reports: that of a return, for commissioners and the central team, and the site's own.

Not for: the figures themselves, which the rows of the tables hold, nor paper that is handed out (`paper`).
"""
