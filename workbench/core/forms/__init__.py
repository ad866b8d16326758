"""Forms: the base class of all forms, and fields that read text, numbers, days and times."""
