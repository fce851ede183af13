"""A guideline as JSON for programs: every field of the data, in one fixed shape.

A text is ``{"ja", "en"}`` (with ``simple`` where residents read it); what a version does not say is null or
an empty list, and what it marks as not applicable is named in ``not_applicable``. An initiative's
``department`` is the official name as one string, since programs group and match by it; its translations
stand beside it as ``department_name``. A fact's ``reference`` is ``{"source", "place"}``.
"""

from __future__ import annotations

from typing import Any

from monosashi.define.guideline import Guideline


def shape(guideline: Guideline) -> dict[str, Any]:
    """The whole guideline."""
    shown: dict[str, Any] = _spoken(guideline.model_dump(mode="json", by_alias=True))
    for principle in shown["principles"]:
        for initiative in principle["initiatives"]:
            initiative["department_name"] = initiative["department"]
            initiative["department"] = initiative["department"]["ja"]
    return shown


def counts(guideline: Guideline) -> dict[str, int]:
    """How many parts of each kind there are: what a person compares with the source at a glance."""
    kpis = [kpi for principle in guideline.principles for kpi in principle.kpis]
    initiatives = [each for principle in guideline.principles for each in principle.initiatives]
    return {
        "principles": len(guideline.principles),
        "kpis": len(kpis),
        "output_kpis": sum(kpi.level == "output" for kpi in kpis),
        "outcome_kpis": sum(kpi.level == "outcome" for kpi in kpis),
        "initiatives": len(initiatives),
        "milestones": sum(len(each.milestones) for each in initiatives),
        "indicators": len(guideline.indicators),
        "targets": sum(len(indicator.targets) for indicator in guideline.indicators),
        "items": len(guideline.items),
        "scales": len(guideline.scales),
        "surveys": len(guideline.surveys),
        "facts": len(guideline.facts),
        "populations": len(guideline.populations),
        "code_frames": len(guideline.code_frames),
        "themes": sum(len(frame.themes) for frame in guideline.code_frames),
        "questionnaires": len(guideline.questionnaires),
    }


def _spoken(value: Any) -> Any:
    """Leaves out `simple` where a text has none; it is not a gap that anybody has to fill."""
    if isinstance(value, dict):
        return {key: _spoken(each) for key, each in value.items() if not (key == "simple" and each is None)}
    return [_spoken(each) for each in value] if isinstance(value, list) else value
