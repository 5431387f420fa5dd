import numpy as np
class BatchNorm:
    def __init__(self, dim, eps=1e-5): self.gamma, self.beta, self.eps = np.ones(dim), np.zeros(dim), eps
    def forward(self, x):
        self.k = 1/np.sqrt(x.var(0)+self.eps); self.h = (x-x.mean(0))*self.k
        return self.gamma*self.h+self.beta
    def backward(self, g):
        self.grad_gamma, self.grad_beta = (g*self.h).sum(0), g.sum(0)
        return self.gamma*self.k/len(g)*(len(g)*g-self.grad_beta-self.h*self.grad_gamma)
