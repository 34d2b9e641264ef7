package main

import (
	"exercise/answer"
	"exercise/standardize"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.Matrix(standardize.Standardize(args[0].Rows(), args[1].Rows()))}
	})
}
