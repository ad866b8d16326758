"""The accountability brief that a candidate gets before the interview."""
