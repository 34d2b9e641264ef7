package server

import "io/fs"

// exposed says whether others than its owner have one of the rights of a mask to a file, as 0o022 for writing. On Windows
// Go tells the same rights for every file: who may do what stands in lists there, which the directories of a user pass on.
func exposed(goos string, mode, mask fs.FileMode) bool {
	return goos != "windows" && mode.Perm()&mask != 0
}
