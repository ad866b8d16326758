"""Plans that work back from a target: how much, how likely, week by week, and split among teams."""
