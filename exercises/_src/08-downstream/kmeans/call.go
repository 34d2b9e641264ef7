package main

import (
	"exercise/answer"
	"exercise/kmeans"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		nearest, moved := kmeans.Step(args[0].Rows(), args[1].Rows())
		return []wire.Value{wire.List(nearest), wire.Matrix(moved)}
	})
}
