package engine

import (
	"context"
	"math"
	"slices"
	"time"
)

// progress turns what the trainer does into events. It keeps the clock, which stands still while the run is paused.
type progress struct {
	run     *Run
	trainer *trainer
	emit    func(Event)

	step, epoch int
	seen        int           // examples of this epoch
	sum         losses        // of their batch losses, weighted by examples
	sinceProbe  int           // examples since the last validation within the epoch
	rate        float64       // samples per second, smoothed
	last        time.Time     // when the clock was read
	active      time.Duration // the whole run without pauses
	stepping    time.Duration // the part of it spent on steps
	epochStart  time.Duration // active at the start of the epoch
	epochSteps  time.Duration // stepping at the start of the epoch
	all         int           // examples of the whole run
	previewed   time.Time
	trained     losses // of the last epoch
	validated   losses
	beta        float64 // of the last step, without the warm-up
	stepRate    float64 // the learning rate of the last step
	bestVal     float64
	stale       int // epochs since the validation error was lowest
}

// Within an epoch, validation takes this many held-out examples, this many times; all of them would cost as much time
// as the training itself on a fast backend.
const (
	probeExamples = 1000
	probesAnEpoch = 8
)

// tick reads the clock and returns the time since it was read last.
func (p *progress) tick() time.Duration {
	now := time.Now()
	d := now.Sub(p.last)
	p.last = now
	p.active += d
	return d
}

// resume forgets the time of a pause.
func (p *progress) resume() { p.last = time.Now() }

// begin shows the untrained model.
func (p *progress) begin(ctx context.Context) error {
	p.beta, p.stepRate = p.run.config.Beta, p.run.config.LearningRate
	p.bestVal = math.Inf(1)
	if err := p.validate(ctx, p.probe()); err != nil {
		return err
	}
	err := p.preview(ctx)
	p.tick()
	return err
}

func (p *progress) beginEpoch(epoch int) {
	p.epoch, p.seen, p.sum, p.sinceProbe = epoch, 0, losses{}, 0
	p.epochStart, p.epochSteps = p.active, p.stepping
}

// progress is how far the run is, in epochs.
func (p *progress) progress() float64 {
	return float64(p.epoch-1) + float64(p.seen)/float64(p.run.train.Len())
}

// stepped follows a step on some examples.
func (p *progress) stepped(ctx context.Context, l losses, examples int, o order) error {
	d := p.tick()
	p.stepping += d
	p.step++
	p.stepRate = o.learningRate
	p.seen += examples
	p.all += examples
	p.sinceProbe += examples
	p.sum.loss += l.loss * float64(examples)
	p.sum.reconstruction += l.reconstruction * float64(examples)
	p.sum.kl += l.kl * float64(examples)
	// The rate is smoothed over about a second; the first step, which compiles the graph, is left out of it.
	if seconds := d.Seconds(); p.step > 1 && seconds > 0 {
		now := float64(examples) / seconds
		if p.rate == 0 {
			p.rate = now
		}
		p.rate += (1 - math.Exp(-seconds)) * (now - p.rate)
	}
	event := StepEvent{
		Step: p.step, Epoch: p.epoch, Epochs: p.run.config.Epochs, Progress: p.progress(),
		Loss: l.loss, Reconstruction: l.reconstruction, KL: l.kl, Beta: o.beta,
		LearningRate: o.learningRate, BatchSize: o.batchSize, SamplesPerSecond: p.rate,
	}
	if p.rate > 0 {
		left := (float64(p.run.config.Epochs) - p.progress()) * float64(p.run.train.Len())
		event.Left = time.Duration(left / p.rate * float64(time.Second))
	}
	p.emit(event)
	if p.seen < p.run.train.Len() && p.sinceProbe*probesAnEpoch >= p.run.train.Len() {
		p.sinceProbe = 0
		if err := p.validate(ctx, p.probe()); err != nil {
			return err
		}
	}
	var err error
	if len(p.run.config.Previews) > 0 && time.Since(p.previewed) >= p.run.config.PreviewEvery {
		err = p.preview(ctx)
	}
	p.tick()
	return err
}

