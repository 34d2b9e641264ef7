package main

import (
	"exercise/answer"
	"exercise/blocks"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		picture := args[0].Floats()
		masked := blocks.Mask(picture, args[1].Int(), args[2].Int(), args[3].Bools())
		return []wire.Value{wire.List(masked), wire.List(picture)}
	})
}
