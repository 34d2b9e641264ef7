// Package wire holds the values that go between aetutor and the program that runs a learner's file, and how they are
// written. Its source is also a part of that program, so it imports the standard library only.
package wire

import (
	"fmt"
	"slices"
)

// Element is what a Value holds.
type Element interface {
	float32 | float64 | int | bool | string
}

// Value is one argument or one result: a scalar, a list, or a tensor of any rank.
type Value struct {
	Shape []int // [rows, columns] for a matrix, [] for a scalar
	Data  any   // []float32, []float64, []int, []bool or []string; the last axis is the one that moves fastest
}

// Of is a scalar.
func Of[T Element](x T) Value { return Value{Data: []T{x}} }

// List is a vector, of the shape [len(xs)].
func List[T Element](xs []T) Value { return Tensor(xs, len(xs)) }

// Matrix is a matrix of rows that are all of one length, of the shape [len(rows), len(rows[0])].
func Matrix[T Element](rows [][]T) Value {
	if len(rows) == 0 {
		return Value{Shape: []int{0, 0}, Data: []T{}}
	}
	for _, row := range rows {
		if len(row) != len(rows[0]) {
			panic(fmt.Errorf("a matrix has rows of %d and of %d values", len(rows[0]), len(row)))
		}
	}
	return Tensor(slices.Concat(rows...), len(rows), len(rows[0]))
}

// Tensor is data with a shape.
func Tensor[T Element](data []T, shape ...int) Value {
	v := Value{Shape: shape, Data: data}
	if v.Size() != len(data) {
		panic(fmt.Errorf("%d values do not have the shape %v", len(data), shape))
	}
	return v
}

// Size is how many elements the shape has.
func (v Value) Size() int {
	size := 1
	for _, n := range v.Shape {
		size *= n
	}
	return size
}

// Type names the type of the elements, as in Go.
func (v Value) Type() string {
	switch v.Data.(type) {
	case []float32:
		return "float32"
	case []float64:
		return "float64"
	case []int:
		return "int"
	case []bool:
		return "bool"
	case []string:
		return "string"
	default:
		return fmt.Sprintf("%T", v.Data)
	}
}

// Floats are the elements as float64, the last axis moving fastest; false is 0 and true is 1. Strings have none.
func (v Value) Floats() []float64 {
	switch data := v.Data.(type) {
	case []float64:
		return data
	case []float32:
		return convert(data, func(x float32) float64 { return float64(x) })
	case []int:
		return convert(data, func(x int) float64 { return float64(x) })
	case []bool:
		return convert(data, func(x bool) float64 {
			if x {
				return 1
			}
			return 0
		})
	default:
		panic(fmt.Errorf("a value of type %s holds no numbers", v.Type()))
	}
}

// Floats32 are the elements as float32.
func (v Value) Floats32() []float32 {
	if data, ok := v.Data.([]float32); ok {
		return data
	}
	return convert(v.Floats(), func(x float64) float32 { return float32(x) })
}

// Float is a scalar, or the first element.
func (v Value) Float() float64 { return v.Floats()[0] }

// Ints are the elements of a value of type int.
func (v Value) Ints() []int { return elements[int](v) }

// Int is a scalar of type int, or the first element.
func (v Value) Int() int { return v.Ints()[0] }

// Bools are the elements of a value of type bool.
func (v Value) Bools() []bool { return elements[bool](v) }

// Strings are the elements of a value of type string.
func (v Value) Strings() []string { return elements[string](v) }

// Rows are the rows of a matrix as float64.
func (v Value) Rows() [][]float64 { return rows(v.Floats(), v.Shape) }

// Rows32 are the rows of a matrix as float32.
func (v Value) Rows32() [][]float32 { return rows(v.Floats32(), v.Shape) }

func rows[T any](data []T, shape []int) [][]T {
	if len(shape) != 2 {
		panic(fmt.Errorf("a value of shape %v is no matrix", shape))
	}
	all := make([][]T, shape[0])
	for i := range all {
		all[i] = data[i*shape[1] : (i+1)*shape[1] : (i+1)*shape[1]]
	}
	return all
}

func elements[T Element](v Value) []T {
	data, ok := v.Data.([]T)
	if !ok {
		panic(fmt.Errorf("a value of type %s is read as %T", v.Type(), data))
	}
	return data
}

func convert[A, B any](from []A, to func(A) B) []B {
	all := make([]B, len(from))
	for i, x := range from {
		all[i] = to(x)
	}
	return all
}
