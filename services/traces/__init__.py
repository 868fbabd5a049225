"""Where a person is found in the workbook: their own records, and what others wrote of them (X6)."""
