import numpy as np

class ScaledDotProductAttention:
  def forward(self, Q, K, V):
    d = Q.shape[2]
    self.saved = (Q, K, V)
    rawScores = np.matmul(Q, K.transpose(0, 2, 1)) * d ** -0.5
    shifted = rawScores - rawScores.max(axis=2, keepdims=True)
    expScores = np.exp(shifted)
    self.attn = expScores / expScores.sum(axis=2, keepdims=True)
    return np.matmul(self.attn, V)

  def backward(self, grad):
    Q, K, V = self.saved
    gradV = np.matmul(self.attn.transpose(0, 2, 1), grad)
    gradAttn = np.matmul(grad, V.transpose(0, 2, 1))
    rowSums = np.sum(gradAttn * self.attn, axis=2, keepdims=True)
    gradScores = (gradAttn - rowSums) * self.attn * Q.shape[2] ** -0.5
    gradQ = np.matmul(gradScores, K)
    gradK = np.matmul(gradScores, Q)
    return gradQ, gradK, gradV
