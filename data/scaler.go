package data

import (
	"fmt"
	"math"
)

// Scaler standardizes: it takes from each value the mean of its column and divides by the column's standard deviation,
// so that columns of different units weigh the same. It is fitted on the training examples alone, for what is held out
// must not take part in the training, not even by its mean.
type Scaler struct {
	// Mean holds the mean of each column, shape [width].
	Mean []float64
	// Std holds the (population) standard deviation of each column, shape [width]; 1 for a column that is constant, which
	// is therefore 0 once standardized.
	Std []float64

	constant []int
	columns  []string
}

// FitScaler measures the mean and the standard deviation of each column of the training examples.
func FitScaler(train *Dataset) (*Scaler, error) {
	n, width := train.Len(), train.Width()
	if n == 0 {
		return nil, fmt.Errorf("%s has no examples to take means of", train.Name)
	}
	s := &Scaler{Mean: make([]float64, width), Std: make([]float64, width), columns: train.Columns}
	row := make([]float32, width)
	for i := range n {
		train.Row(row, i)
		for j, v := range row {
			s.Mean[j] += float64(v)
		}
	}
	for j := range s.Mean {
		s.Mean[j] /= float64(n)
	}
	for i := range n { // The second pass keeps the precision that a sum of squares would lose.
		train.Row(row, i)
		for j, v := range row {
			d := float64(v) - s.Mean[j]
			s.Std[j] += d * d
		}
	}
	for j := range s.Std {
		s.Std[j] = math.Sqrt(s.Std[j] / float64(n))
		// Exact: the mean of up to 2²⁹ equal float32 values in float64 is that value, and no other square underflows.
		if s.Std[j] == 0 {
			s.Std[j] = 1
			s.constant = append(s.constant, j)
		}
	}
	return s, nil
}

// Constant names the columns that hold one value only in all training examples: a name of Columns or else "value 3".
func (s *Scaler) Constant() []string {
	var names []string
	for _, j := range s.constant {
		if s.columns != nil {
			names = append(names, s.columns[j])
			continue
		}
		names = append(names, fmt.Sprintf("value %d", j))
	}
	return names
}

// Apply is d with all values standardized, of the same shape.
func (s *Scaler) Apply(d *Dataset) (*Dataset, error) {
	width := d.Width()
	if width != len(s.Mean) {
		return nil, fmt.Errorf("%s has %d values an example, the scaler was fitted on %d", d.Name, width, len(s.Mean))
	}
	values := make([]float32, d.Len()*width)
	for i := range d.Len() {
		row := values[i*width : (i+1)*width]
		d.Row(row, i)
		for j, v := range row {
			row[j] = float32((float64(v) - s.Mean[j]) / s.Std[j])
		}
	}
	return NewRows(*d, values)
}
