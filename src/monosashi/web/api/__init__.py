"""The door for programs: keys, batches of records, and their way into the lake."""
