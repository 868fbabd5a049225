"""The workbook as a Google spreadsheet that people also edit by hand (X1, X2, X3).

cells      one cell: what the sheet holds <-> canonical text
grid       one tab as read: columns found by heading, rows by id
audit      the rows of the history as they stand in the sheet, and what each of them still calls for
batch      one save as one atomic batch of requests
protocol   read, settle, decide, write, judge the answer: the whole save, with no network in it
memory     what one process holds: tabs as last read, what changed since when, what was done by hand
wire       the calls themselves: gspread, time limits, tries, quota, failures in plain words
store      the engine: the same promises as the others
"""
