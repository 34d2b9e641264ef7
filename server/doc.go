// Package server serves the workshop to a class over SSH: each learner comes in with a public key and finds the pages,
// the labs and their own progress, with nothing installed but ssh.
//
// A session shares with the others what costs memory and time (the lessons, the backend, the trained models) and nothing
// else: its size, colours and progress are its own. Learners get no shell, no files, no forwarding and no environment.
package server
