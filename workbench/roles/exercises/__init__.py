"""Read, edit and print the material of an exercise: the candidate’s sheet, the role player’s sheet and the checklist."""
