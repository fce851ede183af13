"""The addresses of the public pages, one of each kind and the telling cases."""

PAGES = (
    "/",
    "/indicators/satisfaction/",
    "/indicators/time/",
    "/indicators/participation/",
    "/principles/",
    "/principles/4/",
    "/method/",
    "/data/",
)


def address(path: str, language: str) -> str:
    return path if language == "ja" else f"/en{path}"
