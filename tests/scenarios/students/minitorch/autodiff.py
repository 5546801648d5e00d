from dataclasses import dataclass


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    above, below = list(vals), list(vals)
    above[arg] += epsilon
    below[arg] -= epsilon
    return (f(*above) - f(*below)) / (2 * epsilon)


def topological_sort(variable):
    order, seen = [], set()

    def visit(node):
        if node.unique_id in seen or node.is_constant():
            return
        seen.add(node.unique_id)
        for parent in node.parents:
            visit(parent)
        order.insert(0, node)

    visit(variable)
    return order


def backpropagate(variable, deriv):
    derivatives = {variable.unique_id: deriv}
    for node in topological_sort(variable):
        d_output = derivatives[node.unique_id]
        if node.is_leaf():
            node.accumulate_derivative(d_output)
            continue
        for parent, d in node.chain_rule(d_output):
            derivatives[parent.unique_id] = derivatives.get(parent.unique_id, 0.0) + d


@dataclass
class Context:
    no_grad: bool = False
    saved_values: tuple = ()

    def save_for_backward(self, *values):
        if not self.no_grad:
            self.saved_values = values
