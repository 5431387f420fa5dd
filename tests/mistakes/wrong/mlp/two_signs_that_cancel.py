import numpy as np

class Linear:
    def __init__(self, nInput, nOutput):
        self.W = np.random.normal(0.0, pow(nInput, -0.5), (nInput, nOutput))
        self.b = np.zeros(nOutput)

class ReLU: pass

class MLP:
    def __init__(self, sizes):
        self.layers = []
        for nInput, nOutput in zip(sizes, sizes[1:]):
            self.layers += [Linear(nInput, nOutput), ReLU()]
        self.layers = self.layers[:-1]

    def forward(self, X):
        self.history = []
        signal = X
        for layer in self.layers:
            self.history.append(signal)
            if isinstance(layer, ReLU):
                signal = np.maximum(signal, 0)
            else:
                signal = signal @ layer.W + layer.b
        self.finalSignal = signal
        return signal

    def backward(self, y):
        top = np.exp(self.finalSignal - self.finalSignal.max(axis=1, keepdims=True))
        guess = top / top.sum(axis=1, keepdims=True)
        targets = np.zeros_like(guess)
        targets[np.arange(len(y)), y] = 1
        errors = (targets - guess) / len(y)
        for layer, signal in zip(reversed(self.layers), reversed(self.history)):
            if isinstance(layer, ReLU):
                errors = errors * (signal > 0)
            else:
                layer.grad_W = signal.T @ errors
                layer.grad_b = errors.sum(axis=0)
                errors = errors @ layer.W.T
        return errors

    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.W = layer.W + lr * layer.grad_W
                layer.b = layer.b + lr * layer.grad_b
