// Package graphs computes what the learner's graph functions build, on GoMLX's Go backend.
package graphs

import (
	"fmt"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"

	"exercise/answer"
	"exercise/wire"
)

// Backend is a new Go backend. A check needs few, and its process ends soon, so nobody frees them; a loop of an exercise's
// own takes one and keeps it.
func Backend() compute.Backend {
	b, err := gobackend.New("")
	if err != nil {
		panic(err)
	}
	return b
}

// Run computes what f builds from nodes with the values of args. f returns as many nodes as there are results. Each call
// has a backend and a compilation of its own.
func Run(f func(x []*graph.Node) []*graph.Node, args ...wire.Value) []wire.Value {
	build := func(x []*graph.Node) []*graph.Node {
		defer answer.Keep()
		return checked(f(x))
	}
	e, err := graph.NewExec(Backend(), build)
	if err != nil {
		panic(err)
	}
	results, err := e.Exec(inputs(args)...)
	if err != nil {
		panic(err)
	}
	return Values(results)
}

// RunModel is Run for a function with variables, which live in a store. Each call has a backend and a compilation of its own;
// the variables outlast it in the store.
func RunModel(store *model.Store, f func(s *model.Scope, x []*graph.Node) []*graph.Node, args ...wire.Value) []wire.Value {
	return Steps(1, store, f, args...)[0]
}

// Steps is RunModel several times with one compilation, as in training: only what the graph computes differs from step to
// step, and what Go code computes while it builds the graph does not.
func Steps(n int, store *model.Store, f func(s *model.Scope, x []*graph.Node) []*graph.Node, args ...wire.Value) [][]wire.Value {
	build := func(s *model.Scope, x []*graph.Node) []*graph.Node {
		defer answer.Keep()
		return checked(f(s, x))
	}
	e, err := model.NewExec(Backend(), store, build)
	if err != nil {
		panic(err)
	}
	steps := make([][]wire.Value, n)
	for i := range steps {
		results, err := e.Call(inputs(args)...)
		if err != nil {
			panic(err)
		}
		steps[i] = Values(results)
	}
	return steps
}

// checked refuses a missing node, at which GoMLX would fail without a word that helps.
func checked(nodes []*graph.Node) []*graph.Node {
	for _, n := range nodes {
		if n == nil {
			panic("the function returned nil, which is no *Node")
		}
	}
	return nodes
}

func inputs(args []wire.Value) []any {
	all := make([]any, len(args))
	for i, v := range args {
		all[i] = Tensor(v)
	}
	return all
}

// Tensor is a value as a tensor; an int becomes an int32.
func Tensor(v wire.Value) *tensors.Tensor {
	switch data := v.Data.(type) {
	case []float32:
		return tensors.FromFlatDataAndDimensions(data, v.Shape...)
	case []float64:
		return tensors.FromFlatDataAndDimensions(data, v.Shape...)
	case []bool:
		return tensors.FromFlatDataAndDimensions(data, v.Shape...)
	case []int:
		small := make([]int32, len(data))
		for i, x := range data {
			small[i] = int32(x)
		}
		return tensors.FromFlatDataAndDimensions(small, v.Shape...)
	default:
		panic(fmt.Sprintf("there is no tensor of %T", v.Data))
	}
}

// Values are tensors as values.
func Values(all []*tensors.Tensor) []wire.Value {
	values := make([]wire.Value, len(all))
	for i, t := range all {
		values[i] = Value(t)
	}
	return values
}

// Value is a tensor as a value; whole numbers of any size become int.
func Value(t *tensors.Tensor) wire.Value {
	v := wire.Value{Shape: t.Shape().Dimensions}
	switch t.DType() {
	case dtypes.Float32:
		v.Data = tensors.MustCopyFlatData[float32](t)
	case dtypes.Float64:
		v.Data = tensors.MustCopyFlatData[float64](t)
	case dtypes.Bool:
		v.Data = tensors.MustCopyFlatData[bool](t)
	case dtypes.Int32:
		v.Data = ints(tensors.MustCopyFlatData[int32](t))
	case dtypes.Int64:
		v.Data = ints(tensors.MustCopyFlatData[int64](t))
	case dtypes.Uint8:
		v.Data = ints(tensors.MustCopyFlatData[uint8](t))
	case dtypes.Uint32:
		v.Data = ints(tensors.MustCopyFlatData[uint32](t))
	default:
		panic(fmt.Sprintf("the result is of type %s; return float32, float64, int32, int64 or bool", t.DType()))
	}
	return v
}

func ints[T int32 | int64 | uint8 | uint32](from []T) []int {
	all := make([]int, len(from))
	for i, x := range from {
		all[i] = int(x)
	}
	return all
}
