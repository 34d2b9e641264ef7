package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// pack compresses bytes as the dataset files are.
func pack(tb testing.TB, content []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// words writes big-endian 32-bit numbers, as an IDX header holds them.
func words(numbers ...uint32) []byte {
	var b []byte
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// twoDigits are the unpacked files of two pictures, all 7 and all 9, labelled 3 and 4.
func twoDigits() (images, labels []byte) {
	images = words(0x803, 2, 28, 28)
	images = append(images, bytes.Repeat([]byte{7}, 784)...)
	images = append(images, bytes.Repeat([]byte{9}, 784)...)
	return images, append(words(0x801, 2), 3, 4)
}

func decodePair(images, labels []byte) (*Dataset, error) {
	return decodePictures(fstest.MapFS{"i.gz": {Data: images}, "l.gz": {Data: labels}}, "two", "i.gz", "l.gz", digits())
}

func TestDecodePictures(t *testing.T) {
	images, labels := twoDigits()
	d, err := decodePair(pack(t, images), pack(t, labels))
	if err != nil {
		t.Fatal(err)
	}
	if d.Len() != 2 || d.Labels[0] != 3 || d.Labels[1] != 4 || d.Name != "two" {
		t.Errorf("got %d examples with labels %v named %q", d.Len(), d.Labels, d.Name)
	}
	row := make([]float32, 784)
	d.Row(row, 1)
	if row[0] != 9.0/255 || row[783] != 9.0/255 {
		t.Errorf("the second picture's values are %v … %v, want %v", row[0], row[783], float32(9.0/255))
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	images, labels := twoDigits()
	packedImages, packedLabels := pack(t, images), pack(t, labels)
	header := func(numbers ...uint32) []byte { return pack(t, append(words(numbers...), images[16:]...)) }
	flipped := bytes.Clone(packedLabels)
	flipped[len(flipped)-8] ^= 1 // the first byte of the CRC-32

	for _, test := range []struct {
		name           string
		images, labels []byte
		want           []string
	}{
		{"no gzip", images, packedLabels, []string{"i.gz", "gzip header"}},
		{"empty file", nil, packedLabels, []string{"i.gz", "gzip header"}},
		{"empty content", pack(t, nil), packedLabels, []string{"i.gz", "magic number", "want 4 bytes", "got 0"}},
		{"cut header", pack(t, images[:11]), packedLabels, []string{"i.gz", "size of the header", "want 16 bytes", "got 11"}},
		{"cut values", pack(t, images[:1000]), packedLabels, []string{"i.gz", "number of values", "want 2×28×28 = 1568", "got 984"}},
		{"cut gzip", packedImages[:len(packedImages)-6], packedLabels, []string{"i.gz", "end of the gzip data", "unexpected EOF"}},
		{"cut gzip values", packedImages[:len(packedImages)-14], packedLabels, []string{"i.gz", "number of values", "want 2×28×28 = 1568", "got"}},
		{"wrong checksum", packedImages, flipped, []string{"l.gz", "checksum"}},
		{"labels for pictures", packedLabels, packedLabels, []string{"i.gz", "number of dimensions", "want 3", "got 1"}},
		{"pictures for labels", packedImages, packedImages, []string{"l.gz", "number of dimensions", "want 1", "got 3"}},
		{"floats", header(0xd03, 2, 28, 28), packedLabels, []string{"i.gz", "type of the values", "want 0x08", "got 0x0d"}},
		{"no IDX", header(0x89504e47, 2, 28, 28), packedLabels, []string{"i.gz", "magic number", "want 0x00000803", "got 0x89504e47"}},
		{"too tall", header(0x803, 2, 29, 28), packedLabels, []string{"i.gz", "number of values", "want 2×29×28 = 1624", "got 1568"}},
		{"other height", header(0x803, 2, 14, 56), packedLabels, []string{"i.gz", "picture height", "want 28", "got 14"}},
		{"other width", header(0x803, 1, 28, 56), packedLabels, []string{"i.gz", "picture width", "want 28", "got 56"}},
		{"no pictures", header(0x803, 0, 28, 28), packedLabels, []string{"i.gz", "dimension 0", "want 1 to 100000", "got 0"}},
		{"absurd count", header(0x803, 4294967295, 28, 28), packedLabels, []string{"i.gz", "dimension 0", "want 1 to 100000", "got 4294967295"}},
		{"absurd product", header(0x803, 100000, 100000, 100000), packedLabels,
			[]string{"i.gz", "number of values", "want at most 67108864", "got 100000×100000×100000 = 1000000000000000"}},
		{"more than the file can hold", header(0x803, 60000, 28, 28), packedLabels,
			[]string{"i.gz", "number of values", "from a file of", "got 60000×28×28 = 47040000"}},
		{"one value too many", pack(t, append(bytes.Clone(images), 0)), packedLabels,
			[]string{"i.gz", "number of values", "want 2×28×28 = 1568", "got 1569"}},
		{"far too many values", pack(t, append(bytes.Clone(images), make([]byte, 10<<20)...)), packedLabels,
			[]string{"i.gz", "number of values", "want 2×28×28 = 1568", "got at least 67104"}},
		{"bytes after the gzip data", append(bytes.Clone(packedImages), "tail"...), packedLabels, []string{"i.gz", "end of the gzip data"}},
		{"fewer labels", packedImages, pack(t, append(words(0x801, 1), 3)),
			[]string{"l.gz", "number of labels", "want 2 as i.gz has pictures", "got 1"}},
		{"label ten", packedImages, pack(t, append(words(0x801, 2), 3, 10)), []string{"l.gz", "label 1", "want 0 to 9", "got 10"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := decodePair(test.images, test.labels)
			if err == nil || d != nil {
				t.Fatalf("got %v, %v; want an error", d, err)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
		})
	}
	if _, err := decodePictures(fstest.MapFS{}, "none", "i.gz", "l.gz", digits()); err == nil || !strings.Contains(err.Error(), "i.gz") {
		t.Errorf("a missing file gives %v", err)
	}
}

// TestABombTakesLittleMemory decodes a file of 50 kB that unpacks to 50 MB after an honest-looking header.
func TestABombTakesLittleMemory(t *testing.T) {
	images, labels := twoDigits()
	bomb := pack(t, append(images, make([]byte, 50<<20)...))
	packedLabels := pack(t, labels)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := decodePair(bomb, packedLabels); err == nil {
		t.Error("the bomb was accepted")
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
		t.Errorf("decoding took %d bytes, want less than 1 MiB", got)
	}
}

func FuzzDecodePictures(f *testing.F) {
	images, labels := twoDigits()
	f.Add(images, labels, true)
	f.Add(pack(f, images), pack(f, labels), false)
	f.Add(images[:20], labels, true)
	f.Add(append(bytes.Clone(images), 1), labels, true)
	f.Add(words(0x803, 100000, 100000, 100000), labels, true)
	f.Add(words(0x801, 2), words(0x803, 1, 28, 28), true)
	f.Fuzz(func(t *testing.T, images, labels []byte, unpacked bool) {
		packedImages, packedLabels := images, labels
		if unpacked { // A mutated gzip stream seldom gets past its checksum, so most inputs are packed here.
			packedImages, packedLabels = pack(t, images), pack(t, labels)
		}
		d, err := decodePair(packedImages, packedLabels)
		if err == nil {
			if d.Len() < 1 || d.Len() != len(d.Labels) || len(d.pixels) != d.Len()*784 {
				t.Fatalf("%d examples, %d labels, %d pixels", d.Len(), len(d.Labels), len(d.pixels))
			}
			d.Row(make([]float32, 784), d.Len()-1)
		}
		if !unpacked {
			return
		}
		// The format in one expression, to compare with: header, then as many bytes as it says.
		n := uint32(0)
		if len(images) >= 16 {
			n = binary.BigEndian.Uint32(images[4:])
		}
		valid := n > 0 && n < 80_000 && bytes.Equal(images[:16], words(0x803, n, 28, 28)) && len(images) == 16+784*int(n) &&
			len(labels) == 8+int(n) && bytes.Equal(labels[:8], words(0x801, n)) &&
			bytes.IndexFunc(labels[8:], func(r rune) bool { return r > 9 }) < 0
		if valid != (err == nil) {
			t.Fatalf("valid is %v, the error is %v", valid, err)
		}
		if valid && (!bytes.Equal(d.pixels, images[16:]) || !bytes.Equal(d.Labels, labels[8:])) {
			t.Fatal("the values differ from the file's")
		}
	})
}
