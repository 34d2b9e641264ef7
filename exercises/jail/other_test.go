//go:build !linux

package jail

import "testing"

func runTests(m *testing.M) int { return m.Run() }
