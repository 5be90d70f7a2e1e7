"""Lists of invitees from a spreadsheet: uploaded as a draft, repaired cell by cell in the browser, then taken over at once."""
