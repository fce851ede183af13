"""The house rules that no other checker knows. Prints what is broken, one line each; exit code 1 if any is.

`python tools/house.py [ROOT]` looks at the checkout that holds it, or at a copy (the suite breaks copies).
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("define", "gather", "keep", "measure", "publish", "respond", "pipeline.py", "errors.py")
LONGEST = 500
CLOCKS = {"now", "today", "utcnow", "localtime", "gmtime", "monotonic", "perf_counter"}
FILES = {"open", "print", "input"}
WRITES = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update", "delete"}
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
VAGUE = {"utils.py", "helpers.py", "misc.py", "common.py"}
# put together here, so that this file does not name what it looks for
REGISTRIES = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "npmjs" + r"\.org"))
)
MACHINE = re.compile(
    r"(?<![\w.-])/(?:" + "|".join(("ho" + "me", "ro" + "ot", "Us" + "ers", "wo" + "rk")) + r")/[a-z]"
)


def findings(root: Path) -> Iterator[str]:
    for path in sorted((root / "src" / "monosashi").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if "/migrations/" not in name:
            yield from of_module(path, name)
    for name, text in tracked(root):
        yield from of_text(name, text)


def of_module(path: Path, name: str) -> Iterator[str]:
    text = path.read_text("utf-8")
    parts = path.parts[path.parts.index("monosashi") + 1 :]
    lines = text.count("\n")
    if lines > LONGEST and path.name != "errors.py":  # a catalog: every message once, in one place
        yield f"{name}: {lines} lines; split it by noun before {LONGEST}"
    if path.name in VAGUE:
        yield f"{name}: a name that says nothing; say what is in it"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from (f"{name}:{node.lineno}: {what}" for what in of_call(node, parts))


def of_call(node: ast.Call, parts: tuple[str, ...]) -> Iterator[str]:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if parts[0] in ROOMS and called in CLOCKS:
        yield f"{called}() looks at the clock; a room is handed its dates"
    if parts[0] in ROOMS and isinstance(node.func, ast.Name) and called in FILES:
        yield f"{called}() opens a door; only adapters do"
    if parts[0] == "web" and parts[-1] in ("views.py", "forms.py") and called in WRITES and on_objects(node):
        yield f"{called}() writes; views go through operations"


def on_objects(node: ast.Call) -> bool:
    """`Model.objects.create(…)`, `row.save()`; not `form.save` of a form that calls an operation."""
    return isinstance(node.func, ast.Attribute) and "form" not in ast.unparse(node.func.value)


def tracked(root: Path) -> Iterator[tuple[str, str]]:
    """Text files that git knows or would take; in a copy without git, all of them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    inside = (root / ".git").exists() and listed.returncode == 0
    names = listed.stdout.split("\0") if inside else (str(p.relative_to(root)) for p in root.rglob("*"))
    for name in names:
        path = root / name
        if name and path.is_file() and (content := path.read_bytes()) and b"\0" not in content[:8000]:
            yield name, content.decode("utf-8", "replace")


def of_text(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRIES.search(line):
            yield f"{name}:{number}: names a registry; a mirror has to do as well"
        if MACHINE.search(line):
            yield f"{name}:{number}: a path of somebody's machine"
        if name.endswith((".py", ".html", ".css")) and LEFTOVERS.search(line) and name != "tools/house.py":
            yield f"{name}:{number}: a leftover; do it or write it down elsewhere"


if __name__ == "__main__":
    found = list(findings(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
    print("\n".join(found) or "House rules: kept.")
    sys.exit(1 if found else 0)
