package main

import (
	"slices"

	"exercise/answer"
	"exercise/vote"
	"exercise/wire"
)

// calls is how often a vote is taken, for one that goes through a map may be another each time.
const calls = 40

func main() {
	answer.Cases(func(args []wire.Value) []wire.Value {
		var votes []int
		for range calls {
			if v := vote.Vote(slices.Clone(args[0].Ints())); !slices.Contains(votes, v) {
				votes = append(votes, v)
			}
		}
		if len(votes) > 1 {
			return []wire.Value{wire.List(votes)}
		}
		return []wire.Value{wire.Of(votes[0])}
	})
}
