package device

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// sysfsGPUs are the graphics cards in Linux's sysfs: those with a driver by /sys/class/drm, and those of the known
// vendors that are on the PCI bus without one.
func sysfsGPUs(root fs.FS) (gpus []GPU, problems []Problem) {
	seen := map[string]bool{} // PCI slots
	for _, dir := range append(drmDevices(root), pciDisplays(root)...) {
		card, err := readCard(root, dir)
		switch {
		case errors.Is(err, fs.ErrNotExist): // A GPU within a system on a chip is on no PCI bus and names no vendor.
		case err != nil:
			problems = append(problems, Problem{
				What: "a graphics card cannot be read: " + err.Error(),
				Fix:  "nothing needs to be done unless it is an NVIDIA GPU; then let this user read /sys",
			})
		case card.vendor == "" || card.slot != "" && seen[card.slot]:
		default:
			seen[card.slot] = true
			gpus = append(gpus, GPU{
				Vendor: card.vendor, Name: card.name(root), MemoryBytes: card.memory, Driver: card.driver,
			})
		}
	}
	return gpus, problems
}

// drmDevices are the device directories of the cards with a driver. The connectors, as card0-HDMI-A-1, are left out.
func drmDevices(root fs.FS) []string {
	cards, err := fs.Glob(root, "sys/class/drm/card[0-9]*")
	if err != nil {
		return nil
	}
	var dirs []string
	for _, card := range cards {
		if !strings.Contains(path.Base(card), "-") {
			dirs = append(dirs, path.Join(card, "device"))
		}
	}
	return dirs
}

// pciDisplays are the device directories of the display controllers on the PCI bus, whose class begins with 03.
func pciDisplays(root fs.FS) []string {
	devices, err := fs.Glob(root, "sys/bus/pci/devices/*")
	if err != nil {
		return nil
	}
	var dirs []string
	for _, device := range devices {
		if class, err := readUint(root, path.Join(device, "class")); err == nil && class>>16 == 0x03 {
			dirs = append(dirs, device)
		}
	}
	return dirs
}

// card is what sysfs tells of a graphics card.
type card struct {
	vendor         string // "" for one that nobody computes on, as a server's or a virtual machine's
	vendorID, id   uint64
	slot, driver   string
	memory         uint64
	kernelToldName string
}

func readCard(root fs.FS, dir string) (card, error) {
	var c card
	var err error
	if c.vendorID, err = readID(root, path.Join(dir, "vendor")); err != nil {
		return c, err
	}
	switch c.vendorID {
	case 0x10de:
		c.vendor = nvidiaVendor
	case 0x1002:
		c.vendor = amdVendor
	case 0x8086:
		c.vendor = intelVendor
	default:
		return c, nil
	}
	if c.id, err = readID(root, path.Join(dir, "device")); err != nil {
		return c, err
	}
	// The rest is an extra that a kernel may leave out.
	if text, err := fs.ReadFile(root, path.Join(dir, "uevent")); err == nil {
		for line := range strings.Lines(string(text)) {
			switch key, value, _ := strings.Cut(strings.TrimSpace(line), "="); key {
			case "PCI_SLOT_NAME":
				c.slot = value
			case "DRIVER":
				c.driver = value
			}
		}
	}
	if memory, err := readUint(root, path.Join(dir, "mem_info_vram_total")); err == nil {
		c.memory = memory
	}
	if text, err := fs.ReadFile(root, path.Join(dir, "product_name")); err == nil {
		c.kernelToldName = strings.TrimSpace(string(text))
	}
	return c, nil
}

// readID reads a PCI number of four hexadecimal digits.
func readID(root fs.FS, name string) (uint64, error) {
	id, err := readUint(root, name)
	var wrong *fs.PathError
	switch {
	case errors.As(err, &wrong):
		return 0, err
	case err != nil || id > 0xffff:
		return 0, fmt.Errorf("/%s holds no PCI number", name)
	}
	return id, nil
}

// name is the best that can be said: the kernel's name, the one in the system's list of PCI names, or the numbers.
func (c card) name(root fs.FS) string {
	if c.kernelToldName != "" {
		return c.kernelToldName
	}
	for _, list := range []string{"usr/share/misc/pci.ids", "usr/share/hwdata/pci.ids", "usr/share/pci.ids"} {
		if name := pciName(root, list, c.vendorID, c.id); name != "" {
			return name
		}
	}
	return fmt.Sprintf("%04x:%04x", c.vendorID, c.id)
}

// pciName looks a device up in a list of PCI names: a vendor's line begins with its number, the lines of its devices
// with a tab and theirs. It is "" where the list or the device is missing.
func pciName(root fs.FS, list string, vendor, id uint64) string {
	f, err := root.Open(list)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }() // It was only read.
	vendorLine, deviceLine := fmt.Sprintf("%04x  ", vendor), fmt.Sprintf("\t%04x  ", id)
	within := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		switch {
		case line == "" || line[0] == '#':
		case line[0] != '\t':
			within = strings.HasPrefix(line, vendorLine)
		case within && strings.HasPrefix(line, deviceLine):
			return strings.TrimPrefix(line, deviceLine)
		}
	}
	return ""
}
