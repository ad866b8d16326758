"""Media types of the files that are sent, and the dates that make equal contents equal files."""

from datetime import UTC, datetime

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A document's own time of creation would make every copy a different file.
FILE_DATE = datetime(2000, 1, 1, tzinfo=UTC)
# The earliest date that a ZIP archive can hold.
ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)
