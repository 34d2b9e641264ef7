package main

import (
	"exercise/answer"
	"exercise/parameters"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		count, compression := parameters.Count(args[0].Ints(), args[1].Int())
		return []wire.Value{wire.Of(count), wire.Of(compression)}
	})
}
