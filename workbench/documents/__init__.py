"""From a value to a printed document: template, press, store and preview, knowing nothing about roles."""
