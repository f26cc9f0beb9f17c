package harness

import (
	"internal/testlog"
	"io"
	"reflect"
	"time"
)

type entry = struct {
	Parent     string
	Path       string
	Data       []byte
	Values     []any
	Generation int
	IsSeed     bool
}

// deps has the methods that package testing asks for, of Go 1.18 to the newest. It stands in for
// testing/internal/testdeps, which would bring profiling and fuzzing into every program and make linking a third
// slower; tests that neither profile nor fuzz cannot tell the difference.
type deps struct{}

func (deps) ImportPath() string                          { return "command-line-arguments" }
func (deps) ModulePath() string                          { return "" }
func (deps) MatchString(string, string) (bool, error)    { return true, nil }
func (deps) SetPanicOnExit0(on bool)                     { testlog.SetPanicOnExit0(on) }
func (deps) StartCPUProfile(io.Writer) error             { return nil }
func (deps) StopCPUProfile()                             {}
func (deps) StartTestLog(io.Writer)                      {}
func (deps) StopTestLog() error                          { return nil }
func (deps) WriteProfileTo(string, io.Writer, int) error { return nil }
func (deps) RunFuzzWorker(func(entry) error) error       { return nil }
func (deps) CheckCorpus([]any, []reflect.Type) error     { return nil }
func (deps) ResetCoverage()                              {}
func (deps) SnapshotCoverage()                           {}

func (deps) ReadCorpus(string, []reflect.Type) ([]entry, error) { return nil, nil }

func (deps) CoordinateFuzzing(
	time.Duration, int64, time.Duration, int64, int, []entry, []reflect.Type, string, string,
) error {
	return nil
}

func (deps) InitRuntimeCoverage() (
	mode string, tearDown func(profile string, folder string) (string, error), covered func() float64,
) {
	return
}
