"""Print the documents of a role: build them, export them as Word and Excel files, and show them."""
