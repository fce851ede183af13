"""Monosashi, a yardstick for the quality of digital public services."""

__version__ = "0.1.0"
SOFTWARE = f"monosashi {__version__}"
