"""What must not be lost: the audit trail, and the jobs that work behind the scenes."""
