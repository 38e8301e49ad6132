"""The store: acts, trail, files, locks, disks and crashes, on both drivers."""
