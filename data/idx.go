package data

import (
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// An IDX file begins with a magic number: two zero bytes, the type of its values and the number of dimensions. A
// big-endian 32-bit size for each dimension follows, then the values (http://yann.lecun.com/exdb/mnist).
const (
	idxLabels uint32 = 0x00000801 // unsigned bytes, one dimension
	idxImages uint32 = 0x00000803 // unsigned bytes, three dimensions

	idxUnsignedByte = 0x08
)

// What an IDX file may claim, so that a wrong header cannot make the program take memory without bound. MNIST's largest
// file has 60,000 pictures and 47,040,000 values.
const (
	maxIDXDimension = 100_000
	maxIDXValues    = 64 << 20
)

// maxDeflateRatio is the most that one byte of deflated data grows to (https://zlib.net/zlib_tech.html).
const maxDeflateRatio = 1032

// maxTrailing bounds how far a reader goes past the values to say how many bytes too many there are.
const maxTrailing = 1 << 16

// idx is the content of an IDX file of unsigned bytes.
type idx struct {
	dims   []int
	values []byte // the product of dims of them
}

// wantGot is the error of a field of a file that has a wrong value.
func wantGot(path, field string, want, got any) error {
	return fmt.Errorf("%s: %s: want %v, got %v", path, field, want, got)
}

// readIDX decodes a gzipped IDX file with the given magic number. It takes memory for no more than maxIDXValues values,
// nor for more than the size of the file can unpack to.
func readIDX(fsys fs.FS, path string, magic uint32) (idx, error) {
	file, err := fsys.Open(path)
	if err != nil {
		return idx{}, fmt.Errorf("opening a dataset: %w", err)
	}
	defer func() { _ = file.Close() }() // Nothing was written, so closing has nothing to say.
	info, err := file.Stat()
	if err != nil {
		return idx{}, fmt.Errorf("opening a dataset: %w", err)
	}
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return idx{}, fmt.Errorf("%s: gzip header: want the bytes 1f 8b 08 and a whole header, got something else: %w",
			path, err)
	}
	dims, err := readIDXHeader(unpacked, path, magic)
	if err != nil {
		return idx{}, err
	}
	size := int64(1)
	for _, n := range dims { // 64 Mi so far times 100,000 is far below 2⁶³.
		if size *= int64(n); size > maxIDXValues {
			return idx{}, wantGot(path, "number of values", fmt.Sprintf("at most %d", maxIDXValues), product(dims))
		}
	}
	if most := info.Size() * maxDeflateRatio; size > most {
		return idx{}, wantGot(path, "number of values",
			fmt.Sprintf("at most %d from a file of %d bytes", most, info.Size()), product(dims))
	}
	values := make([]byte, size)
	if n, err := io.ReadFull(unpacked, values); err != nil {
		return idx{}, fmt.Errorf("%w (%w)", wantGot(path, "number of values", product(dims), n), err)
	}
	// Reading on to the end also makes gzip verify its checksum.
	trailing, err := io.CopyN(io.Discard, unpacked, maxTrailing)
	switch {
	case err == nil:
		return idx{}, wantGot(path, "number of values", product(dims), fmt.Sprintf("at least %d", size+trailing))
	case !errors.Is(err, io.EOF):
		return idx{}, fmt.Errorf("%s: end of the gzip data: %w", path, err)
	case trailing > 0:
		return idx{}, wantGot(path, "number of values", product(dims), size+trailing)
	}
	return idx{dims, values}, nil
}

// readIDXHeader reads the magic number and the dimensions, each between 1 and maxIDXDimension.
func readIDXHeader(r io.Reader, path string, magic uint32) ([]int, error) {
	header := make([]byte, 4+4*(magic&0xff))
	if n, err := io.ReadFull(r, header[:4]); err != nil {
		return nil, fmt.Errorf("%w (%w)", wantGot(path, "size of the magic number", "4 bytes", n), err)
	}
	if got := binary.BigEndian.Uint32(header); got != magic {
		return nil, wrongMagic(path, magic, got)
	}
	if n, err := io.ReadFull(r, header[4:]); err != nil {
		return nil, fmt.Errorf("%w (%w)", wantGot(path, "size of the header", fmt.Sprintf("%d bytes", len(header)), 4+n), err)
	}
	dims := make([]int, 0, 3)
	for at := 4; at < len(header); at += 4 {
		n := binary.BigEndian.Uint32(header[at:])
		if n < 1 || n > maxIDXDimension {
			return nil, wantGot(path, fmt.Sprintf("dimension %d", len(dims)), fmt.Sprintf("1 to %d", maxIDXDimension), n)
		}
		dims = append(dims, int(n))
	}
	return dims, nil
}

// wrongMagic names the part of the magic number that differs, for it says what the file is instead.
func wrongMagic(path string, want, got uint32) error {
	switch {
	case got>>16 != 0:
		return wantGot(path, "magic number", fmt.Sprintf("%#08x", want), fmt.Sprintf("%#08x, which is no IDX file", got))
	case got>>8 != idxUnsignedByte:
		return wantGot(path, "type of the values", "0x08 (unsigned bytes)", fmt.Sprintf("%#02x", got>>8))
	default:
		return wantGot(path, "number of dimensions", want&0xff, got&0xff)
	}
}

// product writes dimensions with their product, "60000×28×28 = 47040000".
func product(dims []int) string {
	text, n := "", 1.0
	for i, dim := range dims {
		if i > 0 {
			text += "×"
		}
		text += fmt.Sprint(dim)
		n *= float64(dim)
	}
	if len(dims) == 1 {
		return text
	}
	return fmt.Sprintf("%s = %.0f", text, n)
}
