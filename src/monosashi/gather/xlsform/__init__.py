"""XLSForm: questionnaires as people write them in a spreadsheet."""
