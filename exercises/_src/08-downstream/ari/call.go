package main

import (
	"exercise/answer"
	"exercise/ari"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.Of(ari.ARI(args[0].Ints(), args[1].Ints()))}
	})
}
