"""The command line: one module a group of commands, loaded only when it is asked for.

Not for: what a command does; the rules and the acts do that, and the screens call the same ones.
"""
