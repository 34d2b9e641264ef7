package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Answer is what the program says to one case: values, or the panic that the learner's code ended in.
type Answer struct {
	Values []Value
	Panic  string // its message, "" without one
	Stack  string // of a panic: the goroutine's stack, as Go prints it
}

// Bounds of what is read. A learner's program writes what it likes.
const (
	maxValues = 1000
	maxRank   = 8
	maxEmpty  = 1 << 16 // the product of the other axes of a value without elements, of which nothing else bounds them
)

// AppendCases adds the encoding of cases, each a list of arguments.
func AppendCases(b []byte, cases [][]Value) []byte {
	b = binary.AppendUvarint(b, uint64(len(cases)))
	for _, args := range cases {
		b = appendValues(b, args)
	}
	return b
}

// Cases decodes what AppendCases wrote.
func Cases(b []byte) ([][]Value, error) {
	d := decoder{rest: b}
	cases := make([][]Value, d.count(maxValues))
	for i := range cases {
		cases[i] = d.values()
	}
	return cases, d.err
}

// AppendAnswer adds the encoding of one answer.
func AppendAnswer(b []byte, a Answer) []byte {
	return appendText(appendText(appendValues(b, a.Values), a.Panic), a.Stack)
}

// Answers decodes what AppendAnswer wrote, one after another. With an error come the answers before it.
func Answers(b []byte) ([]Answer, error) {
	d := decoder{rest: b}
	var all []Answer
	for len(d.rest) > 0 {
		a := Answer{Values: d.values(), Panic: d.text(), Stack: d.text()}
		if d.err != nil {
			return all, d.err
		}
		all = append(all, a)
	}
	return all, nil
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

func appendValues(b []byte, values []Value) []byte {
	b = binary.AppendUvarint(b, uint64(len(values)))
	for _, v := range values {
		b = appendText(b, v.Type())
		b = binary.AppendUvarint(b, uint64(len(v.Shape)))
		for _, n := range v.Shape {
			b = binary.AppendUvarint(b, uint64(n))
		}
		b = appendData(b, v.Data)
	}
	return b
}

func appendData(b []byte, data any) []byte {
	switch data := data.(type) {
	case []float32:
		for _, x := range data {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
		}
	case []float64:
		for _, x := range data {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
	case []int:
		for _, x := range data {
			b = binary.LittleEndian.AppendUint64(b, uint64(x))
		}
	case []bool:
		for _, x := range data {
			bit := byte(0)
			if x {
				bit = 1
			}
			b = append(b, bit)
		}
	case []string:
		for _, x := range data {
			b = appendText(b, x)
		}
	default:
		panic(fmt.Errorf("a value holds %T; take a slice of float32, float64, int, bool or string", data))
	}
	return b
}

var errDamaged = errors.New("the values are not written as they should be")

// decoder reads from rest. Its first error stays, and what it reads then is empty.
type decoder struct {
	rest []byte
	err  error
}

func (d *decoder) fail() {
	d.rest, d.err = nil, errDamaged
}

func (d *decoder) count(most int) int {
	n, size := binary.Uvarint(d.rest)
	if d.err != nil || size <= 0 || n > uint64(most) {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return int(n)
}

func (d *decoder) bytes(n int) []byte {
	if n > len(d.rest) {
		d.fail()
		return nil
	}
	taken := d.rest[:n]
	d.rest = d.rest[n:]
	return taken
}

func (d *decoder) text() string { return string(d.bytes(d.count(len(d.rest)))) }

func (d *decoder) values() []Value {
	values := make([]Value, 0, d.count(min(maxValues, len(d.rest))))
	for range cap(values) {
		kind := d.text()
		shape := make([]int, d.count(maxRank))
		size, axes := 1, 1
		for i := range shape {
			shape[i] = d.count(math.MaxInt32)
			size, axes = size*shape[i], axes*max(shape[i], 1)
			if axes > max(len(d.rest), maxEmpty) {
				d.fail()
				return nil
			}
		}
		data := d.data(kind, size)
		if d.err != nil {
			return nil
		}
		values = append(values, Value{shape, data})
	}
	return values
}

// data reads size elements, which take at least a byte each.
func (d *decoder) data(kind string, size int) any {
	if d.err != nil || size > len(d.rest) {
		d.fail()
		return nil
	}
	switch kind {
	case "float32":
		return fixed(d, size, 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) })
	case "float64":
		return fixed(d, size, 8, func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) })
	case "int":
		return fixed(d, size, 8, func(b []byte) int { return int(binary.LittleEndian.Uint64(b)) })
	case "bool":
		return fixed(d, size, 1, func(b []byte) bool { return b[0] != 0 })
	case "string":
		all := make([]string, size)
		for i := range all {
			all[i] = d.text()
		}
		return all
	default:
		d.fail()
		return nil
	}
}

// fixed reads elements of some bytes each.
func fixed[T any](d *decoder, size, width int, decode func([]byte) T) []T {
	b := d.bytes(size * width)
	if d.err != nil {
		return nil
	}
	all := make([]T, size)
	for i := range all {
		all[i] = decode(b[i*width:])
	}
	return all
}
