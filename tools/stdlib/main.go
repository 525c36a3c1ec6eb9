// Command stdlib writes what other packages can see of the Go standard library as one file of Go
// declarations, read from a real GOROOT:
//
//	go run . -o ../../src/knowledge/stdlib/declarations.txt
//
//	-- strings --
//	package strings
//	import ("io"; "iter"; "unicode")
//	type Builder struct{}
//	func (*Builder) WriteString(string) (int, error)
//
// The file is a function of the Go release alone: the same release gives the same bytes on every
// machine. What is left out, and how platforms are united, stands in the header (render.go).
// The program needs nothing but the standard library itself.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	goroot := flag.String("goroot", "", "the Go installation to read (default: that of the go command)")
	output := flag.String("o", "", "file to write (default: standard output)")
	verbose := flag.Bool("v", false, "report what differs between platforms, and the size of each section")
	flag.Parse()
	if err := run(*goroot, *output, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "stdlib:", err)
		os.Exit(1)
	}
}

func run(goroot, output string, verbose bool) error {
	if goroot == "" {
		found, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return fmt.Errorf("asking the go command for GOROOT: %w", err)
		}
		goroot = strings.TrimSpace(string(found))
	}
	release, err := releaseOf(goroot)
	if err != nil {
		return err
	}
	log := func(string, ...any) {}
	if verbose {
		log = func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
	}

	united := library{}
	for _, platform := range platforms {
		world, err := load(goroot, platform)
		if err != nil {
			return fmt.Errorf("%s: %w", platform.name(), err)
		}
		declared, err := declare(world)
		if err != nil {
			return fmt.Errorf("%s: %w", platform.name(), err)
		}
		united.add(declared, platform, log)
	}
	united["unsafe"] = unsafeSection()

	text, err := render(united, release, log)
	if err != nil {
		return err
	}
	if output == "" {
		_, err = os.Stdout.Write(text)
		return err
	}
	if old, err := os.ReadFile(output); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return os.WriteFile(output, text, 0o644)
}

// releaseOf reads the first line of GOROOT/VERSION, such as "go1.26.8".
func releaseOf(goroot string) (string, error) {
	content, err := os.ReadFile(filepath.Join(goroot, "VERSION"))
	if err != nil {
		return "", fmt.Errorf("the release of this GOROOT is unknown: %w", err)
	}
	line, _, _ := strings.Cut(string(content), "\n")
	return strings.TrimSpace(line), nil
}
