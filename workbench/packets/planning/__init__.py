"""Plan a print run: choose the roles, the people and the recipe, and list what would be printed."""
