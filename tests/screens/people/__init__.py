"""The screens of people, key by key."""
