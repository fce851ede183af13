"""How many people to ask: sample sizes, quotas, and what could then be seen."""
