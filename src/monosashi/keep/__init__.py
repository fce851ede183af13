"""keep: records → Table. Can we find it again, unchanged?"""
