"""What never gets into a log: the codes that lead to somebody's unfinished answers."""

from __future__ import annotations

import logging
import re

_CODE = re.compile(r"(/s/[^/\s]+/a/)[^/\s]+")


class WithoutCodes(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """The message as it is written, with codes taken out of addresses."""
        record.msg, record.args = _CODE.sub(r"\1…", record.getMessage()), ()
        return True
