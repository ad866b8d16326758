"""The page of the first thirteen weeks: each number in its week, one line a week, and the company's promises."""
