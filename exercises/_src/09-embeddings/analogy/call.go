package main

import (
	"exercise/analogy"
	"exercise/answer"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		vectors, rows := map[string][]float64{}, args[1].Rows()
		for i, word := range args[0].Strings() {
			vectors[word] = rows[i]
		}
		asked := args[2].Strings()
		return []wire.Value{wire.Of(analogy.Answer(vectors, asked[0], asked[1], asked[2]))}
	})
}
