package threshold

import (
	"math"

	"github.com/aetutor/aetutor/lab"
)

// recorded are scores as a model could have given them: errors whose logarithms are two overlapping hills.
func recorded(kind string) *lab.ThresholdScores {
	s := &lab.ThresholdScores{
		Settings:   lab.ThresholdSettings{Data: kind, Share: lab.ThresholdShare(kind)},
		NormalName: "digits", Anomaly: "clothes", Trained: 60000, Model: "784–256–64–16–64–256–784", Shape: []int{28, 28},
	}
	names := []string{"Sandal", "Trouser", "T-shirt/top"}
	width := 784
	switch kind {
	case "table":
		s.NormalName, s.Anomaly, s.Model, s.Shape = "benign", "malignant", "3–2–3", []int{3}
		s.Columns, names, width = []string{"mean radius", "worst concave points", "fractal dimension error"}, []string{"malignant"}, 3
	case "series":
		s.NormalName, s.Anomaly, s.Model, s.Shape = "normal beats", "other beats", "128–64–4–64–128", []int{128}
		names, width = []string{"dropout", "ectopic"}, 128
	}
	if kind == "own" || kind == "unlabelled" {
		s.NormalName, s.Anomaly, s.Model, s.Shape, s.Trained = "ok", "others", "3–2–3", []int{3}, 500
		s.Columns, names, width = []string{"speed", "temperature", "load"}, []string{"broken", "worn"}, 3
		s.Note = "normal is the most frequent class of pumps.csv, ok, in 1000 of 1400 rows"
	}
	s.Calibration = hill(300, -2, 0.25)
	s.Shown = part(200, 100, width, names)
	s.Unseen = part(600, 300, width, names)
	if kind == "unlabelled" {
		s.NormalName, s.Note = "rows", "no labels in pumps.csv: nothing tells right from wrong, so no precision and recall"
		s.Shown = part(200, 0, width, names)
		s.Unseen = part(600, 0, width, names)
		clear(s.Shown.Names)
	}
	if kind == "own" || kind == "unlabelled" {
		for i := range s.Shown.Errors {
			s.Shown.Lines = append(s.Shown.Lines, 2+i*37%1400)
		}
	}
	s.Unseen.Inputs, s.Unseen.Outputs = nil, nil
	return s
}

// hill is n errors at the quantiles of a logistic distribution of logarithms, in no order.
func hill(n int, middle, spread float64) []float32 {
	errs := make([]float32, n)
	for i := range errs {
		p := (float64(i*37%n) + 0.5) / float64(n)
		errs[i] = float32(math.Pow(10, middle+spread*math.Log(p/(1-p))/1.8))
	}
	return errs
}

// part has normal and anomalous examples whose inputs are rings.
func part(normal, anomalous, width int, names []string) lab.ThresholdPart {
	p := lab.ThresholdPart{Normal: normal, Errors: append(hill(normal, -2, 0.25), hill(anomalous, -0.9, 0.3)...)}
	side := math.Sqrt(float64(width))
	for i := range p.Errors {
		name := "7"
		if i >= normal {
			name = names[i%len(names)]
		}
		p.Names = append(p.Names, name)
		for j := range width {
			y, x := math.Floor(float64(j)/side)-side/2, math.Mod(float64(j), side)-side/2
			v := math.Exp(-math.Pow(math.Hypot(x, y)-float64(3+i%7), 2) / 3)
			p.Inputs = append(p.Inputs, float32(v))
			p.Outputs = append(p.Outputs, float32(0.6*v+0.1))
		}
	}
	return p
}
