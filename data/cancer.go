package data

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"sync"
)

//go:embed cancer/breast_cancer.csv
var cancerFiles embed.FS

const cancerPath = "cancer/breast_cancer.csv"

var breastCancer = sync.OnceValues(decodeBreastCancer)

// BreastCancer is the set Breast Cancer Wisconsin (Diagnostic) (Street, Wolberg and Mangasarian 1993): 569 rows of 30
// columns, measured on pictures of cell nuclei and each in its own unit, with the classes malignant (212) and benign
// (357). All calls return the same Dataset.
func BreastCancer() (*Dataset, error) { return breastCancer() }

// decodeBreastCancer reads scikit-learn's copy: a line "569,30,malignant,benign", then lines of 30 values and the
// class.
func decodeBreastCancer() (*Dataset, error) {
	file, err := cancerFiles.Open(cancerPath)
	if err != nil {
		return nil, fmt.Errorf("opening a dataset: %w", err)
	}
	defer func() { _ = file.Close() }() // Nothing was written, so closing has nothing to say.
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = -1
	records, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cancerPath, err)
	}
	if len(records) == 0 || len(records[0]) < 3 {
		return nil, wantGot(cancerPath, "heading", "569,30,malignant,benign", fmt.Sprint(records[:min(1, len(records))]))
	}
	columns, classes := cancerColumns(), records[0][2:]
	if got, want := records[0][0]+"×"+records[0][1], fmt.Sprintf("%d×%d", len(records)-1, len(columns)); got != want {
		return nil, wantGot(cancerPath, "size in the heading", want, got)
	}
	var values []float32
	var labels []uint8
	for i, record := range records[1:] {
		if len(record) != len(columns)+1 {
			return nil, wantGot(cancerPath, fmt.Sprintf("values of row %d", i), len(columns)+1, len(record))
		}
		for j, cell := range record[:len(columns)] {
			value, err := strconv.ParseFloat(cell, 32)
			if err != nil {
				return nil, fmt.Errorf("%s: row %d, %s: %w", cancerPath, i, columns[j], err)
			}
			values = append(values, float32(value))
		}
		label, err := strconv.ParseUint(record[len(columns)], 10, 8)
		if err != nil {
			return nil, fmt.Errorf("%s: row %d, class: %w", cancerPath, i, err)
		}
		labels = append(labels, uint8(label))
	}
	return NewRows(Dataset{
		Name: "Breast Cancer Wisconsin", Shape: []int{len(columns)}, Columns: columns, Classes: classes, Labels: labels,
	}, values)
}

// cancerColumns are the columns as scikit-learn's load_breast_cancer names them: ten measures of the nuclei in a
// picture, first their means, then the means' standard errors, then the means of the three largest.
func cancerColumns() []string {
	measures := []string{
		"radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry",
		"fractal dimension",
	}
	var columns []string
	for _, format := range []string{"mean %s", "%s error", "worst %s"} {
		for _, measure := range measures {
			columns = append(columns, fmt.Sprintf(format, measure))
		}
	}
	return columns
}
