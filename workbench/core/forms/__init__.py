"""Forms: the form that every form is made from, and fields that read text, numbers, days and times."""
