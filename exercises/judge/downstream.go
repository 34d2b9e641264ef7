package judge

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/exercises/wire"
)

// downstream are the judges of the lesson downstream.
func downstream() map[string]Judge {
	return map[string]Judge{"project": projectJudge(), "kmeans": kmeansJudge(), "ari": ariJudge(), "probe": probeJudge()}
}

// projectJudge is that of func Project(x, mean, directions *Node) *Node.
func projectJudge() Judge {
	// of projects what move makes of the value x of a feature. The three means are the argument, that of the example and
	// that of the feature in this batch.
	of := func(move func(x, mean, own, batch float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			x, mean, directions := args[0].Rows(), args[1].Floats(), args[2].Rows()
			batch := columnMeans(x)
			places := make([][]float64, len(x))
			for i, row := range x {
				own := total(row) / float64(len(row))
				for _, d := range directions {
					sum := 0.0
					for j, v := range row {
						sum += move(v, mean[j], own, batch[j]) * d[j]
					}
					places[i] = append(places[i], sum)
				}
			}
			return []wire.Value{wire.Matrix(places)}
		}
	}
	return Judge{
		Params: []string{"x", "mean", "directions"},
		// The places are sums that nearly cancel where the mean is far from 0.
		Tolerance: Tolerance{Absolute: 1e-4, Relative: 1e-4},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "two examples, one direction", Args: []wire.Value{
					wire.Tensor([]float32{3, 1, 1, 4}, 2, 2), wire.Tensor([]float32{1, 2}, 1, 2),
					wire.Tensor([]float32{0.6, 0.8}, 1, 2),
				}},
				{Name: "two directions", Args: []wire.Value{
					wire.Tensor([]float32{2, 5, 1}, 1, 3), wire.Tensor([]float32{2, 4, 4}, 1, 3),
					wire.Tensor([]float32{1, 0, 0, 0, 0, 1}, 2, 3),
				}},
			}
			digits, err := data.MNISTTest()
			if err != nil {
				return nil, err
			}
			mean := make([]float32, digits.Width())
			for j, v := range columnMeans(wire.Matrix(rows32(rng, digits, 50)).Rows()) {
				mean[j] = float32(v)
			}
			directions := normal[float32](rng, 2*784)
			for row := range slices.Chunk(directions, 784) {
				length := 0.0
				for _, v := range row {
					length += float64(v * v)
				}
				for j := range row {
					row[j] /= float32(math.Sqrt(length))
				}
			}
			return append(cases, Case{Name: "digits on a map", Hidden: true, Args: []wire.Value{
				wire.Matrix(rows32(rng, digits, 8)), wire.Tensor(mean, 1, 784), wire.Tensor(directions, 2, 784),
			}}), nil
		},
		Want: of(func(x, mean, _, _ float64) float64 { return x - mean }),
		Wrong: []Wrong{
			{Name: "uncentered", Compute: of(func(x, _, _, _ float64) float64 { return x })},
			{Name: "ownmean", Compute: of(func(x, _, own, _ float64) float64 { return x - own })},
			{Name: "batchmean", Compute: of(func(x, _, _, batch float64) float64 { return x - batch })},
			{Name: "added", Compute: of(func(x, mean, _, _ float64) float64 { return x + mean })},
			{Name: "mirrored", Compute: of(func(x, mean, _, _ float64) float64 { return mean - x })},
		},
	}
}

func columnMeans(rows [][]float64) []float64 {
	means := make([]float64, len(rows[0]))
	for _, row := range rows {
		for j, v := range row {
			means[j] += v / float64(len(rows))
		}
	}
	return means
}

// smallCodes draws held-out digits and gives 16 numbers for each, the means of its blocks of 7 × 7 pixels, and its
// label. It draws none twice: of two centres that are the same, either may be called the nearest.
func smallCodes(rng *rand.Rand, n int) (codes [][]float32, labels []int, err error) {
	digits, err := data.MNISTTest()
	if err != nil {
		return nil, nil, err
	}
	pixels := make([]float32, digits.Width())
	for _, i := range rng.Perm(digits.Len())[:n] {
		digits.Row(pixels, i)
		code := make([]float32, 16)
		for pixel, v := range pixels {
			code[blockOf(pixel, 28, 7)] += v / 49
		}
		codes, labels = append(codes, code), append(labels, int(digits.Labels[i]))
	}
	return codes, labels, nil
}

