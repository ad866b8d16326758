"""Review a role before it is published: rules, findings, the traceability matrix, and publishing."""
