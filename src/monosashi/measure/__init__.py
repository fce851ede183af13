"""measure: table + indicator → Estimate. How good, and how sure?"""
