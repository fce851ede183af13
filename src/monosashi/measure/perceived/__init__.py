"""What people felt beside what happened and what was promised, for each service and period, with the gap."""
