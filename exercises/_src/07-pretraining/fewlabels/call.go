package main

import (
	"slices"

	"exercise/answer"
	"exercise/fewlabels"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		seed := uint64(args[2].Int())
		var draws []wire.Value
		for _, s := range []uint64{seed, seed, seed + 1} {
			labels := slices.Clone(args[0].Ints()) // for who marks in it what is taken
			draws = append(draws, wire.List(fewlabels.FewLabels(labels, args[1].Int(), s)))
		}
		return draws
	})
}
