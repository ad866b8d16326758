"""From a value to a printed document, knowing nothing about roles. Who writes a template needs none of these rooms.

The **press** turns a value into a PDF: `page` fills the template in, `press` lays it out in a `warm` child process (`child`,
`engine`), `fields`, `tags`, `letters`, `reading` and `direction` mend what the engine leaves out, and `findings` checks it
(`objects` tells them what refers to what). `preview` draws a quick picture of the same page. `answers` reads a PDF that came
back filled in.

The **store** prints each document once and keeps it under the key of all that it is made from: `store`, `keys`, `tables`
and `disk`; `cached` and `bucket` where several machines share the files.

The **linker** puts kept documents together into one packet without laying anything out again: `capture` takes a document
apart as it is printed, `fragment` is what is kept of it, `linker` places it, `stamps` and `output` write the file.

**Word** makes the same value a file for an office program: `word`, `word_file`, `word_table`, `word_forms`. `charts` and
`shapes` draw, `filters` write numbers and dates, `model` names the values.
"""
