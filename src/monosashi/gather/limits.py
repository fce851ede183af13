"""How much one file may hold. More is refused with words before it can do harm."""

FILE_BYTES = 50_000_000
MAPPING_BYTES = 1_000_000
COLUMNS = 512
ROWS = 2_000_000
CELLS = 20_000_000  # of a workbook, a statistics file or a Parquet file: a small file can unfold to many
CELL_BYTES = 100_000
UNPACKED_BYTES = 200_000_000  # of everything packed into one file
UNPACKED_RATIO = 100  # times the file itself, once that is more than UNPACKED_SMALL
UNPACKED_SMALL = 1_000_000
ENTRIES = 200  # packed into one file
LISTED = 100  # findings shown for one file; the total is always named
FORM_BYTES = 10_000_000  # a questionnaire in a spreadsheet
FORM_ROWS, FORM_COLUMNS = 10_000, 200
CELL_CHARACTERS = 32_767  # the longest text that a cell of XLSX holds
