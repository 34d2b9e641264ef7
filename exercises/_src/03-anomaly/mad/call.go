package main

import (
	"exercise/answer"
	"exercise/mad"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.Of(mad.Threshold(args[0].Floats(), args[1].Float()))}
	})
}
