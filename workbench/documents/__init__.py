"""Print values as documents: HTML, PDF, Word and pictures. Knows nothing about roles.

`model` names the values. The packages:

- `page` fills the templates in, and holds their filters, style sheets, fonts and text direction.
- `press` lays pages out as PDF or as pictures in worker processes, and reads forms that were filled in.
- `pdf` corrects what the layout engine writes, checks the result, and links stored documents into one packet.
- `store` keeps each printed document once, under the key of everything that it depends on.
- `word` builds the same document as a Word file, and `charts` draws charts as SVG.
"""
