"""Statistics of procedure logs: what happened to each case, how long it took, and which way it went."""
