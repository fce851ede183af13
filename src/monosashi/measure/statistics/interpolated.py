"""Quantiles by rules that look at single answers: between two of them the quantile is interpolated.

With the answers of a domain in ascending order (equal ones in the order of the rows), w_k the weight of the
k-th of n, c_k = w_1 + … + w_k and W = c_n, each rule gives answer k a position, and q(p) is the straight
line between the two positions around p; before the first and after the last it is the first and last answer:

    hf4   c_k/W                     hf5   (c_k − w_k/2)/W           hf6   c_k/(W + w_n)
    hf7   (c_k − w_k)/(W − w_n)     hf8   (c_k − w_k/3)/(W + w_n/3) hf9   (c_k − 3w_k/8)/(W + w_n/4)

``shahvaish`` is a step at (c_k·n/W + 1/2 − w_k/2)/(n + 1), as R has it: with weights that do not average 1
these positions are in no order, and the quantile says little. It is there for comparison with R only.
Before the first answer R's hf4 goes on along its line, below anything that was answered; here it stops.
References: Hyndman and Fan (1996), The American Statistician 50, 361–365; Shah and Vaish (2006), ASA
Proceedings of the Survey Research Methods Section; R's ``survey::svyquantile`` 4.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from monosashi.measure.cells import Answers, Floats, Ints

Positions = Callable[[Floats, Floats], Floats]


def _shah_vaish(c: Floats, w: Floats) -> Floats:
    return np.asarray((c * len(c) / c[-1] + 0.5 - w / 2) / (len(c) + 1))


def _before(c: Floats, w: Floats) -> Floats:
    rest = float(c[-1] - w[-1])
    return np.asarray((c - w) / rest) if rest > 0 else np.zeros_like(c)


POSITIONS: dict[str, Positions] = {
    "hf4": lambda c, w: c / c[-1],
    "hf5": lambda c, w: (c - w / 2) / c[-1],
    "hf6": lambda c, w: c / (c[-1] + w[-1]),
    "hf7": _before,
    "hf8": lambda c, w: (c - w / 3) / (c[-1] + w[-1] / 3),
    "hf9": lambda c, w: (c - 3 * w / 8) / (c[-1] + w[-1] / 4),
    "shahvaish": _shah_vaish,
}


@dataclass(frozen=True, eq=False)
class Interpolated:
    """The answers of every domain in their order; first is where each domain begins, its end included."""

    rule: str
    value: Floats
    weight: Floats
    first: Ints

    def inverse(self, p: Floats) -> Floats:
        """q(p), for one p per domain: shape (domains,). NaN where nobody answered or p is not in [0, 1]."""
        return np.array([self._one(d, at) for d, at in enumerate(p.tolist())], dtype=np.float64)

    def _one(self, domain: int, p: float) -> float:
        mine = slice(self.first[domain], self.first[domain + 1])
        value, w = self.value[mine], self.weight[mine]
        if not len(value) or not 0 <= p <= 1:
            return float("nan")
        position = POSITIONS[self.rule](np.cumsum(w), w)
        if self.rule != "shahvaish":
            return float(np.interp(p, position, value))
        order = np.argsort(position, kind="stable")
        below = int(np.searchsorted(position[order], p, side="right")) - 1
        return float(value[order[max(below, 0)]])


def interpolated(answers: Answers, rule: str) -> Interpolated:
    first = np.searchsorted(answers.domain, np.arange(len(answers.domains) + 1))
    return Interpolated(rule, answers.value, answers.weight, first)
