"""Ask people to approve a draft before it is published, and keep who agreed with the edition."""
