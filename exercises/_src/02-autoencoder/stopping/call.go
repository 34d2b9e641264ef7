package main

import (
	"exercise/answer"
	"exercise/stopping"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		best, last := stopping.Stop(args[0].Floats(), args[1].Int())
		return []wire.Value{wire.Of(best), wire.Of(last)}
	})
}
