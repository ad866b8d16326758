"""Recipes: the shipped ones, and those that a company writes."""
