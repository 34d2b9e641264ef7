package engine

import "fmt"

// recoverGraph turns a panic of GoMLX, whose graph functions panic by design, into the error of the function that
// defers it.
func recoverGraph(err *error, doing string) {
	switch p := recover().(type) {
	case nil:
	case error:
		*err = fmt.Errorf("%s: %w", doing, p)
	default:
		*err = fmt.Errorf("%s: %v", doing, p)
	}
}
