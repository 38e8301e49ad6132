"""The screens of the app, each with its `.tcss` beside it; `base` says how one is built.

Not for: rules (`sessions`), acts (`store`), or what an evening is without a toolkit (`guiding`).
"""
