"""Plans that work back from a target: the work, its probability, week by week, and split among teams."""
