"""What every capability stands on: database, web, jobs, shapes, clock and words. Knows no hiring words."""
