"""Candidates for sharing: who uses a common tool in which state, and where one could help another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from monosashi.gather.register.words import TOOL_STATES

Reason = Literal["adopted_elsewhere", "tried_elsewhere", "needed_by_many", "none"]


@dataclass(frozen=True)
class Use:
    """A service's use of a tool, in one of the four states."""

    tool: str
    service: str
    organization: str
    state: str


@dataclass(frozen=True)
class Sharing:
    """One tool: its uses by state, why it could be shared, and how many organizations would gain."""

    tool: str
    by_state: Mapping[str, tuple[Use, ...]]
    reason: Reason
    gaining: tuple[str, ...]


def sharing_of(tool: str, uses: Iterable[Use]) -> Sharing:
    """Those that need the tool gain where another organization has adopted it, or at least tries it; where
    nobody does, from two organizations on, because they can get it together."""
    mine = sorted((use for use in uses if use.tool == tool), key=lambda use: (use.organization, use.service))
    by_state = {state: tuple(use for use in mine if use.state == state) for state in TOOL_STATES}
    organizations = {state: {use.organization for use in held} for state, held in by_state.items()}
    needing = organizations["needed"] - organizations["adopted"]
    return Sharing(tool, by_state, _reason(needing, organizations), tuple(sorted(needing)))


def _reason(needing: set[str], organizations: Mapping[str, set[str]]) -> Reason:
    if needing and organizations["adopted"]:
        return "adopted_elsewhere"
    if any(organizations["on_trial"] - {one} for one in needing):
        return "tried_elsewhere"
    return "needed_by_many" if len(needing) > 1 else "none"


def candidates(tools: Iterable[str], uses: Iterable[Use]) -> list[Sharing]:
    """Every tool, those that would help most organizations first."""
    held = list(uses)
    found = [sharing_of(tool, held) for tool in tools]
    return sorted(found, key=lambda one: (one.reason == "none", -len(one.gaining), one.tool))
