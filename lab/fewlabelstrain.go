package lab

import (
	"context"
	"fmt"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

// recipe is the autoencoder that fills in masked digits. Its encoder's code is wide: it is to say much about a picture,
// not little.
func (s FewLabelsSettings) recipe(d *Digits) Recipe {
	a := engine.NewArchitecture([]int{28, 28}, engine.ReLU, []int{256}, 64).WithOutput(engine.Sigmoid)
	return Recipe{
		Name: fmt.Sprintf("masked-digits-%d", s.Pictures), Title: "the encoder on masked digits",
		Config: engine.Config{
			Architecture: a, Seed: s.Seed, Epochs: s.Epochs, BatchSize: 128, LearningRate: 0.001, Optimizer: "adam",
			MaskedOnly: true,
		},
		Train: func() (*data.Dataset, error) {
			learned, err := d.learned()
			if err != nil {
				return nil, err
			}
			return firstOf(learned, s.Pictures), nil
		},
		HeldOut: func() (*data.Dataset, error) {
			heldOut, err := d.heldOut()
			if err != nil {
				return nil, err
			}
			return firstOf(heldOut, s.HeldOut), nil
		},
		Noise: noise.Noise{Kind: noise.Blocks, Strength: s.Hidden, Block: 7, Shape: []int{28, 28}},
	}
}

// FewLabels pretrains, or takes a kept encoder, and then trains all ways for more and more labels. It tells the events
// of Models.Get with MaskedEvents for pictures, and for each number of labels a LabelledEvent and its AccuracyEvents.
func FewLabels(ctx context.Context, env Env, s FewLabelsSettings, emit func(Event)) error {
	b, err := env.Backend()
	if err != nil {
		return err
	}
	train, heldOut, err := env.Digits.parts()
	if err != nil {
		return err
	}
	pretrained, err := s.pretrain(ctx, env, b, emit)
	if err != nil {
		return err
	}
	heldOut = firstOf(heldOut, s.HeldOut)
	for _, n := range s.LabelCounts() {
		for repeat := 1; repeat <= s.Repeats; repeat++ {
			seed := s.Seed + int64(s.Draw*s.Repeats+repeat-1)
			few, err := engine.FewLabels(train, n, seed)
			if err != nil {
				return err
			}
			if repeat == 1 {
				emit(labelled(few, n))
			}
			for _, way := range Ways() {
				e, err := way.train(ctx, b, pretrained, seed, few, heldOut)
				if err != nil {
					return err
				}
				e.Labels, e.Repeat = n, repeat
				emit(e)
			}
		}
	}
	return nil
}

// pretrain is the kept encoder, or a new one, whose pretraining can be watched: in place of the engine's PreviewEvents
// it tells MaskedEvents, of which the last one shows the encoder as it stays.
func (s FewLabelsSettings) pretrain(
	ctx context.Context, env Env, b *engine.Backend, emit func(Event),
) (*engine.Model, error) {
	r := s.recipe(env.Digits)
	model, err := env.Models.Get(ctx, b, r, func(e Event) {
		if p, ok := e.(engine.PreviewEvent); ok {
			e = MaskedEvent{p.Inputs, p.Corrupted, p.Reconstructions}
		}
		emit(e)
	})
	if err != nil {
		return nil, err
	}
	heldOut, err := r.HeldOut()
	if err != nil {
		return nil, err
	}
	shown, err := newTrial(heldOut, r.Noise, chosen(heldOut), s.Seed, 0)
	if err != nil {
		return nil, err
	}
	filled, err := model.Reconstruct(ctx, shown.noisy)
	if err != nil {
		return nil, err
	}
	emit(MaskedEvent{shown.cut(shown.clean), shown.cut(shown.noisy), shown.cut(filled)})
	return model, nil
}

// shownLabelled is how many examples of each class a LabelledEvent shows.
const shownLabelled = 5

func labelled(few *data.Dataset, n int) LabelledEvent {
	e := LabelledEvent{Labels: n}
	byClass := make([][]int, len(few.Classes))
	for i, label := range few.Labels {
		byClass[label] = append(byClass[label], i)
	}
	for k := range min(n, shownLabelled) {
		for class, examples := range byClass {
			picture := rows(few.Slice(examples[k], examples[k]+1))
			e.Pictures, e.Classes = append(e.Pictures, picture), append(e.Classes, few.Classes[class])
		}
	}
	return e
}

// leastSteps is how many steps training of the encoder gets at least; few labels make short epochs.
const leastSteps = 400

// train trains one classifier and measures it. A linear head is trained on all labels at once until it moves no more;
// where the encoder learns too, small steps and small batches do better.
func (w Way) train(
	ctx context.Context, b *engine.Backend, pretrained *engine.Model, seed int64, few, heldOut *data.Dataset,
) (AccuracyEvent, error) {
	c := engine.ClassifierConfig{ProbeConfig: engine.ProbeConfig{
		Classes: len(few.Classes), L2: 0.01, Epochs: 200, LearningRate: 0.05, Seed: seed,
	}}
	if w == Frozen {
		c.Pretrained, c.Frozen = pretrained, true
	} else {
		if w == Tuned {
			c.Pretrained = pretrained
		} else {
			c.Architecture = pretrained.Architecture()
		}
		c.BatchSize, c.LearningRate, c.L2 = min(50, few.Len()), 0.001, 0.0001
		c.Epochs = max(20, leastSteps*c.BatchSize/few.Len())
	}
	began := time.Now()
	k, err := engine.TrainClassifier(ctx, b, c, few)
	if err != nil {
		return AccuracyEvent{}, err
	}
	e := AccuracyEvent{Way: w, Seconds: time.Since(began).Seconds()}
	e.Accuracy, err = k.AccuracyOn(ctx, heldOut)
	return e, err
}
