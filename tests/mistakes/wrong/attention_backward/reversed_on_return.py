import numpy as np


class ScaledDotProductAttention:
    def forward(self, Q, K, V):
        tape = []

        def push(value, pull):
            tape.append(pull)
            return value

        scale = Q.shape[-1] ** -0.5
        S = push(scale * Q @ K.swapaxes(1, 2), lambda g: (scale * g @ K, scale * g.swapaxes(1, 2) @ Q))
        E = np.exp(S - S.max(2, keepdims=True))
        A = E / E.sum(2, keepdims=True)
        push(A, lambda g: A * (g - (g * A).sum(2, keepdims=True)))
        Y = push(A @ V, lambda g: (g @ V.swapaxes(1, 2), A.swapaxes(1, 2) @ g))
        self.tape = tape
        return Y

    def backward(self, grad):
        pull_scores, pull_softmax, pull_values = self.tape
        grad_A, grad_V = pull_values(grad)
        grad_Q, grad_K = pull_scores(pull_softmax(grad_A))
        return grad_V, grad_K, grad_Q
