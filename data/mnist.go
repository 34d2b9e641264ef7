package data

import (
	"embed"
	"sync"
)

//go:embed mnist/*.gz
var mnistFiles embed.FS

// Each set is decoded when it is first asked for and then kept: the first frame must not wait for it, and a class that
// shares one process shares one copy, 47 MB for the training set.
var (
	mnistTrain = sync.OnceValues(func() (*Dataset, error) {
		return decodePictures(mnistFiles, "MNIST training",
			"mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz", digits())
	})
	mnistTest = sync.OnceValues(func() (*Dataset, error) {
		return decodePictures(mnistFiles, "MNIST test",
			"mnist/t10k-images-idx3-ubyte.gz", "mnist/t10k-labels-idx1-ubyte.gz", digits())
	})
)

// MNISTTrain is the training set of MNIST (LeCun, Cortes and Burges 1998): 60,000 handwritten digits of shape [28, 28].
// All calls return the same Dataset; the first takes a fraction of a second.
func MNISTTrain() (*Dataset, error) { return mnistTrain() }

// MNISTTest is the test set of MNIST: 10,000 digits of shape [28, 28], by people of whom none wrote for the
// training set.
func MNISTTest() (*Dataset, error) { return mnistTest() }

// digits are the classes of MNIST.
func digits() []string { return []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"} }
