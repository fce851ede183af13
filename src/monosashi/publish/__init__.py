"""publish: estimate → Release. May everyone see it and reuse it?"""
