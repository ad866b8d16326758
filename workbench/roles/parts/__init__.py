"""Take parts of other roles into a draft: from the library, from editions of the company, and from a person's own shelf."""
