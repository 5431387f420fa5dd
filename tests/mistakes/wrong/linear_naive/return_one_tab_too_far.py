import numpy as np


class Linear:
	def __init__(self, in_features, out_features):
		self.W = np.random.normal(0, 0.1, (in_features, out_features))
		self.b = np.zeros(out_features)

	def forward(self, x):
		self.x = x
		y = np.zeros((x.shape[0], self.W.shape[1]))
		for n in range(x.shape[0]):
			for j in range(self.W.shape[1]):
				y[n, j] = self.b[j]
				for i in range(x.shape[1]):
					y[n, j] += x[n, i] * self.W[i, j]
		return y

	def backward(self, grad_output):
		self.grad_W = np.zeros(self.W.shape)
		self.grad_b = np.zeros(self.b.shape)
		grad_input = np.zeros(self.x.shape)
		for n in range(self.x.shape[0]):
			for j in range(self.W.shape[1]):
				self.grad_b[j] += grad_output[n, j]
				for i in range(self.x.shape[1]):
					self.grad_W[i, j] += self.x[n, i] * grad_output[n, j]
					grad_input[n, i] += grad_output[n, j] * self.W[i, j]
			return grad_input
