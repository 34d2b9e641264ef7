package data

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// near says whether all values agree, relative to their size where that is above 1.
func near(got, want []float64, tolerance float64) bool {
	return slices.EqualFunc(got, want, func(a, b float64) bool {
		return math.Abs(a-b) <= tolerance*max(1, math.Abs(b))
	})
}

// wide is a row in float64.
func wide(row []float32) []float64 {
	values := make([]float64, len(row))
	for i, v := range row {
		values[i] = float64(v)
	}
	return values
}

// scalerOracle is scikit-learn's part of testdata/tables.json.
type scalerOracle struct {
	Train        int
	Mean, Std    []float64
	Standardized [][]float64
	ConstantMean []float64   `json:"constant_mean"`
	ConstantStd  []float64   `json:"constant_std"`
	ConstantRow  [][]float64 `json:"constant_standardized"`
}

func TestScalerMatchesScikitLearn(t *testing.T) {
	var oracle scalerOracle
	readOracle(t, "tables", &oracle)
	d, err := BreastCancer()
	if err != nil {
		t.Fatal(err)
	}
	s, err := FitScaler(d.Slice(0, oracle.Train))
	if err != nil {
		t.Fatal(err)
	}
	if !near(s.Mean, oracle.Mean, 1e-9) || !near(s.Std, oracle.Std, 1e-9) || s.Constant() != nil {
		t.Errorf("mean %v, std %v, constant %q; want %v, %v, none", s.Mean, s.Std, s.Constant(), oracle.Mean, oracle.Std)
	}
	heldOut := d.Slice(oracle.Train, d.Len())
	standardized, err := s.Apply(heldOut)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(standardized.Labels, heldOut.Labels) || !slices.Equal(standardized.Columns, d.Columns) {
		t.Error("labels or column names were lost")
	}
	row := make([]float32, 30)
	for i, want := range oracle.Standardized {
		standardized.Row(row, i*40)
		if !near(wide(row), want, 1e-5) {
			t.Errorf("row %d is %v, want %v", i*40, row, want)
		}
	}
}

func TestConstantColumnsMatchScikitLearn(t *testing.T) {
	var oracle scalerOracle
	readOracle(t, "tables", &oracle)
	constant, err := NewRows(Dataset{Name: "c", Shape: []int{3}, Columns: []string{"x", "seven", "zero"}},
		[]float32{1.5, 7, 0, 2.5, 7, 0, 5, 7, 0})
	if err != nil {
		t.Fatal(err)
	}
	s, err := FitScaler(constant)
	if err != nil {
		t.Fatal(err)
	}
	if !near(s.Mean, oracle.ConstantMean, 1e-12) || !near(s.Std, oracle.ConstantStd, 1e-12) {
		t.Errorf("mean %v, std %v; want %v, %v", s.Mean, s.Std, oracle.ConstantMean, oracle.ConstantStd)
	}
	if got := s.Constant(); !slices.Equal(got, []string{"seven", "zero"}) {
		t.Errorf("the constant columns are %q, want seven and zero", got)
	}
	other, err := NewRows(Dataset{Name: "o", Shape: []int{3}}, []float32{2.5, 8, 0})
	if err != nil {
		t.Fatal(err)
	}
	if other, err = s.Apply(other); err != nil || !near(wide(rows(other)), oracle.ConstantRow[0], 1e-6) {
		t.Errorf("got %v, %v; want %v", other, err, oracle.ConstantRow)
	}
}

// TestPicturesAreStandardized turns ink into float32 values: 0, 51/255 and 10/255 have the mean 61/765.
func TestPicturesAreStandardized(t *testing.T) {
	d := grid(t)
	s, err := FitScaler(d)
	if err != nil {
		t.Fatal(err)
	}
	scaled, err := s.Apply(d)
	if err != nil {
		t.Fatal(err)
	}
	got := rows(scaled)
	if total := float64(got[0] + got[2] + got[4]); math.Abs(total) > 1e-6 || !near(s.Mean[:1], []float64{61.0 / 765}, 1e-6) {
		t.Errorf("mean %v, standardized %v", s.Mean, got)
	}
	if scaled.Len() != 3 || !slices.Equal(scaled.Shape, d.Shape) || !slices.Equal(scaled.Labels, d.Labels) {
		t.Errorf("%d pictures of shape %v, labels %v", scaled.Len(), scaled.Shape, scaled.Labels)
	}
}

// TestConstantColumnsAreExact takes the first value often: its sum in float32 would be rounded. The second value
// changes by as little as a float32 can.
func TestConstantColumnsAreExact(t *testing.T) {
	values := slices.Repeat([]float32{0.1, 0}, 1001)
	values[1] = math.SmallestNonzeroFloat32
	d, err := NewRows(Dataset{Name: "c", Shape: []int{2}}, values)
	if err != nil {
		t.Fatal(err)
	}
	s, err := FitScaler(d)
	if err != nil {
		t.Fatal(err)
	}
	scaled, err := s.Apply(d)
	if err != nil || rows(scaled)[0] != 0 || math.Abs(float64(rows(scaled)[1])-math.Sqrt(1000)) > 1e-4 {
		t.Errorf("got %v, %v; want 0, √1000", rows(scaled)[:2], err)
	}
	if got := s.Constant(); !slices.Equal(got, []string{"value 0"}) {
		t.Errorf("the constant columns are %q, want value 0", got)
	}
}

func TestScalerRefuses(t *testing.T) {
	d := table(t)
	if _, err := FitScaler(d.Slice(0, 0)); err == nil || !strings.Contains(err.Error(), "table has no examples") {
		t.Errorf("no examples: %v", err)
	}
	s, err := FitScaler(d)
	if err != nil {
		t.Fatal(err)
	}
	cancer, err := BreastCancer()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(cancer); err == nil || !strings.Contains(err.Error(), "has 30 values an example, the scaler was fitted on 2") {
		t.Errorf("another width: %v", err)
	}
}
