"""The Role Workbench: write what a role owns, and print the documents and metrics that follow from it."""
