"""The press that lays out HTML pages and draws previews in worker processes, and the reader of filled-in forms."""
