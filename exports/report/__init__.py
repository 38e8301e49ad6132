"""The reports: that of a return, for commissioners and the central team, and the site's own, which stays home.

Not for: the figures themselves, which the rows of the tables hold, nor for paper that is handed out (`paper`).
"""
