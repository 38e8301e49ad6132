"""What `escape doctor` looks at: the home, its cohorts, the laptop; nothing is changed or mended here."""
