"""A stand-in for Google Sheets v4 and Drive v3, for tests that need no Google and no network.

Three ways in, the same behaviour behind each:

- `workbook.Spreadsheet`: one spreadsheet in memory, without HTTP; `clone()` costs microseconds.
- `server.Server`: over HTTP on loopback (`python -m tests.sheets_standin --port N` starts one);
  `client.client_for(server.base)` is real gspread on it. `server.service` holds the controls: `person()`,
  `plan` and `plan_troubles`, `quota`, `log`, `counts()`, `unshare`, `forget`, `expire_tokens`;
  another process has them under `/_control/` (see `controls`).
- `direct.Direct`: real gspread on a `service.Service` without sockets, on any clock.

Built from Google's own API description, which every call is checked against, from recorded answers and from
threads. Where nothing says what Google does, the nearest known behaviour was taken; those words are guesses:
the refusals of a named range's id in use, of its bad name, of a paste outside the grid and of inheriting
before the first row. A request whose kind is not modelled is answered 501 with its name, never with success.

Not modelled: formulas beyond `functions.FUNCTIONS`, and their references moving with inserted rows;
protected ranges and validation rules are kept and answered but bind nobody; filters hide no rows; tables,
charts, slicers, pivot tables, comments, data sources; export as PDF; Drive's quota and folders.
"""
