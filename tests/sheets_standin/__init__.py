"""A stand-in for Google Sheets v4 and Drive v3, for tests that need no Google and no network."""
