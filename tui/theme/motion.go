package theme

// ReducedMotionVariable is the environment variable that asks for as little motion as possible.
const ReducedMotionVariable = "AETUTOR_REDUCED_MOTION"

// ReducedMotion reads the value of ReducedMotionVariable. Somebody who sets it to anything wants it, but for what says
// no.
func ReducedMotion(value string) bool {
	switch value {
	case "", "0", "false", "no", "off":
		return false
	}
	return true
}
