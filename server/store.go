package server

import "github.com/aetutor/aetutor/progress"

// countingStore counts the pages that learners read.
type countingStore struct {
	progress.Store
	metrics *metrics
}

// Record implements progress.Store.
func (c *countingStore) Record(learner string, facts ...progress.Fact) error {
	err := c.Store.Record(learner, facts...)
	if err == nil {
		for _, f := range facts {
			if _, read := f.(progress.PageRead); read {
				c.metrics.pages.Inc()
			}
		}
	}
	return err
}
