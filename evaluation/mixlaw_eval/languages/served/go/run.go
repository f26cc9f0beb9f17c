// Package harness runs the tests of one program as the main function that "go test" generates does.
package harness

import (
	"os"
	"reflect"
	"testing"
)

// Run runs the tests, or the program's own TestMain, and exits as a test binary does. When there were tests and all
// of them passed, the sentinel is the last line of standard output.
func Run(tests []testing.InternalTest, testMain func(*testing.M), sentinel string) {
	m := testing.MainStart(deps{}, tests, nil, nil, nil)
	code := 0
	if testMain == nil {
		code = m.Run()
	} else {
		testMain(m)
		code = int(reflect.ValueOf(m).Elem().FieldByName("exitCode").Int())
	}
	if code == 0 && len(tests) > 0 && sentinel != "" {
		os.Stdout.WriteString("\n" + sentinel + "\n")
	}
	os.Exit(code)
}
