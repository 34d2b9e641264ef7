package data

import (
	"embed"
	"sync"
)

// The licence asks to be part of every copy, so it is embedded with the pictures.
//
//go:embed fashion
var fashionFiles embed.FS

var fashionTest = sync.OnceValues(func() (*Dataset, error) {
	return decodePictures(fashionFiles, "Fashion-MNIST test",
		"fashion/t10k-images-idx3-ubyte.gz", "fashion/t10k-labels-idx1-ubyte.gz", clothes())
})

// FashionTest is the test set of Fashion-MNIST (Xiao, Rasul and Vollgraf 2017): 10,000 pictures of clothes in MNIST's
// format, shape [28, 28]. All calls return the same Dataset.
func FashionTest() (*Dataset, error) { return fashionTest() }

// clothes are the classes of Fashion-MNIST, in the order of its README.
func clothes() []string {
	return []string{
		"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
	}
}
