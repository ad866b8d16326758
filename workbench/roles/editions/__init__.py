"""Show published editions, compare them word by word, and retire them."""
