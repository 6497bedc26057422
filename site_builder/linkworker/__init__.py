"""The link worker: asks for addresses and tells facts, in a process of its own.

`python -m site_builder.linkworker` reads the lines of `site_builder.linkwire` from standard input
and answers on standard output. `__main__` drives LinkChecker; the other modules here are what
LinkChecker does not have: a guard on every connection, time limits, pace, bounded bodies.
"""
