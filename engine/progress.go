package engine

import (
	"math"
	"time"
)

// progress turns what the trainer does into events. It keeps the clock, which stands still while the run is paused.
type progress struct {
	run  *Run
	emit func(Event)

	step, epoch int
	seen        int           // examples of this epoch
	lossSum     float64       // of their batch losses, weighted by examples
	sinceProbe  int           // examples since the last validation within the epoch
	rate        float64       // samples per second, smoothed
	last        time.Time     // when the clock was read
	active      time.Duration // the whole run without pauses
	stepping    time.Duration // the part of it spent on steps
	epochStart  time.Duration // active at the start of the epoch
	epochSteps  time.Duration // stepping at the start of the epoch
	trained     int           // examples of the whole run
	previewed   time.Time
	trainLoss   float64 // of the last epoch
	valLoss     float64
	bestVal     float64
	stale       int // epochs since the validation error was lowest
}

// Within an epoch, validation takes this many held-out examples, this many times; all of them would cost as much time as
// the training itself on a fast backend.
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
func (p *progress) begin() error {
	p.bestVal = math.Inf(1)
	if err := p.validate(p.probe()); err != nil {
		return err
	}
	err := p.preview()
	p.tick()
	return err
}

func (p *progress) beginEpoch(epoch int) {
	p.epoch, p.seen, p.lossSum, p.sinceProbe = epoch, 0, 0, 0
	p.epochStart, p.epochSteps = p.active, p.stepping
}

// progress is how far the run is, in epochs.
func (p *progress) progress() float64 {
	return float64(p.epoch-1) + float64(p.seen)/float64(p.run.train.Len())
}

// stepped follows a step on some examples.
func (p *progress) stepped(loss float64, examples int, o order) error {
	d := p.tick()
	p.stepping += d
	p.step++
	p.seen += examples
	p.trained += examples
	p.sinceProbe += examples
	p.lossSum += loss * float64(examples)
	// The rate is smoothed over about a second; the first step, which compiles the graph, is left out of it.
	if seconds := d.Seconds(); p.step > 1 && seconds > 0 {
		now := float64(examples) / seconds
		if p.rate == 0 {
			p.rate = now
		}
		p.rate += (1 - math.Exp(-seconds)) * (now - p.rate)
	}
	left := float64(p.run.config.Epochs)*float64(p.run.train.Len()) - p.progress()*float64(p.run.train.Len())
	event := StepEvent{
		Step: p.step, Epoch: p.epoch, Epochs: p.run.config.Epochs, Progress: p.progress(), Loss: loss,
		LearningRate: o.learningRate, BatchSize: o.batchSize, SamplesPerSecond: p.rate,
	}
	if p.rate > 0 {
		event.Left = time.Duration(left / p.rate * float64(time.Second))
	}
	p.emit(event)
	if p.seen < p.run.train.Len() && p.sinceProbe*probesAnEpoch >= p.run.train.Len() {
		p.sinceProbe = 0
		if err := p.validate(p.probe()); err != nil {
			return err
		}
	}
	var err error
	if len(p.run.config.Previews) > 0 && time.Since(p.previewed) >= p.run.config.PreviewEvery {
		err = p.preview()
	}
	p.tick()
	return err
}

// probe is the number of held-out examples for a validation within an epoch.
func (p *progress) probe() int { return min(probeExamples, p.run.heldOut.Len()) }

// validate measures the error on the first n held-out examples.
func (p *progress) validate(n int) error {
	loss, err := p.run.model.MeanError(p.run.heldOut.Slice(0, n))
	if err != nil {
		return err
	}
	if !isFinite(loss) {
		return &DivergedError{p.step, loss, p.run.config.LearningRate}
	}
	p.valLoss = loss
	p.emit(ValidationEvent{Step: p.step, Progress: max(0, p.progress()), Loss: loss, Examples: n})
	return nil
}

// preview redraws the chosen held-out examples.
func (p *progress) preview() error {
	set, chosen := p.run.heldOut, p.run.config.Previews
	if len(chosen) == 0 {
		return nil
	}
	width := set.Width()
	x := make([]float32, len(chosen)*width)
	event := PreviewEvent{Step: p.step}
	for row, i := range chosen {
		set.Row(x[row*width:(row+1)*width], i)
		if set.Labels != nil {
			event.Labels = append(event.Labels, set.Classes[set.Labels[i]])
		}
	}
	y, err := p.run.model.Reconstruct(x)
	if err != nil {
		return err
	}
	event.Inputs, event.Reconstructions = rows(x, width), rows(y, width)
	p.emit(event)
	p.previewed = time.Now()
	return nil
}

// rows cuts [n, width] into its n rows.
func rows(flat []float32, width int) [][]float32 {
	cut := make([][]float32, 0, len(flat)/width)
	for ; len(flat) > 0; flat = flat[width:] {
		cut = append(cut, flat[:width:width])
	}
	return cut
}

// endEpoch closes an epoch and says whether the run ends early with it.
func (p *progress) endEpoch() (Ending, error) {
	if err := p.validate(p.run.heldOut.Len()); err != nil {
		return "", err
	}
	p.tick()
	p.trainLoss = p.lossSum / float64(p.seen)
	p.emit(EpochEvent{
		Epoch: p.epoch, TrainLoss: p.trainLoss, ValLoss: p.valLoss, Seconds: (p.active - p.epochStart).Seconds(),
		SamplesPerSecond: float64(p.seen) / (p.stepping - p.epochSteps).Seconds(),
	})
	p.stale++
	if p.valLoss < p.bestVal {
		p.bestVal, p.stale = p.valLoss, 0
	}
	if patience := p.run.config.Patience; patience > 0 && p.stale >= patience {
		return StoppedEarly, nil
	}
	return "", nil
}

// done ends the run: a last look at the pictures, and within an epoch a last validation.
func (p *progress) done(ending Ending) error {
	completed := p.epoch
	if ending == Stopped {
		completed--
		if p.seen > 0 {
			p.trainLoss = p.lossSum / float64(p.seen)
		}
		if err := p.validate(p.run.heldOut.Len()); err != nil {
			return err
		}
	}
	if err := p.preview(); err != nil {
		return err
	}
	p.tick()
	event := DoneEvent{
		TrainLoss: p.trainLoss, ValLoss: p.valLoss, Epochs: completed, Seconds: p.active.Seconds(),
		Backend: p.run.model.backend.name, Seed: p.run.config.Seed, Ending: ending,
	}
	if p.stepping > 0 {
		event.SamplesPerSecond = float64(p.trained) / p.stepping.Seconds()
	}
	p.emit(event)
	return nil
}
