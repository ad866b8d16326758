"""Ports for the servers of tests, which nobody else on this machine is given before they are bound, or between two starts."""

import random
import socket

# The system gives programs that call others a port of 32768 and more (Linux) or 49152 and more; servers of tests end and
# start again on theirs, so these must not be among them.
LOWEST, HIGHEST = 15_000, 32_000
_CHANCE = random.SystemRandom()  # the usual one is seeded alike in every process of a test run


def free_port() -> int:
    """Give a port of this machine on which nobody listens."""
    while True:
        port = _CHANCE.randrange(LOWEST, HIGHEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
