"""Store the metrics that a company defines itself."""
