package engine

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/aetutor/aetutor/data"
)

// ProbeConfig says how to train a linear classifier: multinomial logistic regression, the class with the largest of the
// scores x·W + b. Its loss is the mean cross entropy of the softmax of the scores, plus L2/2 · Σ W². Biases are free.
type ProbeConfig struct {
	Classes      int
	L2           float64 // as scikit-learn's C = 1 / (n·L2) for n examples
	Epochs       int     // passes over the examples, at most
	BatchSize    int     // 0 takes all examples for each step
	LearningRate float64 // of Adam at the start; it falls evenly to nothing over Epochs
	Seed         int64   // decides the order of the examples
	// Patience ends the training after that many epochs in a row in which the loss was not lower than the lowest so far
	// by a millionth of it; 0 never does.
	Patience int
}

// ClassifierConfig says how to train an encoder with a linear classifier on its codes.
type ClassifierConfig struct {
	ProbeConfig
	// Pretrained is the autoencoder whose encoder is used. Without one the encoder of Architecture starts from the weights
	// of the seed: training from scratch.
	Pretrained   *Model
	Architecture Architecture // ignored with Pretrained
	// Frozen keeps the weights of the encoder, and trains the linear classifier only. Otherwise the weights of a copy of
	// the encoder are trained too, which is fine-tuning; Pretrained itself never changes.
	Frozen bool
}

// FewLabels picks perClass examples of each class at random: a training set for which somebody had to label few
// examples.
func FewLabels(d *data.Dataset, perClass int, seed int64) (*data.Dataset, error) {
	if err := checkLabels(d.Labels, d.Len(), len(d.Classes)); err != nil {
		return nil, fmt.Errorf("%s: %w", d.Name, err)
	}
	counts := make([]int, len(d.Classes))
	for _, label := range d.Labels {
		counts[label]++
	}
	for class, n := range counts {
		if n == 0 {
			return nil, fmt.Errorf("%s has no example of class %s, so none can be picked", d.Name, d.Classes[class])
		}
		if perClass < 1 || perClass > n {
			return nil, fmt.Errorf("%d examples of each class; %s has %d of class %s, take from 1 to that", perClass, d.Name, n,
				d.Classes[class])
		}
	}
	chosen := make([]int, 0, perClass*len(counts))
	clear(counts)
	for _, i := range permutation(seed, labelStream, d.Len()) {
		if label := d.Labels[i]; counts[label] < perClass {
			counts[label]++
			chosen = append(chosen, i)
		}
	}
	return d.Select(chosen), nil
}

// checkLabels refuses labels that no classifier can be trained on.
func checkLabels(labels []uint8, n, classes int) error {
	if classes < 2 || classes > 256 {
		return fmt.Errorf("%d classes; a classifier tells from 2 to 256 apart", classes)
	}
	if len(labels) != n || n == 0 {
		return fmt.Errorf("%d labels for %d examples; each example needs one", len(labels), n)
	}
	first, several := labels[0], false
	for i, label := range labels {
		if int(label) >= classes {
			return fmt.Errorf("label %d of example %d; with %d classes labels are from 0 to %d", label, i, classes, classes-1)
		}
		several = several || label != first
	}
	if !several {
		return fmt.Errorf("all %d examples are of class %d; there is nothing to tell apart", n, first)
	}
	return nil
}

func (c ProbeConfig) validate(labels []uint8, n int) error {
	problems := []error{checkLabels(labels, n, c.Classes), checkLearningRate(c.LearningRate)}
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if c.BatchSize != 0 {
		problems = append(problems, checkBatchSize(c.BatchSize, n))
	}
	if !(c.L2 >= 0) || math.IsInf(c.L2, 0) {
		problem("L2 is %v; it must be 0 or more", c.L2)
	}
	if c.Epochs < 1 || c.Epochs > 100_000 {
		problem("%d epochs; take from 1 to 100000", c.Epochs)
	}
	if c.Patience < 0 {
		problem("patience %d; it must be 0 (off) or more", c.Patience)
	}
	return errors.Join(problems...)
}

// TrainProbe trains a linear classifier on features, as the codes of an encoder. x: [n, width], labels: [n].
func TrainProbe(ctx context.Context, b *Backend, c ProbeConfig, x []float32, labels []uint8) (*Classifier, error) {
	if len(labels) == 0 || len(x) == 0 || len(x)%len(labels) != 0 {
		return nil, fmt.Errorf("%d values for %d labels; each example needs one label and the same number of values", len(x),
			len(labels))
	}
	if err := c.validate(labels, len(labels)); err != nil {
		return nil, err
	}
	for i, v := range x {
		if !isFinite(float64(v)) {
			return nil, fmt.Errorf("value %d of the features is %v; all must be numbers", i, v)
		}
	}
	width := len(x) / len(labels)
	k, err := newClassifier(b, nil, width, c.Classes)
	if err != nil {
		return nil, err
	}
	row := func(dst []float32, i int) { copy(dst, x[i*width:(i+1)*width]) }
	return k, k.train(ctx, c, examples{len(labels), width, row, labels})
}

