"""The public pages: what an edition says, for everyone. They read editions and nothing else."""
