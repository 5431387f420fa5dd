import math

class Value:
  def __init__(self, data, children=(), step=None):
    self.data = data
    self.grad = 0.0
    self.children = children
    self.step = step

  @staticmethod
  def of(x):
    return x if isinstance(x, Value) else Value(x)

  def __add__(self, y):
    y = Value.of(y)
    def step(g):
      self.grad += g
      y.grad += g
    return Value(self.data + y.data, (self, y), step)

  def __mul__(self, y):
    y = Value.of(y)
    def step(g):
      self.grad += y.data * g
      y.grad += self.data * g
    return Value(self.data * y.data, (self, y), step)

  def __pow__(self, p):
    def step(g):
      self.grad += p * self.data ** (p - 1) * g if p != 0 else 0.0
    return Value(self.data ** p, (self,), step)

  def __neg__(self): return -1 * self
  def __radd__(self, y): return Value.of(y) + self
  def __rmul__(self, y): return Value.of(y) * self
  def __sub__(self, y): return self + -1 * Value.of(y)
  def __rsub__(self, y): return Value.of(y) + -1 * self
  def __truediv__(self, y): return self * Value.of(y) ** -1.0
  def __rtruediv__(self, y): return Value.of(y) * self ** -1.0

  def relu(self):
    def step(g):
      if self.data > 0:
        self.grad += g
    return Value(self.data if self.data > 0 else 0.0, (self,), step)

  def tanh(self):
    t = math.tanh(self.data)
    def step(g):
      self.grad += (1 - t) * (1 + t) * g
    return Value(t, (self,), step)

  def exp(self):
    e = math.exp(self.data)
    def step(g):
      self.grad += e * g
    return Value(e, (self,), step)

  def backward(self):
    topo, visited, stack = [], set(), [self]
    while stack:
      v = stack.pop()
      if v in visited:
        continue
      visited.add(v)
      topo.insert(0, v)
      stack.extend(v.children)
    for v in topo:
      v.grad = 0.0
    self.grad = 1.0
    for v in reversed(topo):
      if v.step is not None:
        v.step(v.grad)
