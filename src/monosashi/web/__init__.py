"""The web: Django, thin. Each app carries the verb of the room whose work it shows."""
