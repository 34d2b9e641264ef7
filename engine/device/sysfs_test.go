package device

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// files makes a tree of a text for each path.
func files(texts map[string]string) fstest.MapFS {
	root := fstest.MapFS{}
	for name, text := range texts {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return root
}

// forbidden is a tree of which some files cannot be read.
type forbidden struct {
	fs.FS
	suffix string
}

func (f forbidden) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, f.suffix) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.FS.Open(name)
}

const amdCard = "sys/class/drm/card1/device/"

// machine is a machine with a GPU of each vendor, NVIDIA's without a driver, and a server's own display.
func machine() map[string]string {
	return map[string]string{
		amdCard + "vendor":              "0x1002\n",
		amdCard + "device":              "0x73bf\n",
		amdCard + "uevent":              "DRIVER=amdgpu\nPCI_CLASS=30000\nPCI_ID=1002:73BF\nPCI_SLOT_NAME=0000:03:00.0\n",
		amdCard + "mem_info_vram_total": "17163091968\n",

		// A connector and a second face of the card are no cards.
		"sys/class/drm/card1-HDMI-A-1/device/vendor": "0x1002\n",
		"sys/class/drm/card1-HDMI-A-1/device/device": "0x73bf\n",
		"sys/class/drm/renderD128/device/vendor":     "0x1002\n",
		"sys/class/drm/renderD128/device/device":     "0x73bf\n",
		"sys/class/drm/version":                      "drm 1.1.0 20060810\n",

		"sys/bus/pci/devices/0000:03:00.0/class":               "0x030000\n",
		"sys/bus/pci/devices/0000:03:00.0/vendor":              "0x1002\n",
		"sys/bus/pci/devices/0000:03:00.0/device":              "0x73bf\n",
		"sys/bus/pci/devices/0000:03:00.0/uevent":              "DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0\n",
		"sys/bus/pci/devices/0000:03:00.0/mem_info_vram_total": "17163091968\n",

		"sys/bus/pci/devices/0000:00:02.0/class":  "0x030000\n",
		"sys/bus/pci/devices/0000:00:02.0/vendor": "0x8086\n",
		"sys/bus/pci/devices/0000:00:02.0/device": "0x9a49\n",
		"sys/bus/pci/devices/0000:00:02.0/uevent": "DRIVER=i915\nPCI_SLOT_NAME=0000:00:02.0\n",

		"sys/bus/pci/devices/0000:65:00.0/class":  "0x030200\n",
		"sys/bus/pci/devices/0000:65:00.0/vendor": "0x10de\n",
		"sys/bus/pci/devices/0000:65:00.0/device": "0x20b0\n",
		"sys/bus/pci/devices/0000:65:00.0/uevent": "PCI_SLOT_NAME=0000:65:00.0\n",

		// A GPU's sound, a network card and the display of a server's management are no GPUs to compute on.
		"sys/bus/pci/devices/0000:65:00.1/class":  "0x040300\n",
		"sys/bus/pci/devices/0000:65:00.1/vendor": "0x10de\n",
		"sys/bus/pci/devices/0000:65:00.1/device": "0x1aef\n",
		"sys/bus/pci/devices/0000:01:00.0/class":  "0x020000\n",
		"sys/bus/pci/devices/0000:01:00.0/vendor": "0x8086\n",
		"sys/bus/pci/devices/0000:02:00.0/class":  "0x030000\n",
		"sys/bus/pci/devices/0000:02:00.0/vendor": "0x1a03\n",

		"usr/share/misc/pci.ids": "# a comment\n\n0001  Somebody\n\t73bf  Not this\n1002  AMD\n\t1234  Older\n" +
			"\t73bf  Navi 21 [Radeon RX 6800]\n\t\t1002 0e36  A board\n10de  NVIDIA Corporation\n\t20b0  GA100 [A100 SXM4 40GB]\n" +
			"8086  Intel Corporation\n8087  Another\n\t9a49  Not this\n",
	}
}

