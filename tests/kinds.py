"""The kinds of model that need no settings, by name."""

from engine.training.models import FAMILIES, Kind

MODELS = {name: Kind.of(name) for name, family in FAMILIES.items() if not family.settings}
