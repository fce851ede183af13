"""How much one file may hold. More is refused with words before it can do harm."""

FILE_BYTES = 50_000_000
MAPPING_BYTES = 1_000_000
COLUMNS = 512
ROWS = 2_000_000
CELL_BYTES = 100_000
LISTED = 100  # findings shown for one file; the total is always named
