package main

import (
	"exercise/answer"
	"exercise/quantile"
	"exercise/wire"
)

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		errs := args[0].Floats()
		return []wire.Value{wire.Of(quantile.Quantile(errs, args[1].Float())), wire.List(errs)}
	})
}
