package main

import (
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

func greet([]string) {
	fmt.Println("hello")
	fmt.Fprintln(os.Stderr, "hello, error")
	input := make([]byte, 100)
	n, _ := os.Stdin.Read(input)
	answer("read %q", input[:n])
}

func loop([]string) {
	for i := 0; ; i++ {
	}
}

func loopEverywhere([]string) {
	for range 4 * runtime.NumCPU() {
		go loop(nil)
	}
	loop(nil)
}

// allocate touches 10 GiB, a page at a time.
func allocate([]string) {
	var kept [][]byte
	for range 10 << 10 {
		block := make([]byte, 1<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		kept = append(kept, block)
	}
	answer("allocated %d MiB", len(kept))
}

// shareMemory touches 10 GiB that do not count as the program's data.
func shareMemory([]string) {
	for range 100 {
		block, err := syscall.Mmap(-1, 0, 100<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED|syscall.MAP_ANON)
		if err != nil {
			panic(err)
		}
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
	}
	answer("allocated")
}

func recurse([]string) { answer("%d", depth(0)) }

//go:noinline
func depth(n int) int {
	var weight [512]byte
	weight[n%512] = 1
	return depth(n+1) + int(weight[n%7])
}

func deadlock([]string) { <-make(chan int) }

// threads makes the runtime start threads without end.
func threads([]string) {
	for i := range 5000 {
		go func() {
			runtime.LockOSThread()
			var pipe [2]int
			if syscall.Pipe2(pipe[:], 0) == nil {
				syscall.Read(pipe[0], make([]byte, 1))
			}
			time.Sleep(time.Hour)
		}()
		if i%16 == 0 {
			time.Sleep(time.Millisecond)
		}
	}
	answer("has 5000 threads")
	time.Sleep(time.Hour)
}

func sleep([]string) {
	os.Stdin.Close()
	time.Sleep(time.Hour)
}

func ignoreSignals([]string) {
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGXCPU)
	time.Sleep(time.Hour)
}

// printEndlessly writes 1 GB to a file descriptor.
func printEndlessly(arguments []string) {
	to := map[string]*os.File{"stdout": os.Stdout, "stderr": os.Stderr, "answers": answers()}[arguments[0]]
	block := make([]byte, 1<<16)
	for i := range block {
		block[i] = 'x'
	}
	for range 1 << 14 {
		if _, err := to.Write(block); err != nil {
			return
		}
	}
}

func closeOutputs([]string) {
	os.Stdout.Close()
	answers().Close()
	os.Stderr.Close()
	time.Sleep(time.Hour)
}

func earlyExit([]string) {
	defer answer("never")
	os.Exit(0)
}

// allocateAtOnce asks for 2 GiB and touches none.
func allocateAtOnce([]string) {
	block := make([]byte, 2<<30)
	answer("allocated %d", len(block))
}
