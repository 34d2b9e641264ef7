package main

import (
	"encoding/json"
	"errors"

	"golang.org/x/crypto/ssh"
)

// member is what the server tells of a learner.
type member struct {
	Name  string `json:"name"`
	Pages int    `json:"pages"`
}

// memberOf asks for what a teacher sees of a learner.
func memberOf(address string, signer ssh.Signer) (member, error) {
	out, err := runCommand(address, signer, "me", "")
	if err != nil {
		return member{}, err
	}
	var told struct {
		Members []member `json:"members"`
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil {
		return member{}, err
	}
	if len(told.Members) != 1 {
		return member{}, errors.New("me tells of somebody else")
	}
	return told.Members[0], nil
}
