package theme

import "strings"

// UnicodeLocale reports whether the locale that env ("NAME=value") asks for is UTF-8. As in POSIX the first of LC_ALL,
// LC_CTYPE and LANG that is not empty decides. Where none is set, the answer is true on every goos: fresh containers
// and SSH sessions rarely set one while the terminal in front of them shows UTF-8, and neither Windows nor macOS says
// its encoding in these variables.
func UnicodeLocale(env []string, goos string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := lookup(env, name, goos)
		if value == "" {
			continue
		}
		encoding := strings.ToLower(strings.ReplaceAll(value, "-", ""))
		return strings.Contains(encoding, "utf8")
	}
	return true
}

// lookup returns the last value of name in env, as the operating system would. Names ignore case on Windows.
func lookup(env []string, name, goos string) string {
	found := ""
	for _, entry := range env {
		key, value, _ := strings.Cut(entry, "=")
		if key == name || goos == "windows" && strings.EqualFold(key, name) {
			found = value
		}
	}
	return found
}
