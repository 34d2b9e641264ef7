package server

import "testing"

func TestTheCursorOfAFirstVisitDoesNotBlink(t *testing.T) {
	v := newVisit("SHA256:key", "", nil)
	if _, blink := v.moved("tab"); blink != nil {
		t.Errorf("going to a field starts %T", blink())
	}
}
