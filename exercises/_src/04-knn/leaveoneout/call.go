package main

import (
	"exercise/answer"
	"exercise/leaveoneout"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		return []wire.Value{wire.Of(leaveoneout.Accuracy(args[0].Rows(), args[1].Ints(), args[2].Int()))}
	})
}
