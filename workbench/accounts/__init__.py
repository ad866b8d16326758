"""People and companies: who signs in, who may do what, and the trail of who did."""
