"""Tables that people bring and take away: one way in (XLSX, CSV) and one way out for the whole portal.

`reading` makes header and rows of a file, `columns` knows which cell is what, `imports` checks and applies, `writing` gives out.
An app declares its tables in a module named `tables`.
"""
