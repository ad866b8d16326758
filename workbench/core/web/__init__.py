"""How a request is answered: its session, the commit rule, policies, limits, idempotency, headers and error pages."""
