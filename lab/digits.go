package lab

import (
	"strconv"

	"github.com/aetutor/aetutor/data"
)

// Digits are the pictures of digits that the labs of a session work on, both [n, 28, 28] with the labels 0 to 9. A nil
// *Digits is all of MNIST. A few pictures that are easy to learn let a session go through every lab within seconds; its
// Models must then be its own, for a kept model does not tell what it has learned from.
type Digits struct{ Learned, HeldOut *data.Dataset }

// learned are the pictures to learn from.
func (d *Digits) learned() (*data.Dataset, error) {
	if d == nil {
		return data.MNISTTrain()
	}
	return d.Learned, nil
}

// Examples is how many pictures there are to learn from.
func (d *Digits) Examples() (int, error) {
	learned, err := d.learned()
	if err != nil {
		return 0, err
	}
	return learned.Len(), nil
}

// heldOut are the pictures to measure on.
func (d *Digits) heldOut() (*data.Dataset, error) {
	if d == nil {
		return data.MNISTTest()
	}
	return d.HeldOut, nil
}

// parts are both.
func (d *Digits) parts() (learned, heldOut *data.Dataset, err error) {
	if learned, err = d.learned(); err != nil {
		return nil, nil, err
	}
	heldOut, err = d.heldOut()
	return learned, heldOut, err
}

// firstOf are the first n examples, or all where there are fewer.
func firstOf(d *data.Dataset, n int) *data.Dataset { return d.Slice(0, min(n, d.Len())) }

// aDigit is a digit with its article, "a 7" and "an 8".
func aDigit(digit int) string {
	if digit == 8 {
		return "an 8"
	}
	return "a " + strconv.Itoa(digit)
}
