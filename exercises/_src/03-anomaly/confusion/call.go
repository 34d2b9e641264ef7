package main

import (
	"exercise/answer"
	"exercise/confusion"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		precision, recall := confusion.Measure(args[0].Floats(), args[1].Bools(), args[2].Float())
		return []wire.Value{wire.Of(precision), wire.Of(recall)}
	})
}
