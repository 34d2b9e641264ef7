package jail

import "context"

// Protection is one layer of the jail, as this system gives it.
type Protection struct {
	Name string
	Does string // What it keeps a program from.
	On   bool
	Note string // A detail, such as a version; or, when it is off, why.
	Fix  string // What to do to get it when it is off.

	// Boundary is whether programs of people who do not trust each other may not be run without it.
	Boundary bool
}

// Probe lists the protections, for a person to read and for a server to refuse to start without.
func Probe(ctx context.Context) ([]Protection, error) {
	j, err := New(ctx)
	if err != nil {
		return nil, err
	}
	return j.Protections(), nil
}

// Protections lists what the jail found, in the order of the layers.
func (j *Jail) Protections() []Protection { return j.found.list() }

// Missing are the protections that are off and without which programs of strangers may not be run.
func Missing(all []Protection) []Protection {
	var missing []Protection
	for _, p := range all {
		if p.Boundary && !p.On {
			missing = append(missing, p)
		}
	}
	return missing
}
