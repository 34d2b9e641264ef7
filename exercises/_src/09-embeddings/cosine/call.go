package main

import (
	"exercise/answer"
	"exercise/cosine"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.Of(cosine.Cosine(args[0].Floats(), args[1].Floats()))}
	})
}
