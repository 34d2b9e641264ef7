package gain

import . "github.com/gomlx/gomlx/core/graph"

func Gain(x, n, y *Node) *Node {
	return Sub(psnr(x, y), psnr(x, n))
}

func psnr(x, picture *Node) *Node {
	mse := ReduceAllMean(Square(Sub(x, picture)))
	return Neg(Log(mse))
}
