"""The parts that a document is made of, as values: each writer (page, Word, plain text) draws them in its own way."""
