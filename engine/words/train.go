package words

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
)

// Progress is what Train tells while it works: a hundred times a run, the last time at its end.
type Progress struct {
	Done         float64  // part of the work that is done, above 0 and at most 1
	Epoch        int      // 1 for the first
	Pairs        int      // pairs of near words learned from so far
	Loss         float64  // mean over the pairs since the last Progress, or its loss where there were none
	LearningRate float64  // of the last step
	Vectors      *Vectors // as they are now
}

// progressEvents is how many Progress a run of at least as many sentences tells.
const progressEvents = 100

// finalRate is what the learning rate falls to, as a part of where it starts.
const finalRate = 1e-4

// Train learns vectors for a corpus's words by skip-gram with negative sampling. The loss of a pair is
// −log σ(u·v) − Σ log σ(−u_k·v), with v the vector of a word, u that of a word near it as its context and u_k those of
// the negatives (Mikolov et al. 2013b, equation 4); guessing costs (1 + negatives) · log 2.
//
// It calls emit, which may be nil, from the calling goroutine, and ends within a sentence of ctx's end with ctx's
// error. The same corpus and configuration give the same vectors.
func Train(ctx context.Context, corpus *Corpus, c Config, emit func(Progress)) (*Vectors, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	return newTrainer(corpus, c).train(ctx, emit)
}

// trainer is a model with what a run needs to feed it.
type trainer struct {
	corpus    *Corpus
	config    Config
	model     *model
	random    *rand.Rand
	negatives *sampler
	keep      []float64 // chance that an occurrence of each word is read, [words]

	pairs   int
	lossSum float64 // over the pairs since the last mean
	summed  int     // how many these are
	mean    float64

	// The last sentence and the last negatives, kept to save their allocation.
	sentence, drawn []int32
}

func newTrainer(corpus *Corpus, c Config) *trainer {
	return &trainer{
		corpus: corpus, config: c,
		model:     newModel(len(corpus.counts), c.Dim, rand.New(rand.NewPCG(uint64(c.Seed), weightStream))),
		random:    rand.New(rand.NewPCG(uint64(c.Seed), trainStream)),
		negatives: newNegativeSampler(corpus.counts),
		keep:      keepChances(corpus.counts, c.Subsample),
	}
}

// train walks through the corpus as often as configured, in the order of the text.
func (t *trainer) train(ctx context.Context, emit func(Progress)) (*Vectors, error) {
	sentences := t.corpus.Sentences()
	total := t.config.Epochs * sentences
	for from, event := 0, 1; from < total; event++ {
		// A hundredth of the work, or nothing where there are fewer sentences than events.
		to := (event*total + progressEvents - 1) / progressEvents
		if to == from {
			continue
		}
		rate := 0.0
		err := t.config.Core.Each(ctx, to-from, func(i int) error {
			i += from
			rate = t.config.LearningRate * max(finalRate, 1-float64(i)/float64(total))
			t.learn(t.subsample(t.corpus.sentence(i%sentences)), float32(rate))
			return nil
		})
		if err != nil {
			return nil, err
		}
		from = to
		done := float64(to) / float64(total)
		loss := t.meanLoss()
		if !t.model.finite() || !isFinite(loss) {
			return nil, fmt.Errorf("the vectors grew beyond all numbers after %.0f %% of the work: the steps are too large; "+
				"start over with a learning rate well below %g", 100*done, t.config.LearningRate)
		}
		if emit != nil {
			emit(Progress{done, (to-1)/sentences + 1, t.pairs, loss, rate, t.vectors()})
		}
	}
	if t.pairs == 0 {
		return nil, errors.New("no two words of a sentence were left to learn from; raise the subsampling threshold or " +
			"take a longer corpus")
	}
	return t.vectors(), nil
}

// subsample leaves out occurrences of frequent words. What it returns lasts until the next call.
func (t *trainer) subsample(sentence []int32) []int32 {
	t.sentence = t.sentence[:0]
	for _, word := range sentence {
		if keep := t.keep[word]; keep == 1 || t.random.Float64() < keep {
			t.sentence = append(t.sentence, word)
		}
	}
	return t.sentence
}

// learn takes a step for each pair of near words. How far a word sees is drawn for each, from 1 to the window, so that
// closer words count more (Mikolov et al. 2013a, section 3.2).
func (t *trainer) learn(sentence []int32, rate float32) {
	for i, center := range sentence {
		reach := 1 + t.random.IntN(t.config.Window)
		for j := max(0, i-reach); j <= min(len(sentence)-1, i+reach); j++ {
			if j == i {
				continue
			}
			t.lossSum += t.model.step(center, sentence[j], t.draw(sentence[j]), rate)
			t.pairs++
			t.summed++
		}
	}
}

// draw draws the negatives of a pair. One that is the pair's context is left out, as in word2vec. What it returns lasts
// until the next call.
func (t *trainer) draw(context int32) []int32 {
	t.drawn = t.drawn[:0]
	for range t.config.Negatives {
		if word := t.negatives.draw(t.random); word != context {
			t.drawn = append(t.drawn, word)
		}
	}
	return t.drawn
}

// meanLoss is the mean loss of the pairs since the last call; without any it is the last mean.
func (t *trainer) meanLoss() float64 {
	if t.summed > 0 {
		t.mean = t.lossSum / float64(t.summed)
	}
	t.lossSum, t.summed = 0, 0
	return t.mean
}

// vectors are the word vectors as they are now.
func (t *trainer) vectors() *Vectors {
	return newVectors(t.corpus.vocabulary, t.model.centers, t.config.Dim)
}
