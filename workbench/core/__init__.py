"""The foundation of every capability: database, web, jobs, forms, text, storage and clock, without hiring terms."""
