package data

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed mnist/*.gz
var mnistFiles embed.FS

// Each set is decoded when it is first asked for and then kept: the first frame must not wait for it, and a class that
// shares one process shares one copy, 47 MB for the training set.
var (
	mnistTrain = sync.OnceValues(func() (*Dataset, error) {
		return decodeDigits(mnistFiles, "MNIST training", "mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz")
	})
	mnistTest = sync.OnceValues(func() (*Dataset, error) {
		return decodeDigits(mnistFiles, "MNIST test", "mnist/t10k-images-idx3-ubyte.gz", "mnist/t10k-labels-idx1-ubyte.gz")
	})
)

// MNISTTrain is the training set of MNIST (LeCun, Cortes and Burges 1998): 60,000 handwritten digits of shape [28, 28].
// All calls return the same Dataset; the first takes a fraction of a second.
func MNISTTrain() (*Dataset, error) { return mnistTrain() }

// MNISTTest is the test set of MNIST: 10,000 digits of shape [28, 28], by people of whom none wrote for the
// training set.
func MNISTTest() (*Dataset, error) { return mnistTest() }

// digitSide is the height and the width of a picture of MNIST and of the sets made in its format.
const digitSide = 28

// decodeDigits reads a set of 28×28 pictures in ten classes from a file of pictures and a file of labels, both IDX in
// gzip.
func decodeDigits(fsys fs.FS, name, imagesPath, labelsPath string) (*Dataset, error) {
	images, err := readIDX(fsys, imagesPath, idxImages)
	if err != nil {
		return nil, err
	}
	for i, field := range []string{"height", "width"} {
		if got := images.dims[i+1]; got != digitSide {
			return nil, wantGot(imagesPath, "picture "+field, digitSide, got)
		}
	}
	labels, err := readIDX(fsys, labelsPath, idxLabels)
	if err != nil {
		return nil, err
	}
	if labels.dims[0] != images.dims[0] {
		return nil, wantGot(labelsPath, "number of labels", fmt.Sprintf("%d as %s has pictures", images.dims[0], imagesPath), labels.dims[0])
	}
	classes := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	for i, label := range labels.values {
		if int(label) >= len(classes) {
			return nil, wantGot(labelsPath, fmt.Sprintf("label %d", i), "0 to 9", label)
		}
	}
	return NewImages(name, digitSide, digitSide, images.values, labels.values, classes)
}
