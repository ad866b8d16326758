"""The round of interviews: its people, its timetable, and the sheets that are filled in."""
