"""respond: release + voices → Commitment. What will we do, by when, who answers?"""
