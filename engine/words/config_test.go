package words

import (
	"math"
	"strings"
	"testing"
)

func TestDefaultConfigIsValid(t *testing.T) {
	if err := DefaultConfig().Validate(); err != nil {
		t.Error(err)
	}
}

func TestConfigErrors(t *testing.T) {
	for want, spoil := range map[string]func(*Config){
		"vectors of 0 values; take from 1 to 1024":         func(c *Config) { c.Dim = 0 },
		"vectors of 1025 values":                           func(c *Config) { c.Dim = 1025 },
		"a window of 0 words; take from 1 to 100":          func(c *Config) { c.Window = 0 },
		"a window of 101 words":                            func(c *Config) { c.Window = 101 },
		"0 negatives; take from 1 to 100":                  func(c *Config) { c.Negatives = 0 },
		"101 negatives":                                    func(c *Config) { c.Negatives = 101 },
		"0 epochs; take from 1 to 1000":                    func(c *Config) { c.Epochs = 0 },
		"1001 epochs":                                      func(c *Config) { c.Epochs = 1001 },
		"the learning rate is 0; it must be above 0":       func(c *Config) { c.LearningRate = 0 },
		"the learning rate is 10.5":                        func(c *Config) { c.LearningRate = 10.5 },
		"the learning rate is NaN":                         func(c *Config) { c.LearningRate = math.NaN() },
		"the subsampling threshold is -1":                  func(c *Config) { c.Subsample = -1 },
		"the subsampling threshold is 1.5; it must be a":   func(c *Config) { c.Subsample = 1.5 },
		"the subsampling threshold is NaN":                 func(c *Config) { c.Subsample = math.NaN() },
		"0 epochs; take from 1 to 1000\nthe learning rate": func(c *Config) { c.Epochs, c.LearningRate = 0, -1 },
	} {
		c := DefaultConfig()
		spoil(&c)
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Validate() = %v, want it to say %q", err, want)
		}
		if _, err := Train(t.Context(), newCorpus(nil), c, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Train took a configuration of which Validate says %q: %v", want, err)
		}
	}
	for _, c := range []Config{
		{Dim: 1, Window: 1, Negatives: 1, Epochs: 1, LearningRate: 1e-9},
		{Dim: 1024, Window: 100, Negatives: 100, Epochs: 1000, LearningRate: 10, Subsample: 1},
	} {
		if err := c.Validate(); err != nil {
			t.Errorf("%+v at the limits: %v", c, err)
		}
	}
}
