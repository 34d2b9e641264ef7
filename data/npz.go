package data

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
)

// maxNPYValues bounds the array of a .npy file; the workshop's has 108,000 values.
const maxNPYValues = 1 << 24

// npyHeader is the description in the header of a .npy file that holds one dimension of little-endian 16-bit numbers.
var npyHeader = regexp.MustCompile(`^\{'descr': '<u2', 'fortran_order': False, 'shape': \((\d+),\), \}\s*$`)

// readNPZ reads the array "ecg" of a .npz file: a zip file of .npy files, each named after its array.
func readNPZ(fsys fs.FS, path string) ([]uint16, error) {
	content, err := fs.ReadFile(fsys, path)
	if err != nil {
		return nil, fmt.Errorf("opening a series: %w", err)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	file, err := archive.Open("ecg.npy")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	defer func() { _ = file.Close() }() // Nothing was written, so closing has nothing to say.
	return readNPY(path, file)
}

// readNPY reads a .npy file, version 1.0, of one dimension of 16-bit numbers: the bytes "\x93NUMPY\x01\x00", the length
// of the header in two bytes, the header, then the values
// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
func readNPY(path string, r io.Reader) ([]uint16, error) {
	var prefix struct {
		Magic  [8]byte
		Length uint16
	}
	if err := binary.Read(r, binary.LittleEndian, &prefix); err != nil {
		return nil, fmt.Errorf("%s: beginning of the .npy file: %w", path, err)
	}
	if string(prefix.Magic[:]) != "\x93NUMPY\x01\x00" {
		return nil, wantGot(path, "beginning of the .npy file", `"\x93NUMPY\x01\x00"`, fmt.Sprintf("%q", prefix.Magic[:]))
	}
	header := make([]byte, prefix.Length)
	if _, err := io.ReadFull(r, header); err != nil {
		return nil, fmt.Errorf("%s: .npy header: %w", path, err)
	}
	fields := npyHeader.FindSubmatch(header)
	if fields == nil {
		return nil, wantGot(path, ".npy header", "one dimension of '<u2', little-endian 16-bit numbers",
			fmt.Sprintf("%q", header))
	}
	n, err := strconv.Atoi(string(fields[1]))
	if err != nil || n > maxNPYValues {
		return nil, wantGot(path, "number of values", fmt.Sprintf("at most %d", maxNPYValues), string(fields[1]))
	}
	raw, err := io.ReadAll(io.LimitReader(r, 2*int64(n)+1))
	if err != nil {
		return nil, fmt.Errorf("%s: values: %w", path, err)
	}
	if len(raw) != 2*n {
		return nil, wantGot(path, "size of the values", fmt.Sprintf("%d bytes", 2*n), len(raw))
	}
	values := make([]uint16, n)
	for i := range values {
		values[i] = binary.LittleEndian.Uint16(raw[2*i:])
	}
	return values, nil
}