// probe is the number of held-out examples for a validation within an epoch.
func (p *progress) probe() int { return min(probeExamples, p.run.heldOut.Len()) }

// validate measures the loss on the first n held-out examples.
func (p *progress) validate(ctx context.Context, n int) error {
	l, err := p.trainer.evaluate(ctx, p.run.heldOut.Slice(0, n), p.beta)
	if err != nil {
		return err
	}
	if !isFinite(l.loss) {
		return &DivergedError{p.step, l.loss, p.stepRate}
	}
	p.validated = l
	p.emit(ValidationEvent{
		Step: p.step, Progress: max(0, p.progress()), Loss: l.loss, Reconstruction: l.reconstruction, KL: l.kl, Examples: n,
	})
	return nil
}

// preview redraws the chosen held-out examples.
func (p *progress) preview(ctx context.Context) error {
	set, chosen := p.run.heldOut, p.run.config.Previews
	if len(chosen) == 0 {
		return nil
	}
	event := PreviewEvent{Step: p.step}
	if set.Labels != nil {
		for _, i := range chosen {
			event.Labels = append(event.Labels, set.Classes[set.Labels[i]])
		}
	}
	// The input and, if that is spoiled, the target.
	flats := make([][]float32, inputsPerBatch(p.run.config.Corruption, false))
	for i := range flats {
		flats[i] = make([]float32, len(chosen)*set.Width())
	}
	if err := fillExamples(set, p.trainer.feeder.spoiling(heldOutEpoch), chosen, flats); err != nil {
		return err
	}
	y, err := p.run.model.run(ctx, "reconstructing", p.run.model.reconstruct, set.Width(), set.Width(), flats[0])
	if err != nil {
		return err
	}
	event.Inputs, event.Reconstructions = rows(flats[len(flats)-1], set.Width()), rows(y, set.Width())
	if len(flats) > 1 {
		event.Corrupted = rows(flats[0], set.Width())
	}
	p.emit(event)
	p.previewed = time.Now()
	return nil
}

// rows cuts [n, width] into its n rows.
func rows(flat []float32, width int) [][]float32 { return slices.Collect(slices.Chunk(flat, width)) }

// endEpoch closes an epoch and says whether the run ends early with it.
func (p *progress) endEpoch(ctx context.Context) (Ending, error) {
	if err := p.validate(ctx, p.run.heldOut.Len()); err != nil {
		return "", err
	}
	p.tick()
	p.trained = p.sum.over(p.seen)
	p.emit(EpochEvent{
		Epoch: p.epoch, TrainLoss: p.trained.loss, ValLoss: p.validated.loss,
		TrainReconstruction: p.trained.reconstruction, TrainKL: p.trained.kl,
		ValReconstruction: p.validated.reconstruction, ValKL: p.validated.kl,
		Seconds:          (p.active - p.epochStart).Seconds(),
		SamplesPerSecond: perSecond(p.seen, p.stepping-p.epochSteps),
	})
	p.stale++
	if p.validated.loss < p.bestVal {
		p.bestVal, p.stale = p.validated.loss, 0
	}
	if patience := p.run.config.Patience; patience > 0 && p.stale >= patience {
		return StoppedEarly, nil
	}
	return "", nil
}

// done ends the run: a last look at the pictures, and within an epoch a last validation.
func (p *progress) done(ctx context.Context, ending Ending) error {
	completed := p.epoch
	if ending == Stopped {
		completed--
		if p.seen > 0 {
			p.trained = p.sum.over(p.seen)
		}
		if err := p.validate(ctx, p.run.heldOut.Len()); err != nil {
			return err
		}
	}
	if err := p.preview(ctx); err != nil {
		return err
	}
	p.tick()
	p.emit(DoneEvent{
		TrainLoss: p.trained.loss, ValLoss: p.validated.loss, Epochs: completed, Seconds: p.active.Seconds(),
		SamplesPerSecond: perSecond(p.all, p.stepping),
		Backend:          p.run.model.backend.name, Seed: p.run.config.Seed, Ending: ending,
	})
	return nil
}

// perSecond is n per second, or 0 where a coarse clock saw no time pass: JSON has no infinity.
func perSecond(n int, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}
