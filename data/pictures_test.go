package data

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"testing"
)

// loadPictures loads the sets of pictures, under the names of testdata/pictures.json.
func loadPictures(t *testing.T) map[string]*Dataset {
	t.Helper()
	train, err := MNISTTrain()
	if err != nil {
		t.Fatal(err)
	}
	test, err := MNISTTest()
	if err != nil {
		t.Fatal(err)
	}
	fashion, err := FashionTest()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*Dataset{"train": train, "test": test, "fashion": fashion}
}

// TestPicturesMatchAnIndependentReader compares with testdata/pictures.json, which testdata/pictures.py wrote.
func TestPicturesMatchAnIndependentReader(t *testing.T) {
	var oracle map[string]struct {
		Examples    int
		Pixels      string `json:"pixels_sha256"`
		Labels      string `json:"labels_sha256"`
		Mean, Std   float64
		FirstLabels []int       `json:"first_labels"`
		Ink         map[int]int // the sum of a picture's bytes
	}
	readOracle(t, "pictures", &oracle)
	for name, set := range loadPictures(t) {
		want := oracle[name]
		if set.Len() != want.Examples || !slices.Equal(set.Shape, []int{28, 28}) || set.Width() != 784 {
			t.Errorf("%s: %d examples of shape %v, width %d; want %d of [28 28], 784", name, set.Len(), set.Shape, set.Width(), want.Examples)
		}
		if got := sum(set.pixels); got != want.Pixels {
			t.Errorf("%s: pixels have SHA-256 %s, want %s", name, got, want.Pixels)
		}
		if got := sum(set.Labels); got != want.Labels {
			t.Errorf("%s: labels have SHA-256 %s, want %s", name, got, want.Labels)
		}
		for i, label := range want.FirstLabels {
			if got := set.Labels[i]; int(got) != label {
				t.Errorf("%s: example %d has the label %d, want %d", name, i, got, label)
			}
		}
		row := make([]float32, 784)
		for i, ink := range want.Ink {
			set.Row(row, i)
			total := 0.0
			for _, x := range row {
				total += float64(x)
			}
			if math.Abs(total*255-float64(ink)) > 0.01 {
				t.Errorf("%s: example %d holds ink %.3f, want %d", name, i, total*255, ink)
			}
		}
		mean, std := moments(set)
		if math.Abs(mean-want.Mean) > 1e-6 || math.Abs(std-want.Std) > 1e-6 {
			t.Errorf("%s: mean %.7f, std %.7f; want %.7f, %.7f", name, mean, std, want.Mean, want.Std)
		}
	}
}

// TestPicturesMatchPublishedFigures uses what others print: the class counts in many papers, the mean and standard
// deviation by which PyTorch's example for MNIST normalizes the training set, and the labels of Fashion-MNIST's README.
func TestPicturesMatchPublishedFigures(t *testing.T) {
	classes := map[string][]int{
		"train":   {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
		"test":    {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
		"fashion": {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000},
	}
	sets := loadPictures(t)
	for name, want := range classes {
		got := make([]int, 10)
		for _, label := range sets[name].Labels {
			got[label]++
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: classes have %v examples, want %v", name, got, want)
		}
	}
	mean, std := moments(sets["train"])
	if math.Round(mean*1e4) != 1307 || math.Round(std*1e4) != 3081 {
		t.Errorf("training set: mean %.4f, std %.4f; want 0.1307, 0.3081", mean, std)
	}
	for set, want := range map[string][]string{"test": {"0", "9"}, "fashion": {"T-shirt/top", "Ankle boot"}} {
		if got := sets[set].Classes; len(got) != 10 || got[0] != want[0] || got[9] != want[1] {
			t.Errorf("%s: the classes are %q, want ten from %s to %s", set, got, want[0], want[1])
		}
	}
}

// TestMNISTFilesAreTheOriginals compares with the MD5 sums by which torchvision accepts its downloads.
func TestMNISTFilesAreTheOriginals(t *testing.T) {
	for file, want := range map[string]string{
		"mnist/train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
		"mnist/train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
		"mnist/t10k-images-idx3-ubyte.gz":  "9fb629c4189551a2d022fa330f9573f3",
		"mnist/t10k-labels-idx1-ubyte.gz":  "ec29112dd5afa0611ce80d1b7f02629c",
	} {
		content, err := mnistFiles.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", md5.Sum(content)); got != want {
			t.Errorf("%s has MD5 %s, want %s", file, got, want)
		}
	}
}

func TestPicturesAreDecodedOnce(t *testing.T) {
	first, second := loadPictures(t), loadPictures(t)
	for name := range first {
		if first[name] != second[name] {
			t.Errorf("%s: two calls give two datasets", name)
		}
	}
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// moments are the mean and the standard deviation of all values that Row gives.
func moments(d *Dataset) (mean, std float64) {
	row := make([]float32, d.Width())
	total, squares := 0.0, 0.0
	for i := range d.Len() {
		d.Row(row, i)
		for _, x := range row {
			total += float64(x)
			squares += float64(x) * float64(x)
		}
	}
	n := float64(d.Len() * d.Width())
	mean = total / n
	return mean, math.Sqrt(squares/n - mean*mean)
}
