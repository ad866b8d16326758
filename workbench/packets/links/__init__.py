"""Links by which a person without an account fetches one packet."""
