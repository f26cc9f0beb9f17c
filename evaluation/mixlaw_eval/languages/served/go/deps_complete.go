package harness

import "testing/internal/testdeps"

// deps is what "go test" itself uses: for a Go whose package testing asks for more than deps.go has.
type deps = testdeps.TestDeps
