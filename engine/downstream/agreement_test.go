package downstream

import (
	"fmt"
	"testing"
)

func TestAgreement(t *testing.T) {
	for _, want := range readOracle(t).Agreement {
		for _, pair := range [][2][]int{{want.A, want.B}, {want.B, want.A}} {
			ari, err := AdjustedRandIndex(pair[0], pair[1])
			if err != nil {
				t.Fatal(err)
			}
			nmi, err := NormalizedMutualInformation(pair[0], pair[1])
			if err != nil {
				t.Fatal(err)
			}
			what := fmt.Sprintf("ARI and NMI of %v and %v", pair[0], pair[1])
			near(t, what, []float64{ari, nmi}, []float64{want.ARI, want.NMI}, 1e-12)
		}
	}
}

// TestAgreementOfManyExamples has products of pairs beyond 64 bits: 200,000 examples in two halves, against the same
// halves with one example on the wrong side.
func TestAgreementOfManyExamples(t *testing.T) {
	const n = 200_000
	a, b := make([]uint8, n), make([]string, n)
	for i := range n {
		a[i], b[i] = 0, "low"
		if i >= n/2 {
			a[i], b[i] = 1, "high"
		}
	}
	b[0] = "high"
	ari, err := AdjustedRandIndex(a, b)
	if err != nil {
		t.Fatal(err)
	}
	// The example moved is parted from n/2 others and joined with n/2: of the n²/2 ordered pairs that either partition
	// puts together by more than chance, n²/4, each loses 2·n/2 = n. So ARI is 1 − 4/n up to terms of 1/n².
	if want := 1 - 4./n; ari < want-1e-9 || ari > want+1e-9 {
		t.Errorf("ARI is %v, want %v", ari, want)
	}
}

func TestAgreementRefuses(t *testing.T) {
	const want = "3 labels against 2; both partitions must be of the same examples"
	_, err := AdjustedRandIndex([]int{1, 2, 3}, []uint8{1, 2})
	refused(t, err, want)
	_, err = NormalizedMutualInformation([]int{1, 2, 3}, []uint8{1, 2})
	refused(t, err, want)
}
