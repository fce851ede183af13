"""Free-text answers: personal data masked before anyone reads them, then themes and their polarity.

Rooms are pure: whoever calls hands in `Words`, the source of Japanese morphemes (`adapters.japanese`).
"""
