"""The Role Workbench: write what a role owns, and print the papers and metrics that follow from it."""
