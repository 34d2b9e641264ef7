package main

import (
	"slices"

	"exercise/answer"
	"exercise/wire"
	"exercise/wordpairs"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		var pairs [][]string
		for _, p := range wordpairs.Pairs(args[0].Strings(), args[1].Int()) {
			pairs = append(pairs, p[:])
		}
		slices.SortFunc(pairs, slices.Compare)
		return []wire.Value{wire.Matrix(pairs)}
	})
}
