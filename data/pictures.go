package data

import (
	"fmt"
	"io/fs"
)

// pictureSide is the height and the width of a picture of MNIST and of the sets made in its format.
const pictureSide = 28

// decodePictures reads a set of 28×28 pictures from a file of pictures and a file of labels, both IDX in gzip. A label
// is an index into classes.
func decodePictures(fsys fs.FS, name, imagesPath, labelsPath string, classes []string) (*Dataset, error) {
	images, err := readIDX(fsys, imagesPath, idxImages)
	if err != nil {
		return nil, err
	}
	for i, field := range []string{"height", "width"} {
		if got := images.dims[i+1]; got != pictureSide {
			return nil, wantGot(imagesPath, "picture "+field, pictureSide, got)
		}
	}
	labels, err := readIDX(fsys, labelsPath, idxLabels)
	if err != nil {
		return nil, err
	}
	if labels.dims[0] != images.dims[0] {
		return nil, wantGot(labelsPath, "number of labels", fmt.Sprintf("%d as %s has pictures", images.dims[0], imagesPath),
			labels.dims[0])
	}
	for i, label := range labels.values {
		if int(label) >= len(classes) {
			return nil, wantGot(labelsPath, fmt.Sprintf("label %d", i), fmt.Sprintf("0 to %d", len(classes)-1), label)
		}
	}
	return NewImages(name, pictureSide, pictureSide, images.values, labels.values, classes)
}
