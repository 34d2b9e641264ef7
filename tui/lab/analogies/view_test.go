package analogies

import (
	"flag"
	"testing"

	"github.com/aetutor/aetutor/tui/lab/labtest"
)

var update = flag.Bool("update", false, "write the golden screens anew")

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens(t)) }

func TestGoldenScreens(t *testing.T) { labtest.Golden(t, *update, screens(t), "trained") }
