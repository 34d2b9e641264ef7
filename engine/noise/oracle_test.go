package noise

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// oracle is what testdata/oracle.py printed.
type oracle struct {
	Pairs   []measured
	Set     measured
	Filters []struct {
		Shape            []int
		X                []float32
		Median, Gaussian map[string][]float64
	}
}

type measured struct {
	Shape           []int
	A, B            []float32
	MSE, PSNR, SSIM float64
}

func readOracle(t *testing.T) oracle {
	t.Helper()
	content, err := os.ReadFile("testdata/oracle.json")
	if err != nil {
		t.Fatal(err)
	}
	var o oracle
	if err := json.Unmarshal(content, &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// wantError checks that an error says what it should.
func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got error %v, want %q", err, want)
	}
}
