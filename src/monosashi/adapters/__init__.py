"""The only doors to the outside: lakes, engines, files, mail, clock."""
