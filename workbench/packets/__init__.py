"""The print run: many documents for many people, planned before anything is printed and linked from what is kept."""