// TrainClassifier trains a classifier of the examples of d.
func TrainClassifier(ctx context.Context, b *Backend, c ClassifierConfig, d *data.Dataset) (*Classifier, error) {
	if err := c.validate(d.Labels, d.Len()); err != nil {
		return nil, fmt.Errorf("%s: %w", d.Name, err)
	}
	m := c.Pretrained
	var err error
	switch {
	case m != nil && !c.Frozen:
		m, err = m.clone()
	case m == nil:
		m, err = NewModel(b, c.Architecture, c.Seed)
	}
	if err != nil {
		return nil, err
	}
	if d.Width() != m.architecture.Width() {
		return nil, fmt.Errorf("%s has %d values an example, the encoder takes %d", d.Name, d.Width(), m.architecture.Width())
	}
	if c.Frozen {
		return frozenClassifier(ctx, b, m, c.ProbeConfig, d)
	}
	k, err := newClassifier(b, m, d.Width(), c.Classes)
	if err != nil {
		return nil, err
	}
	return k, k.train(ctx, c.ProbeConfig, examples{d.Len(), d.Width(), d.Row, d.Labels})
}

// frozenClassifier encodes the examples once and trains on the codes.
func frozenClassifier(ctx context.Context, b *Backend, m *Model, c ProbeConfig, d *data.Dataset) (*Classifier, error) {
	codes := make([]float32, 0, d.Len()*m.architecture.Latent())
	for _, x := range d.Blocks(blockRows) {
		z, err := m.Encode(ctx, x)
		if err != nil {
			return nil, err
		}
		codes = append(codes, z...)
	}
	k, err := TrainProbe(ctx, b, c, codes, d.Labels)
	if err != nil {
		return nil, err
	}
	k.frozen = m
	return k, nil
}

// Probabilities is the softmax of the scores. x: [n, width] → [n, classes]. Like all that follows it fails within one
// block of examples of ctx's end.
func (k *Classifier) Probabilities(ctx context.Context, x []float32) ([]float32, error) {
	if k.frozen != nil {
		codes, err := k.frozen.Encode(ctx, x)
		if err != nil {
			return nil, err
		}
		x = codes
	}
	return k.inner.run(ctx, "classifying", k.predict, k.classes, k.width, x)
}

// Predict is the most probable class of each example, of equals the first. x: [n, width] → [n].
func (k *Classifier) Predict(ctx context.Context, x []float32) ([]uint8, error) {
	p, err := k.Probabilities(ctx, x)
	if err != nil {
		return nil, err
	}
	classes := make([]uint8, len(p)/k.classes)
	for i := range classes {
		row := p[i*k.classes : (i+1)*k.classes]
		for class, chance := range row {
			if chance > row[classes[i]] {
				classes[i] = uint8(class)
			}
		}
	}
	return classes, nil
}

// Accuracy is the part of the examples whose class is predicted. x: [n, width], labels: [n].
func (k *Classifier) Accuracy(ctx context.Context, x []float32, labels []uint8) (float64, error) {
	predicted, err := k.Predict(ctx, x)
	if err != nil {
		return 0, err
	}
	return accuracy(predicted, labels)
}

// AccuracyOn is the accuracy on a labelled set.
func (k *Classifier) AccuracyOn(ctx context.Context, d *data.Dataset) (float64, error) {
	var predicted []uint8
	for _, x := range d.Blocks(blockRows) {
		some, err := k.Predict(ctx, x)
		if err != nil {
			return 0, err
		}
		predicted = append(predicted, some...)
	}
	part, err := accuracy(predicted, d.Labels)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", d.Name, err)
	}
	return part, nil
}

// accuracy is the part of the predictions, [n], that are the labels, [n].
func accuracy(predicted, labels []uint8) (float64, error) {
	if len(predicted) != len(labels) || len(labels) == 0 {
		return 0, fmt.Errorf("%d labels for %d examples; each example needs one", len(labels), len(predicted))
	}
	right := 0
	for i, class := range predicted {
		if class == labels[i] {
			right++
		}
	}
	return float64(right) / float64(len(labels)), nil
}
