"""Web servers with faults built in, for the link checks: loopback only.

`python -m tests.faults` serves them all, so that a person can try the command line on them.
"""
