package main

import (
	"exercise/answer"
	"exercise/flops"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.Of(flops.Speed(args[0].Int(), args[1].Float()))}
	})
}
