package board

import "testing"

func TestNoticeReplacesTheOneBefore(t *testing.T) {
	var n Notice
	n.Say("the learning rate is %g", 0.5)
	if want := (Notice{"the learning rate is 0.5", Bright}); n != want {
		t.Errorf("said %+v, want %+v", n, want)
	}
	n.Refuse("there is no earlier run yet")
	if want := (Notice{"there is no earlier run yet", Warning}); n != want {
		t.Errorf("refused %+v, want %+v", n, want)
	}
}
