"""Guidelines on disk: those shipped with the project, and any folder an official points to."""

from __future__ import annotations

from pathlib import Path

from monosashi import errors
from monosashi.define.guideline import Guideline
from monosashi.define.read import read_guideline

_READ = {".yaml", ".csv"}  # other files are only named, so that a misnamed one is noticed
_PARTS = ("guideline.yaml", "principles", "indicators")  # a folder with one of them is meant to be one
_PACKAGE = Path(__file__).resolve().parents[1]


def load_guideline(ref: str | Path) -> Guideline:
    """The guideline at a reference: ``tokyo/1.1.0``, ``1.1.0`` where that is unambiguous, or a folder.

    Raises `guideline-unknown` where there is none, `guideline-invalid` with all findings.
    """
    folder = _folder(ref)
    return read_guideline(_contents(folder), name=str(ref))


def shipped() -> list[str]:
    """Guidelines that come with the project, as ``name/version``, oldest version first."""
    found = (file.parent for file in _shelf().glob("*/*/guideline.yaml"))
    return sorted((f"{folder.parent.name}/{folder.name}" for folder in found), key=_age)


def newest(name: str) -> str:
    """The newest version of a shipped guideline: ``tokyo`` → ``tokyo/1.1.0``."""
    return [ref for ref in shipped() if ref.startswith(f"{name}/")][-1]


def _shelf() -> Path:
    """`guideline/` of the repository when working in it, else the copy inside the installed package."""
    packaged = _PACKAGE / "_guideline"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "guideline"


def _age(ref: str) -> tuple[str, tuple[int, ...], str]:
    name, _, version = ref.partition("/")
    return name, tuple(int(part) for part in version.split(".") if part.isdigit()), version


def _folder(ref: str | Path) -> Path:
    names = [name for name in shipped() if str(ref) in {name, name.partition("/")[2]}]
    if len(names) == 1:
        return _shelf() / names[0]
    folder = Path(ref)
    if not any((folder / part).exists() for part in _PARTS):
        raise errors.GUIDELINE_UNKNOWN(ref=str(ref), known=", ".join(shipped()))
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file of a guideline by its path within the folder; hidden files are nobody's business."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    within = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: _bytes(name, path) if path.suffix in _READ else b""
        for name, path in within.items()
        if not _hidden(name)
    }


def _bytes(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise errors.GUIDELINE_FILE_CLOSED(file=name, problem=error.strerror) from error


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/")) or name.endswith("~")
