"""The job advert of a role: as a document, as text for job boards, and as structured data for search engines."""
