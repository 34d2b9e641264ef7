// Command hostile does what a program in the jail must not get away with. Its first argument says what; it writes what
// it got to the answer channel.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	deeds := map[string]func(arguments []string){
		"greet": greet, "loop": loop, "loop-everywhere": loopEverywhere, "allocate": allocate,
		"allocate-at-once": allocateAtOnce,
		"share-memory":     shareMemory,
		"recurse":          recurse, "deadlock": deadlock, "threads": threads, "sleep": sleep,
		"ignore-signals": ignoreSignals,
		"print":          printEndlessly, "close-outputs": closeOutputs, "early-exit": earlyExit,
		"read": read, "write": write, "fill": fill, "fill-many": fillMany, "open-many": openMany, "link-out": linkOut,
		"dial": dial, "fork-self": forkSelf, "clone": clone, "escape": escape, "kill": kill, "tgkill": tgkill,
		"fork-once": forkOnce,
		"ptrace":    ptrace,
		"start":     start, "calls": calls, "ids": ids, "family": family, "environment": environment,
		"descriptors": descriptors,
	}
	deed, ok := deeds[os.Args[1]]
	if !ok {
		fmt.Fprintln(os.Stderr, "no such deed:", os.Args[1])
		os.Exit(99)
	}
	deed(os.Args[2:])
}

// answer writes a line to the answer channel.
func answer(format string, values ...any) {
	fmt.Fprintf(answers(), format+"\n", values...)
}

func answers() *os.File {
	number, err := strconv.Atoi(os.Getenv("AETUTOR_ANSWERS"))
	if err != nil {
		panic(err)
	}
	return os.NewFile(uintptr(number), "answers")
}

// succeeded tells whether a deed was done.
func succeeded(what string, err error) {
	if err != nil {
		answer("%s: refused: %v", what, err)
		return
	}
	answer("%s: done", what)
}
