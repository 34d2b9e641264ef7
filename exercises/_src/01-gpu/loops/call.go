package main

import (
	"exercise/answer"
	"exercise/loops"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.List(loops.Product(args[0].Floats32(), args[1].Floats32(), args[2].Int()))}
	})
}
