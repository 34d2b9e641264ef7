package main

import (
	"exercise/answer"
	"exercise/warmup"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.List(warmup.Betas(args[0].Int(), args[1].Int(), args[2].Float()))}
	})
}
