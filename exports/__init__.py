"""What leaves the laptop: tables, reports, paper, the signed bag and its verification.

Not for: screens, or reading a cohort's file; records are handed in.
"""
