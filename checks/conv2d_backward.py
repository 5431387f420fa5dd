"""Does backward add to the pixels that forward read, at any stride and with any padding?

A 1 by 1 or symmetric kernel hides a missing flip, stride 1 a forgotten stride, padding 0 a
frame that was never cut off. So each has a case, and the first one has none of these.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_input": "x", "grad_W": "W", "grad_b": "b"}
rows = ("x", "grad_output", "output", "grad_input")


def conv_case(name, rng, images, kernels, *, stride=1, padding=0, **more):
    high, wide = ((size + 2 * padding - kernels[2]) // stride + 1 for size in images[2:])
    quantities = {
        "x": rng.normal(size=images),
        "W": rng.normal(size=kernels),
        "b": rng.normal(size=kernels[0]),
        "stride": stride,
        "padding": padding,
        "grad_output": rng.normal(size=(images[0], kernels[0], high, wide)),
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield conv_case("all sizes differ: a wrong axis shows", rng, (3, 4, 7, 9), (5, 4, 2, 2))
    name = "all sizes equal: swapped axes still fit"
    yield conv_case(name, rng, (3, 3, 3, 3), (3, 3, 3, 3), padding=1)
    yield conv_case(
        "1 by 1 kernels: a linear layer on every pixel", rng, (2, 2, 3, 4), (3, 2, 1, 1)
    )
    yield conv_case("one image, one channel", rng, (1, 1, 4, 5), (1, 1, 3, 3))
    yield conv_case("the kernel is as large as the image", rng, (3, 2, 3, 3), (4, 2, 3, 3))
    yield conv_case("stride 2: windows jump", rng, (2, 2, 5, 7), (3, 2, 3, 3), stride=2)
    name = "stride 2, uneven: the last row is in no window"
    yield conv_case(name, rng, (2, 1, 6, 8), (3, 1, 3, 3), stride=2)
    name = "stride 3, kernel 2: pixels between windows"
    yield conv_case(name, rng, (2, 2, 8, 7), (1, 2, 2, 2), stride=3)
    name = "stride 2, kernel 2: nothing overlaps"
    yield conv_case(name, rng, (2, 3, 4, 6), (2, 3, 2, 2), stride=2)
    yield conv_case("padding 1: the frame is cut off", rng, (2, 2, 4, 3), (3, 2, 3, 3), padding=1)
    yield conv_case("padding 2: a frame of two", rng, (2, 1, 3, 4), (2, 1, 3, 3), padding=2)
    name = "stride 2 and padding 1 together"
    yield conv_case(name, rng, (2, 2, 5, 6), (3, 2, 3, 3), stride=2, padding=1)
    W = rng.normal(size=(2, 2, 3, 3))
    name = "a symmetric kernel: without a flip it fits"
    yield conv_case(name, rng, (2, 2, 4, 5), W.shape, W=W + W[:, :, ::-1, ::-1])
    yield conv_case(
        "transposed views: memory order does not matter",
        rng,
        (3, 2, 4, 4),
        (2, 2, 3, 3),
        x=rng.normal(size=(4, 4, 2, 3)).T,
        W=rng.normal(size=(3, 3, 2, 2)).T,
        grad_output=rng.normal(size=(2, 2, 2, 3)).T,
    )
    yield conv_case("200 images: the batch is summed", rng, (200, 1, 3, 3), (2, 1, 2, 2))


def probe(learner, case):
    outputs, inputs, size, _ = case.W.shape
    layer = learner.Conv2d(inputs, outputs, size, case.stride, case.padding)
    layer.W, layer.b = case.W, case.b
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)
    yield "grad_W", layer.grad_W
    yield "grad_b", layer.grad_b


def framed(case):
    """The images with their frame of zeros."""
    p = case.padding
    return np.pad(case.x, ((0, 0), (0, 0), (p, p), (p, p)))


def offsets(case, stride):
    """Each offset of the kernel, with the slice of the framed images that it meets."""
    high, wide = (stride * size for size in case.grad_output.shape[2:])
    for u, v in np.ndindex(case.W.shape[2:]):
        yield u, v, np.s_[:, :, u : u + high : stride, v : v + wide : stride]


def sent_back(case, W, stride):
    """What kernels W send back to the framed images."""
    back = np.zeros(framed(case).shape)
    for u, v, here in offsets(case, stride):
        back[here] += np.einsum("nohw,oi->nihw", case.grad_output, W[:, :, u, v])
    return back


def weighed(case, padded, stride):
    """`grad_W`, if these are the framed images that forward saw."""
    grad = np.zeros_like(case.W)
    for u, v, here in offsets(case, stride):
        grad[:, :, u, v] = np.einsum("nohw,nihw->oi", case.grad_output, padded[here])
    return grad


def cut_out(case, back):
    """The images without their frame."""
    p, (high, wide) = case.padding, case.x.shape[2:]
    return back[:, :, p : p + high, p : p + wide]


def quantities(case, right):
    return {"padded": framed(case), "N": len(case.x), "s": case.stride, "p": case.padding}


# -- what learners get wrong ----------------------------------------------------------------------


@misconception(
    "grad_input",
    says="The kernel slides along `grad_output` without being flipped.",
    why="Where forward reads ahead of a pixel, blame for that pixel comes from behind it.",
    read="convolution-pooling#in-one-dimension",
    hint=3,
)
def kernel_not_flipped_in_grad_input(case, right):
    return cut_out(case, sent_back(case, case.W[:, :, ::-1, ::-1], case.stride))


@misconception(
    "grad_input",
    says="The kernel's rows and columns are swapped on the way back.",
    why="`W[o, i, u, v]` met a pixel u rows down and v columns across, and not the other way.",
    read="convolution-pooling#or-write-back-where-you-read",
    hint=3,
)
def kernel_rows_and_columns_swapped(case, right):
    return cut_out(case, sent_back(case, case.W.swapaxes(2, 3), case.stride))


@misconception(
    "grad_input",
    says="The two channel axes of `W` are swapped on the way back.",
    why="Blame comes from output channels and goes to input channels; W is (O, I, k, k).",
    read="convolution-pooling#images-nchw",
    hint=3,
)
def channels_swapped(case, right):
    return cut_out(case, sent_back(case, case.W.swapaxes(0, 1), case.stride))


@misconception(
    "grad_input",
    says="Offsets of the kernel overwrite each other's blame.",
    why="A pixel lies in several windows, and each of them has its share.",
    read="convolution-pooling#or-write-back-where-you-read",
    hint=3,
)
def offsets_overwrite(case, right):
    back = np.zeros(framed(case).shape)
    for u, v, here in offsets(case, case.stride):
        back[here] = np.einsum("nohw,oi->nihw", case.grad_output, case.W[:, :, u, v])
    return cut_out(case, back)


@misconception(
    "grad_input",
    says="A window overwrites the blame that windows before it sent back.",
    why="A pixel lies in several windows, and each of them has its share.",
    read="convolution-pooling#or-write-back-where-you-read",
    hint=3,
)
def overlaps_overwritten(case, right):
    back, k = np.zeros(framed(case).shape), case.W.shape[2]
    for a, b in np.ndindex(case.grad_output.shape[2:]):
        top, left = case.stride * a, case.stride * b
        blame = np.einsum("no,oiuv->niuv", case.grad_output[:, :, a, b], case.W)
        back[:, :, top : top + k, left : left + k] = blame
    return cut_out(case, back)


@misconception(
    "grad_input",
    says="The stride is forgotten when blame is sent back to the image.",
    why="Neighbours in the output came from windows that are a stride apart.",
    read="convolution-pooling#images-nchw",
    hint=3,
)
def stride_ignored_in_grad_input(case, right):
    return cut_out(case, sent_back(case, case.W, 1))


@misconception(
    "grad_input",
    says="The frame of padding is still around `grad_input`.",
    why="A gradient has the shape of its variable, and x has no frame.",
    read="convolution-pooling#images-nchw",
    hint=4,
)
def padding_not_removed(case, right):
    return sent_back(case, case.W, case.stride)


@misconception(
    "grad_input",
    says="The frame is cut off with `p:-p`, which leaves nothing when p is 0.",
    why="In Python −0 is 0, so the slice ends where it begins.",
    read="convolution-pooling#common-mistakes",
    hint=4,
)
def padding_zero_crops_everything(case, right):
    p = case.padding
    return sent_back(case, case.W, case.stride)[:, :, p:-p, p:-p]


@misconception(
    "grad_input",
    says="The frame is cut off at the bottom and on the right only.",
    why="Padding went on all four sides, so the image begins p pixels in.",
    read="convolution-pooling#images-nchw",
    hint=4,
)
def frame_cut_on_one_side(case, right):
    high, wide = case.x.shape[2:]
    return sent_back(case, case.W, case.stride)[:, :, :high, :wide]


@misconception(
    "grad_input",
    says="The size of `grad_input` is worked out from that of `grad_output`.",
    why="With a stride, images of several sizes give the same output; x knows its own.",
    read="convolution-pooling#images-nchw",
    hint=4,
)
def grad_input_size_from_output(case, right):
    p, k = case.padding, case.W.shape[2]
    high, wide = (case.stride * (size - 1) + k - p for size in case.grad_output.shape[2:])
    return sent_back(case, case.W, case.stride)[:, :, p:high, p:wide]


@misconception(
    "grad_input",
    "grad_W",
    says="`grad_output` is reshaped to one row for each channel with samples still in front.",
    why="A reshape moves no number, so rows of several samples end up in one channel.",
    read="shapes#common-mistakes",
    hint=2,
)
def grad_output_reshaped_without_transpose(case, right):
    n, o, *size = case.grad_output.shape
    mixed = case.replace(grad_output=case.grad_output.reshape(o, n, *size).swapaxes(0, 1))
    back = sent_back(mixed, case.W, case.stride)
    return cut_out(case, back), weighed(mixed, framed(case), case.stride)


@misconception(
    "grad_W",
    says="`grad_W` is the right gradient, flipped.",
    why="Forward did not flip the kernel, so its weights stand where their pixels stood.",
    read="convolution-pooling#in-one-dimension",
    hint=2,
)
def grad_W_flipped(case, right):
    return right.grad_W[:, :, ::-1, ::-1]


@misconception(
    "grad_W",
    says="The rows and columns of each kernel are swapped in `grad_W`.",
    why="Offset u goes down and v goes across, in W and in its gradient.",
    read="convolution-pooling#images-nchw",
    hint=2,
)
def grad_W_rows_and_columns_swapped(case, right):
    return right.grad_W.swapaxes(2, 3)


@misconception(
    "grad_W",
    says="The two channel axes of `grad_W` are swapped.",
    why="A gradient has the shape of its variable: output channels come first in W.",
    read="convolution-pooling#images-nchw",
    hint=2,
)
def grad_W_channels_swapped(case, right):
    return right.grad_W.swapaxes(0, 1)


@misconception(
    "grad_W",
    says="The stride is forgotten when `grad_W` looks up the pixels.",
    why="Neighbours in the output came from windows that are a stride apart.",
    read="convolution-pooling#images-nchw",
    hint=2,
)
def stride_ignored_in_grad_W(case, right):
    return weighed(case, framed(case), 1)


@misconception(
    "grad_W",
    says="`grad_W` is made from images without their frame.",
    why="Forward saw them with the frame, and p pixels further down and to the right.",
    read="convolution-pooling#images-nchw",
    hint=2,
)
def grad_W_uses_unpadded_x(case, right):
    behind = 2 * case.padding  # what is read beyond the image counts as 0
    unframed = np.pad(case.x, ((0, 0), (0, 0), (0, behind), (0, behind)))
    return weighed(case, unframed, case.stride)


@misconception(
    "grad_W",
    says="Only the last image of the batch counts in `grad_W`.",
    why="All images went through the same kernel, and each has its share.",
    read="convolution-pooling#images-nchw",
    hint=2,
)
def grad_W_last_image_only(case, right):
    last = case.replace(x=case.x[-1:], grad_output=case.grad_output[-1:])
    return weighed(last, framed(last), case.stride)


@misconception(
    "grad_W",
    says="`grad_W` is averaged over the batch.",
    why="Layers sum over the batch; the loss has taken the mean already.",
    read="convolution-pooling#images-nchw",
    hint=2,
)
def grad_W_averaged(case, right):
    return right.grad_W / len(case.x)


@misconception(
    "grad_b",
    says="`grad_b` is summed over the batch, but not over positions.",
    why="One bias was added at every position of its channel.",
    read="convolution-pooling#images-nchw",
    hint=1,
)
def grad_b_for_each_position(case, right):
    return case.grad_output.sum(axis=0)


@misconception(
    "grad_b",
    says="`grad_b` is summed over positions, but not over the batch.",
    why="All samples of the batch were given the same bias.",
    read="convolution-pooling#images-nchw",
    hint=1,
)
def grad_b_not_summed_over_batch(case, right):
    return case.grad_output.sum(axis=(2, 3))


@misconception(
    "grad_b",
    says="`grad_b` is summed over everything, channels included.",
    why="Each output channel has a bias of its own.",
    read="convolution-pooling#images-nchw",
    hint=1,
)
def grad_b_over_everything(case, right):
    return case.grad_output.sum()


@misconception(
    "grad_b",
    says="`grad_b` is averaged over the batch.",
    why="Layers sum over the batch; the loss has taken the mean already.",
    read="convolution-pooling#images-nchw",
    hint=1,
)
def grad_b_averaged(case, right):
    return right.grad_b / len(case.x)


@misconception(
    "grad_b",
    says="`grad_b` is a mean over positions.",
    why="Each position was given the whole bias, so their shares add up.",
    read="convolution-pooling#images-nchw",
    hint=1,
)
def grad_b_averaged_over_positions(case, right):
    return case.grad_output.mean(axis=(2, 3)).sum(axis=0)


@misconception(
    "grad_b",
    says="`grad_b` is the mean over batch and positions.",
    why="Each of them was given the whole bias, so their shares add up.",
    read="convolution-pooling#images-nchw",
    hint=1,
)
def grad_b_mean_of_all(case, right):
    return case.grad_output.mean(axis=(0, 2, 3))


@misconception(
    says="The kernel is flipped, in forward and so in backward.",
    why="That is the convolution of mathematics; a layer slides its weights as they stand.",
    read="convolution-pooling#in-one-dimension",
)
def kernel_flipped_in_forward(module):
    reach = module.Conv2d._reach

    def flipped(self, u, v):
        last = self.W.shape[2] - 1
        return reach(self, last - u, last - v)

    module.Conv2d._reach = flipped
