package main

import (
	"exercise/answer"
	"exercise/kmeans"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		codes, centers := args[0].Rows(), args[1].Rows()
		nearest, moved := kmeans.Step(codes, centers)
		return []wire.Value{wire.List(nearest), wire.Matrix(moved), wire.Matrix(codes), wire.Matrix(centers)}
	})
}
