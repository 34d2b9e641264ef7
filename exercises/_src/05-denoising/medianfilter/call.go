package main

import (
	"exercise/answer"
	"exercise/medianfilter"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		picture := args[0].Floats()
		filtered := medianfilter.Filter(picture, args[1].Int())
		return []wire.Value{wire.List(filtered), wire.List(picture)}
	})
}
