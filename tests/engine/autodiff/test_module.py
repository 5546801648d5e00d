"""Module and Parameter: the tree, its names and its modes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.autodiff.module import Module, Parameter


class Leaf(Module):
    def __init__(self, extra: int = 0) -> None:
        super().__init__()
        self.weight = Parameter(5.0)
        self.plain = 10
        for i in range(extra):
            self.add_parameter(f"extra_{i}", float(i))


class Tree(Module):
    def __init__(self, left: int, right: int) -> None:
        super().__init__()
        self.left = Leaf(left)
        self.bias = Parameter(1.0)
        self.right = Leaf(right)

    def forward(self, x: float, scale: float = 1.0) -> float:
        return scale * (self.left.weight.value * x + self.bias.value)


def test_attributes_are_found_again() -> None:
    tree = Tree(0, 0)
    assert tree.left.weight.value == 5.0
    assert tree.left.plain == 10
    assert tree.modules() == [tree.left, tree.right]


@given(st.integers(0, 5), st.integers(0, 5))
def test_names_are_dotted_and_in_order(left: int, right: int) -> None:
    tree = Tree(left, right)
    expected = [
        "bias",
        *("left.weight", *(f"left.extra_{i}" for i in range(left))),
        *("right.weight", *(f"right.extra_{i}" for i in range(right))),
    ]
    assert [name for name, _ in tree.named_parameters()] == expected
    assert tree.parameters() == [parameter for _, parameter in tree.named_parameters()]


def test_modes_reach_the_whole_tree() -> None:
    tree = Tree(0, 0)
    everything = [tree, *tree.modules()]
    assert all(module.training for module in everything)
    tree.eval()
    assert not any(module.training for module in everything)
    tree.train()
    assert all(module.training for module in everything)


def test_a_call_is_forward() -> None:
    assert Tree(0, 0)(2.0, scale=3.0) == 33.0


def test_a_module_without_forward_says_so() -> None:
    with pytest.raises(TypeError, match="Leaf does not define forward"):
        Leaf()(1.0)


def test_an_attribute_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="Leaf has no attribute 'wieght'"):
        _ = Leaf().wieght


def test_an_update_is_seen_through_the_tree() -> None:
    tree = Tree(0, 0)
    dict(tree.named_parameters())["left.weight"].update(7.0)
    assert tree.left.weight.value == 7.0


def test_add_parameter_answers_it_with_its_name() -> None:
    leaf = Leaf()
    added = leaf.add_parameter("bias", 2.0)
    assert leaf.bias is added
    assert (added.name, added.value) == ("bias", 2.0)


def test_repr_shows_the_tree() -> None:
    assert repr(Tree(0, 1)) == (
        "Tree(bias=Parameter(1.0), left=Leaf(weight=Parameter(5.0)), "
        "right=Leaf(weight=Parameter(5.0), extra_0=Parameter(0.0)))"
    )
