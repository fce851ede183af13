"""define: YAML → Guideline. What is good, from which date, says who?"""
