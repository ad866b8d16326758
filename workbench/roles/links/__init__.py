"""Links by which a person without an account reads one edition."""
