"""A charity's own files brought into the registers (X9).

files, excel  bytes -> `Upload`: columns and rows of text, or one plain sentence
mapping       which recipe fits, and which file column goes where
pool          the records a file row may match, by key
plan          one file row -> the records it makes, or all that is wrong with it
preview       the whole file, before anything is written
bring         the accepted rows as one commit, the rejected as a file, and the undo

Imports check data, not process: an approved assignment of an unapproved mentor comes in, and the conditions of
payment hold its hours.
"""
