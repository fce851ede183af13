"""What the parts of an XLSX file say that no reader tells: errors, formulas without result, the epoch."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from monosashi import errors
from monosashi.adapters.container import Container
from monosashi.errors import Finding
from monosashi.gather.findings import shown
from monosashi.gather.written import Epoch

Faults = dict[str, Callable[..., Finding]]  # cell → what is wrong with it
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REFERENCE = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL
)
_UNCOUNTED = re.compile(
    rb'<c\b[^>]*\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*</c>'
)


def epoch_of(container: Container | None) -> Epoch | None:
    """The year from which a workbook counts its days; None where that cannot be told."""
    if container is None or container.kind != "xlsx":
        return None
    book = _parsed(container, _BOOK)
    found = next((each for each in book.iter() if each.tag.endswith("}workbookPr")), None)
    marked = found is not None and found.get("date1904") in {"1", "true"}
    return 1904 if marked else 1900


def part_of(container: Container | None, sheet: str) -> str | None:
    """The part of an XLSX file that holds a sheet."""
    if container is None or container.kind != "xlsx" or _LINKS not in container.names:
        return None
    targets = {each.get("Id"): each.get("Target") or "" for each in _parsed(container, _LINKS)}
    for each in _parsed(container, _BOOK).iter():
        if each.tag.endswith("}sheet") and each.get("name") == sheet:
            target = targets.get(each.get(_REFERENCE) or each.get(_STRICT_REFERENCE), "")
            path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            return path if path in container.names else None
    return None


def _parsed(container: Container, part: str) -> Element:
    try:
        found: Element = fromstring(container.read(part))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise errors.TABLE_DAMAGED(detail=shown(f"{part}: {error}", 100)) from None
    return found


def cell_faults(container: Container, part: str | None) -> Faults:
    """Cell → what is wrong with it: the result of its formula is an error, or was never stored."""
    if part is None:
        return {}
    data = container.read(part)
    found: Faults = {}
    if b't="e"' in data:
        for match in _ERROR.finditer(data):
            value = shown(match[2].decode("utf-8", "replace"))
            found[match[1].decode()] = partial(errors.CELL_IS_ERROR.found, value=value)
    if b"<f" in data:
        for match in _UNCOUNTED.finditer(data):
            found[match[1].decode()] = errors.CELL_NOT_CALCULATED.found
    return found
