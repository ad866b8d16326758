"""The objects of a PDF: tags, form fields, accessibility checks, and the linking of documents into one file."""
