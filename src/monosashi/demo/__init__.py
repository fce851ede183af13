"""The synthetic city behind `monosashi demo`: deterministic by seed, labelled synthetic everywhere."""
