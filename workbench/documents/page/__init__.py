"""The HTML page of a document, with its style sheets, fonts and filters."""
