"""`python -m monosashi.cli`, for where the console script is not on the path."""

from monosashi.cli import main

main()