// kmeansJudge is that of func Step(codes, centers [][]float64) (nearest []int, moved [][]float64). The third and the
// fourth result are the arguments as the call left them.
func kmeansJudge() Judge {
	// of moves each centre to what center makes of it, and of the sum and the number of its examples, unit by unit.
	of := func(center func(old, sum, count, examples float64) float64) func([]wire.Value) []wire.Value {
		return func(args []wire.Value) []wire.Value {
			codes, centers := args[0].Rows(), args[1].Rows()
			nearest := assign(codes, centers)
			moved := make([][]float64, len(centers))
			for c, old := range centers {
				sums, count := make([]float64, len(old)), 0.0
				for i, code := range codes {
					if nearest[i] != c {
						continue
					}
					count++
					for j, v := range code {
						sums[j] += v
					}
				}
				for j := range old {
					moved[c] = append(moved[c], center(old[j], sums[j], count, float64(len(codes))))
				}
			}
			return []wire.Value{wire.List(nearest), wire.Matrix(moved), args[0], args[1]}
		}
	}
	stays := func(mean func(sum, count, examples float64) float64) func(old, sum, count, examples float64) float64 {
		return func(old, sum, count, examples float64) float64 {
			if count == 0 {
				return old
			}
			return mean(sum, count, examples)
		}
	}
	want := of(stays(func(sum, count, _ float64) float64 { return sum / count }))
	return Judge{
		Params:  []string{"codes", "centers"},
		Results: []string{"nearest", "moved", "the given codes afterwards", "the given centers afterwards"},
		Cases: func(rng *rand.Rand) ([]Case, error) {
			cases := []Case{
				{Name: "two heaps", Args: []wire.Value{
					wire.Matrix([][]float64{{0, 1}, {2, 3}, {8, 9}, {1, 2}, {10, 7}}), wire.Matrix([][]float64{{1, 1}, {7, 7}}),
				}},
				{Name: "a centre without examples", Args: []wire.Value{
					wire.Matrix([][]float64{{1, 0}, {2, 2}, {-1, 1}}), wire.Matrix([][]float64{{9, 9}, {1, 1}}),
				}},
			}
			codes, _, err := smallCodes(rng, 60)
			if err != nil {
				return nil, err
			}
			z := wire.Tensor(wire.Matrix(codes).Floats(), len(codes), 16)
			cases = append(cases, Case{
				Name: "codes of digits", Hidden: true, Args: []wire.Value{z, wire.Tensor(z.Floats()[:4*16], 4, 16)},
			})
			far := uniform[float64](rng, 16)
			for i := range far {
				far[i] += 5
			}
			centers := slices.Concat(z.Floats()[:2*16], far, z.Floats()[2*16:3*16])
			return append(cases, Case{
				Name: "codes of digits, and a centre far away", Hidden: true, Args: []wire.Value{z, wire.Tensor(centers, 4, 16)},
			}), nil
		},
		Want: want,
		Wrong: []Wrong{
			{Name: "empty", Compute: of(func(_, sum, count, _ float64) float64 { return sum / count })},
			{Name: "zero", Compute: of(func(_, sum, count, _ float64) float64 { return sum / max(count, 1) })},
			{Name: "everyone", Compute: of(stays(func(sum, _, examples float64) float64 { return sum / examples }))},
			{Name: "summed", Compute: of(stays(func(sum, _, _ float64) float64 { return sum }))},
			{Name: "included", Compute: of(func(old, sum, count, _ float64) float64 { return (old + sum) / (count + 1) })},
			{Name: "inplace", Compute: func(args []wire.Value) []wire.Value {
				results := want(args)
				return append(results[:3], results[1])
			}},
		},
	}
}

// assign is the number of the nearest centre of each code.
func assign(codes, centers [][]float64) []int {
	nearest := make([]int, len(codes))
	for i, code := range codes {
		best := math.Inf(1)
		for c, center := range centers {
			distance := 0.0
			for j, v := range code {
				distance += (v - center[j]) * (v - center[j])
			}
			if distance < best {
				best, nearest[i] = distance, c
			}
		}
	}
	return nearest
}
