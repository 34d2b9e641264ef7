package wire

import (
	"math"
	"reflect"
	"testing"
)

// sample holds each type and some shapes.
func sample() []Value {
	return []Value{
		Of(1.5), List([]int{-1, math.MaxInt}), Matrix([][]float32{{1, 2, 3}, {4, 5, 6}}), Tensor([]bool{true, false}, 1, 2, 1),
		List([]string{"", "x′"}), Tensor([]float64{}, 0, 3), Of(math.Inf(-1)),
	}
}

func TestCasesComeBack(t *testing.T) {
	cases := [][]Value{sample(), {}, {Of("one")}}
	got, err := Cases(AppendCases(nil, cases))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || len(got[1]) != 0 {
		t.Fatalf("got %v", got)
	}
	for i, v := range sample() {
		if len(v.Shape) == 0 {
			v.Shape = []int{}
		}
		if !reflect.DeepEqual(got[0][i], v) {
			t.Errorf("value %d: got %#v, want %#v", i, got[0][i], v)
		}
	}
}

func TestAnswersComeBack(t *testing.T) {
	b := AppendAnswer(nil, Answer{Values: []Value{Of(float32(2))}})
	b = AppendAnswer(b, Answer{Panic: "no", Stack: "here"})
	got, err := Answers(b)
	if err != nil || len(got) != 2 || got[0].Values[0].Float() != 2 || got[1].Panic != "no" || got[1].Stack != "here" {
		t.Errorf("got %v, %v", got, err)
	}
	got, err = Answers(b[:len(b)-1])
	if err == nil || len(got) != 1 {
		t.Errorf("of answers that are cut off %v came, %v; want the first and an error", got, err)
	}
}

// FuzzAnswers reads what a hostile program may write. What can be read has the shape that it says.
func FuzzAnswers(f *testing.F) {
	f.Add(AppendAnswer(nil, Answer{Values: sample(), Panic: "p", Stack: "s"}))
	f.Add([]byte("\x01\x05int\x08\xff\xff\xff\xff\x07"))
	f.Add([]byte("\x01\x05int\x02\xff\xff\xff\xff\x07\x00\x00\x00")) // [2147483647, 0]
	f.Fuzz(func(t *testing.T, b []byte) {
		answers, _ := Answers(b)
		for _, a := range answers {
			for _, v := range a.Values {
				if n := reflect.ValueOf(v.Data).Len(); n != v.Size() {
					t.Fatalf("%d elements with shape %v", n, v.Shape)
				}
				axes := 1
				for _, length := range v.Shape {
					if axes *= max(length, 1); axes > max(len(b), maxEmpty) {
						t.Fatalf("%d bytes have the shape %v, which takes memory without end to print", len(b), v.Shape)
					}
				}
			}
		}
	})
}

func TestNumbersOfEachType(t *testing.T) {
	for _, v := range []Value{Of(1), Of(1.0), Of(float32(1)), Of(true)} {
		if v.Float() != 1 || v.Floats32()[0] != 1 {
			t.Errorf("%s gives %v", v.Type(), v.Float())
		}
	}
	if rows := Tensor([]int{1, 2, 3, 4, 5, 6}, 2, 3).Rows(); !reflect.DeepEqual(rows, [][]float64{{1, 2, 3}, {4, 5, 6}}) {
		t.Errorf("rows %v", rows)
	}
}
