"""Pages for people who answer: open to anybody, complete without script and without cookies.

They carry no CSRF token: what they change needs a code or a key that only the person has.
"""
