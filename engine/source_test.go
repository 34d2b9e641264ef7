package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/format"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gomlx/gomlx/core/tensors"
)

// sources are architectures of each kind.
func sources() map[string]Architecture {
	mixed := NewArchitecture([]int{4, 4}, Tanh, []int{12, 6}, 3).WithOutput(Sigmoid)
	mixed.Encoder[0].Activation = ReLU
	variational := NewArchitecture([]int{16}, ReLU, []int{12}, 3)
	variational.Variational = true
	single := NewArchitecture([]int{16}, ReLU, nil, 3)
	single.Variational = true
	both := withKernel(NewConvArchitecture([]int{8, 8}, []int{3, 5}, 4), 4).WithOutput(Sigmoid)
	both.Variational = true
	odd := NewConvArchitecture([]int{6, 6, 2}, []int{3}, 4)
	odd.Encoder[0].Kernel, odd.Encoder[0].Stride = 3, 1
	odd.Decoder = []Layer{{Units: 36, Activation: Linear, Shape: [3]int{3, 3, 4}},
		{Units: 3, Activation: Tanh, Kind: Deconv, Kernel: 2, Stride: 2},
		{Units: 2, Activation: Linear, Kind: Deconv, Kernel: 3, Stride: 1}}
	return map[string]Architecture{
		"mixed": mixed, "variational": variational, "single": single, "conv": NewConvArchitecture([]int{4, 4}, []int{3}, 2),
		"both": both, "odd": odd,
	}
}

func TestGoSourceIsWhatALearnerWrites(t *testing.T) {
	const want = `// x: [batch, 784] → z: [batch, 16]
func encode(s *model.Scope, x *Node) *Node {
	h := layers.DenseWithBias(s.In("0"), x, 256)
	h = activation.Relu(h)
	// h: [batch, 256]
	h = layers.DenseWithBias(s.In("1"), h, 16)
	// h: [batch, 16]
	return h
}

// z: [batch, 16] → y: [batch, 784]
func decode(s *model.Scope, z *Node) *Node {
	h := layers.DenseWithBias(s.In("0"), z, 256)
	h = activation.Relu(h)
	// h: [batch, 256]
	h = layers.DenseWithBias(s.In("1"), h, 784)
	// h: [batch, 784]
	return h
}

// x: [batch, 784] → y: [batch, 784]
func autoencoder(s *model.Scope, x *Node) *Node {
	// Glorot and Bengio (2010): uniform weights.
	s = s.WithInitializer(
		initializer.GlorotUniformFn(s))
	z := encode(s.In("encoder"), x)
	return decode(s.In("decoder"), z)
}
`
	got, err := NewArchitecture([]int{28, 28}, ReLU, []int{256}, 16).GoSource()
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("GoSource() is\n%s", got)
	}
}

func TestGoSourceFitsBesideABuilder(t *testing.T) {
	wide := sources()
	wide["large"] = NewArchitecture([]int{28, 28}, ReLU, []int{2048, 1024}, 512)
	wide["large conv"] = NewConvArchitecture([]int{28, 28}, []int{128, 256}, 512)
	v := NewConvArchitecture([]int{28, 28}, []int{128, 256}, 512)
	v.Variational = true
	wide["large variational"] = v
	for name, a := range wide {
		source, err := a.GoSource()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(strings.ReplaceAll(source, "\t", "    ")) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 52 {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
		if formatted, err := format.Source([]byte(source)); err != nil || string(formatted) != source {
			t.Errorf("%s: gofmt would change it, %v", name, err)
		}
	}
	if _, err := (Architecture{}).GoSource(); err == nil {
		t.Error("an architecture without layers has code")
	}
}

// written is what a program made of a source needs, and what it must answer.
type written struct {
	X       []float32
	Width   int
	Weights map[string][]float32 // by the paths that the source gives them
	Y       []float32            `json:",omitempty"`
}

// TestGoSourceBuildsTheSameModel compiles the code of each architecture into one program, gives each the weights of our
// model and compares what they answer.
func TestGoSourceBuildsTheSameModel(t *testing.T) {
	b := openGoBackend(t)
	dir := t.TempDir()
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	replace, imports, calls := map[string]string{}, "", ""
	inputs, want := map[string]written{}, map[string]written{}
	write := func(seen, content string) {
		path := filepath.Join(dir, fmt.Sprint(len(replace), ".go"))
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(here, "snippet", seen)] = path
	}
	for name, a := range sources() {
		source, err := a.GoSource()
		if err != nil {
			t.Fatal(err)
		}
		write(filepath.Join(name, "source.go"), sourceFile(name, source, a.Variational))
		imports += fmt.Sprintf("%q\n", "github.com/aetutor/aetutor/engine/snippet/"+name)
		calls += fmt.Sprintf("answer(%q, %s.Build)\n", name, name)
		m, err := NewModel(b, a, 7)
		if err != nil {
			t.Fatal(err)
		}
		inputs[name], want[name] = question(t, m)
	}
	main, err := os.ReadFile("testdata/source/main.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	write("main.go", strings.NewReplacer("/*imports*/", imports, "/*calls*/", calls).Replace(string(main)))
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, err := json.Marshal(inputs)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "go", "run", "-overlay", list, "./snippet")
	command.Stdin = strings.NewReader(string(stdin))
	out, err := command.Output()
	if err != nil {
		var failed *exec.ExitError
		errors.As(err, &failed)
		t.Fatalf("%v\n%s", err, failed.Stderr)
	}
	var got map[string]written
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, w := range want {
		if len(got[name].Y) != len(w.Y) {
			t.Fatalf("%s answers %d values, ours %d", name, len(got[name].Y), len(w.Y))
		}
		for i, y := range got[name].Y {
			if !(math.Abs(float64(y-w.Y[i])) <= 1e-6) {
				t.Errorf("%s[%d] is %v, ours is %v", name, i, y, w.Y[i])
				break
			}
		}
	}
}

