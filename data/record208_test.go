package data

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestRecord208MatchesNumPy(t *testing.T) {
	var oracle struct {
		Samples     int
		Mean, Std   float64
		First, Last []float64
		Raw         string `json:"raw_sha256"`
	}
	readOracle(t, "record208", &oracle)
	s, err := Record208()
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Millivolts) != oracle.Samples || s.Rate != 360 || s.Seconds() != 300 || s.Beats != nil {
		t.Errorf("%d samples at %v Hz, %v s, beats %v", len(s.Millivolts), s.Rate, s.Seconds(), s.Beats)
	}
	// SciPy's documentation prints a mean of -0.16510875 and a standard deviation of 0.5992473991177294.
	d, err := NewRows(Dataset{Name: "all", Shape: []int{1}}, s.Millivolts)
	if err != nil {
		t.Fatal(err)
	}
	mean, std := moments(d)
	if !near([]float64{mean, std}, []float64{oracle.Mean, oracle.Std}, 1e-6) || !near([]float64{mean, std}, []float64{-0.16510875, 0.5992474}, 1e-6) {
		t.Errorf("mean %v, std %v; want %v, %v", mean, std, oracle.Mean, oracle.Std)
	}
	n := len(s.Millivolts)
	if !near(wide(s.Millivolts[:5]), oracle.First, 1e-6) || !near(wide(s.Millivolts[n-5:]), oracle.Last, 1e-6) {
		t.Errorf("begins %v and ends %v; want %v, %v", s.Millivolts[:5], s.Millivolts[n-5:], oracle.First, oracle.Last)
	}
	raw, err := readNPZ(ecgFiles, "ecg/record208.npz")
	if err != nil {
		t.Fatal(err)
	}
	packed, err := binary.Append(nil, binary.LittleEndian, raw)
	if err != nil || sum(packed) != oracle.Raw {
		t.Errorf("the array has SHA-256 %s, %v; want %s", sum(packed), err, oracle.Raw)
	}
	if again, err := Record208(); again != s || err != nil {
		t.Errorf("a second call gives another series, %v", err)
	}
}

// npy is a .npy file with a header.
func npy(header string, values ...uint16) []byte {
	b := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(header)))
	b = append(b, header...)
	for _, v := range values {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

func TestDamagedArraysAreRefused(t *testing.T) {
	header := func(shape string) string {
		return "{'descr': '<u2', 'fortran_order': False, 'shape': " + shape + ", }   \n"
	}
	two := npy(header("(2,)"), 1024, 3)
	if got, err := readNPY("f", bytes.NewReader(two)); err != nil || !slices.Equal(got, []uint16{1024, 3}) {
		t.Errorf("got %v, %v", got, err)
	}
	for name, test := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":           {nil, "f: beginning of the .npy file"},
		"no npy":          {[]byte("PK-and-more"), `want "\x93NUMPY\x01\x00"`},
		"version 2":       {append([]byte("\x93NUMPY\x02\x00"), two[8:]...), `got "\x93NUMPY\x02\x00"`},
		"cut header":      {two[:20], "f: .npy header: unexpected EOF"},
		"floats":          {npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n", 1, 2), "want one dimension of '<u2'"},
		"two dimensions":  {npy(header("(1, 2)"), 1, 2), "want one dimension"},
		"absurd size":     {npy(header("(99999999999999999999,)")), "want at most 16777216, got 99999999999999999999"},
		"larger":          {npy(header("(16777217,)")), "want at most 16777216"},
		"missing values":  {npy(header("(3,)"), 1, 2), "want 6 bytes, got 4"},
		"too many values": {npy(header("(1,)"), 1, 2), "want 2 bytes, got 3"},
	} {
		if _, err := readNPY("f", bytes.NewReader(test.content)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}

	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	if _, err := z.Create("other.npy"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for want, content := range map[string][]byte{"not a valid zip file": two, "ecg.npy": archive.Bytes()} {
		if _, err := readNPZ(fstest.MapFS{"f": {Data: content}}, "f"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if _, err := readNPZ(fstest.MapFS{}, "f"); err == nil || !strings.Contains(err.Error(), "open f") {
		t.Errorf("a missing file: %v", err)
	}
}

func TestBeatKindsHaveNames(t *testing.T) {
	if got := fmt.Sprint(Normal, Ectopic, Dropout, Burst, BeatKind(4)); got != "normal ectopic dropout noise burst BeatKind(4)" {
		t.Errorf("got %q", got)
	}
}
