"""Parameter and Module: a model as a tree of named parameters, as the course has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Parameter:
    """A value of a model that fitting may change: a float, a Scalar, or a column."""

    def __init__(self, value: Any, name: str | None = None):
        self.value = value
        self.name = name

    def update(self, value: Any) -> None:
        """Put another value in place of the present one."""
        self.value = value

    def __repr__(self) -> str:
        return f"Parameter({self.value!r})"


class Module:
    """A tree of modules and parameters. Assigning either to an attribute adds it to the tree, in order."""

    training: bool
    _modules: dict[str, Module]
    _parameters: dict[str, Parameter]

    def __init__(self) -> None:
        self._modules = {}
        self._parameters = {}
        self.training = True

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, Parameter):
            self._parameters[name] = value
        elif isinstance(value, Module):
            self._modules[name] = value
        else:
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        for table in ("_parameters", "_modules"):
            found = self.__dict__.get(table, {})
            if name in found:
                return found[name]
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.forward(*args, **kwargs)

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """What the model computes; every model defines its own. Raises TypeError where one does not."""
        raise TypeError(f"{type(self).__name__} does not define forward")

    def add_parameter(self, name: str, value: Any) -> Parameter:
        """A new parameter under `name`, returned."""
        parameter = Parameter(value, name)
        self._parameters[name] = parameter
        return parameter

    def modules(self) -> Sequence[Module]:
        """The direct children."""
        return list(self._modules.values())

    def named_parameters(self) -> list[tuple[str, Parameter]]:
        """Every parameter of the tree with its dotted name (`m1.w1`), own parameters first."""
        own = list(self._parameters.items())
        return own + [
            (f"{child}.{name}", parameter)
            for child, module in self._modules.items()
            for name, parameter in module.named_parameters()
        ]

    def parameters(self) -> list[Parameter]:
        """Every parameter of the tree, in the order of `named_parameters`."""
        return [parameter for _, parameter in self.named_parameters()]

    def train(self) -> None:
        """Put this module and all below it into training mode."""
        self._set_training(True)

    def eval(self) -> None:
        """Put this module and all below it into evaluation mode."""
        self._set_training(False)

    def _set_training(self, training: bool) -> None:
        self.training = training
        for module in self._modules.values():
            module._set_training(training)

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={child!r}" for name, child in (self._parameters | self._modules).items())
        return f"{type(self).__name__}({inside})"