// sourceFile is a package with the code and a function that reconstructs without drawing.
func sourceFile(name, source string, variational bool) string {
	const root = "github.com/gomlx/gomlx/"
	file := "package " + name + "\n\nimport . \"" + root + "core/graph\"\n"
	for pkg, path := range map[string]string{
		"activation": root + "ml/layers/activation", "layers": root + "ml/layers", "model": root + "ml/model",
		"initializer": root + "ml/model/initializer", "shapes": "github.com/gomlx/compute/shapes",
	} {
		if regexp.MustCompile(`\b` + pkg + `\.`).MatchString(source) {
			file += fmt.Sprintf("import %q\n", path)
		}
	}
	file += source + "\nfunc Build(s *model.Scope, x *Node) *Node {\n"
	if variational {
		return file + "mu, _ := encode(s.In(\"encoder\"), x)\nreturn decode(s.In(\"decoder\"), mu)\n}\nvar _ = autoencoder\n"
	}
	return file + "return autoencoder(s, x)\n}\n"
}

// question is an input with the weights of a model, renamed and ordered as its source has them, and its answer.
func question(t *testing.T, m *Model) (in, out written) {
	t.Helper()
	in.Width = m.architecture.Width()
	in.X = make([]float32, 3*in.Width)
	for i := range in.X {
		in.X[i] = float32(i%7)/7 - 0.2
	}
	in.Weights = map[string][]float32{}
	total := 0
	for _, l := range m.architecture.located() {
		scopes := []string{fmt.Sprintf("/%s/%d", l.part, l.index)}
		if m.architecture.Variational && l.part == "encoder" && l.last {
			scopes = append(scopes, "/encoder/"+logVariance)
		}
		for _, scope := range scopes {
			weights := tensors.MustCopyFlatData[float32](m.store.GetVariable(scope + "/weights").MustValue())
			biases := tensors.MustCopyFlatData[float32](m.store.GetVariable(scope + "/biases").MustValue())
			for i := range biases { // They start with zeros, which could stand anywhere.
				biases[i] = float32(i+1) / 50
			}
			setVariable(t, m, scope+"/biases", biases)
			total += len(weights) + len(biases)
			ending := "/dense"
			if l.layer.Kind != Dense {
				ending = "/conv"
				weights = kernelOf(l, weights)
			}
			in.Weights[scope+ending+"/weights"], in.Weights[scope+ending+"/biases"] = weights, biases
		}
	}
	if total != m.architecture.Parameters() {
		t.Fatalf("%d weights, the architecture has %d", total, m.architecture.Parameters())
	}
	y, err := m.Reconstruct(t.Context(), in.X)
	if err != nil {
		t.Fatal(err)
	}
	out.Y = y
	return in, out
}

// kernelOf orders the matrix of a convolution as the kernel that GoMLX slides over the picture; over the one with zeros
// between its pixels, that is the painting kernel turned around.
func kernelOf(l located, matrix []float32) []float32 {
	index := kernelIndex(l.layer, channels(l.in))
	kernel := make([]float32, len(matrix))
	block := channels(l.in) * l.layer.Units
	for i, at := range index {
		if l.layer.Kind == Deconv {
			at = (l.layer.Kernel*l.layer.Kernel-1-at/block)*block + at%block
		}
		kernel[at] = matrix[i]
	}
	return kernel
}
