package main

import (
	"exercise/answer"
	"exercise/features"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		beat := args[0].Floats()
		return []wire.Value{wire.List(features.Features(beat)), wire.List(beat)}
	})
}
