"""Each widget on its own, on an app of the test's own."""