func TestGPUsOfEachVendor(t *testing.T) {
	gpus, problems := sysfsGPUs(files(machine()))
	want := []GPU{
		{Vendor: "AMD", Name: "Navi 21 [Radeon RX 6800]", MemoryBytes: 17163091968, Driver: "amdgpu"},
		{Vendor: "Intel", Name: "8086:9a49", Driver: "i915"},
		{Vendor: "NVIDIA", Name: "GA100 [A100 SXM4 40GB]"},
	}
	if !slices.Equal(gpus, want) || len(problems) != 0 {
		t.Errorf("GPUs %+v, problems %+v", gpus, problems)
	}
}

func TestTheKernelsNameOfAGPU(t *testing.T) {
	m := machine()
	m[amdCard+"product_name"] = "Radeon Pro W6800\n"
	gpus, _ := sysfsGPUs(files(m))
	if len(gpus) == 0 || gpus[0].Name != "Radeon Pro W6800" {
		t.Errorf("GPUs %+v", gpus)
	}
}

func TestAMachineWithoutGPUs(t *testing.T) {
	for name, root := range map[string]fs.FS{
		"no sysfs":         fstest.MapFS{},
		"a GPU on no bus":  files(map[string]string{"sys/class/drm/card0/device/uevent": "DRIVER=v3d\nOF_NAME=gpu\n"}),
		"an empty machine": files(map[string]string{"sys/class/drm/version": "drm 1.1.0 20060810\n"}),
	} {
		if gpus, problems := sysfsGPUs(root); len(gpus)+len(problems) != 0 {
			t.Errorf("%s: GPUs %+v, problems %+v", name, gpus, problems)
		}
	}
}

func TestGPUsThatCannotBeRead(t *testing.T) {
	alone := map[string]string{amdCard + "vendor": "0x1002\n", amdCard + "device": "0x73bf\n"}
	for name, c := range map[string]struct {
		root fs.FS
		want string
	}{
		"vendor forbidden": {forbidden{files(alone), "vendor"}, "permission denied"},
		"device forbidden": {forbidden{files(alone), "device/device"}, "permission denied"},
		"vendor garbage": {files(map[string]string{amdCard + "vendor": "\x00\xff"}),
			"/" + amdCard + "vendor holds no PCI number"},
		"vendor empty":     {files(map[string]string{amdCard + "vendor": ""}), "no PCI number"},
		"vendor too large": {files(map[string]string{amdCard + "vendor": "0x11002"}), "no PCI number"},
	} {
		gpus, problems := sysfsGPUs(c.root)
		if len(gpus) != 0 || len(problems) != 1 || !strings.Contains(problems[0].What, c.want) || problems[0].Fix == "" {
			t.Errorf("%s: GPUs %+v, problems %+v", name, gpus, problems)
		}
	}
}

func TestGarbageInWhatAKernelMayLeaveOut(t *testing.T) {
	m := map[string]string{
		amdCard + "vendor": "0x1002", amdCard + "device": "0x73bf", amdCard + "uevent": "\x00no sense",
		amdCard + "mem_info_vram_total": "much", "usr/share/misc/pci.ids": "1002  AMD\n\t73b",
	}
	gpus, problems := sysfsGPUs(files(m))
	if want := []GPU{{Vendor: "AMD", Name: "1002:73bf"}}; !slices.Equal(gpus, want) || len(problems) != 0 {
		t.Errorf("GPUs %+v, problems %+v", gpus, problems)
	}
}

func TestSystemsThatDoNotTell(t *testing.T) {
	gpus, problems, notes := graphics(t.Context(), "windows", fstest.MapFS{})
	if len(gpus) != 0 || len(problems) != 0 || len(notes) != 1 || !strings.Contains(notes[0], "windows") {
		t.Errorf("GPUs %+v, problems %+v, notes %q", gpus, problems, notes)
	}
}
