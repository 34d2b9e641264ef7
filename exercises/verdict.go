package exercises

// Status is what became of a check.
type Status string

// What a check can end with.
const (
	Pass    Status = "pass"    // every case is right
	Fail    Status = "fail"    // a case is wrong
	Todo    Status = "todo"    // the file is as it was written
	Build   Status = "build"   // it does not compile
	Panic   Status = "panic"   // it panicked
	Timeout Status = "timeout" // it took too long
	Memory  Status = "memory"  // it took too much memory
)

// Verdict is what a check found. Its JSON is what `aetutor check --json` prints.
type Verdict struct {
	Name    string  `json:"name"`
	Lesson  string  `json:"lesson"` // the lesson's slug
	Status  Status  `json:"status"`
	Cases   []Case  `json:"cases"`
	Hint    string  `json:"hint"`    // Markdown, for a wrong answer that was recognised; else ""
	Seconds float64 `json:"seconds"` // from the start of the check to its end
}

// Case is what became of one case. What keeps the file from answering at all is a case of its own, named by the status.
type Case struct {
	Name    string `json:"name"`
	OK      bool   `json:"ok"`
	Input   string `json:"input"`   // in short
	Want    string `json:"want"`    // in short
	Got     string `json:"got"`     // in short
	Message string `json:"message"` // what is wrong, "" for a case that is right
}

// failed is the verdict on a file that did not come to its answers.
func (v Verdict) failed(status Status, message, hint string) Verdict {
	v.Status, v.Hint = status, hint
	v.Cases = []Case{{Name: string(status), Message: message}}
	return v
}
