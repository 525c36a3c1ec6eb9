package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A platform is one way of building the standard library. Experiments add packages that a default
// build does not have; only those packages are taken from such a platform (onlyNew).
type platform struct {
	goos, goarch string
	experiments  []string
	onlyNew      bool
}

func (p platform) name() string {
	return strings.Join(append([]string{p.goos + "/" + p.goarch}, p.experiments...), "+")
}

// The order is the precedence: where two platforms declare one name differently, the earlier wins.
var platforms = []platform{
	{goos: "linux", goarch: "amd64"},
	{goos: "darwin", goarch: "arm64"},
	{goos: "windows", goarch: "amd64"},
	{goos: "linux", goarch: "amd64", experiments: []string{"jsonv2", "runtimesecret", "arenas"}, onlyNew: true},
}

// A world is the type-checked standard library of one platform. Function bodies are not checked.
type world struct {
	public   []string // import paths that any program may import, sorted
	packages map[string]*types.Package
}

type loader struct {
	context  build.Context
	source   string // GOROOT/src
	fset     *token.FileSet
	packages map[string]*types.Package
}

func load(goroot string, p platform) (*world, error) {
	context := build.Default
	context.GOROOT = goroot
	context.GOOS = p.goos
	context.GOARCH = p.goarch
	context.GOPATH = ""
	context.CgoEnabled = true
	context.BuildTags = nil
	context.ToolTags = slices.DeleteFunc(slices.Clone(context.ToolTags), func(tag string) bool {
		return !strings.HasPrefix(tag, "goexperiment.") // the rest names the processor of this machine
	})
	for _, experiment := range p.experiments {
		context.ToolTags = append(context.ToolTags, "goexperiment."+experiment)
	}
	l := &loader{
		context:  context,
		source:   filepath.Join(goroot, "src"),
		fset:     token.NewFileSet(),
		packages: map[string]*types.Package{"unsafe": types.Unsafe},
	}
	paths, err := l.publicPackages()
	if err != nil {
		return nil, err
	}
	w := &world{packages: l.packages}
	for _, importPath := range paths {
		pkg, err := l.Import(importPath)
		var empty *build.NoGoError
		if errors.As(err, &empty) {
			continue // not on this platform
		}
		if err != nil {
			return nil, err
		}
		if pkg.Name() != "main" {
			w.public = append(w.public, importPath)
		}
	}
	return w, nil
}

// publicPackages lists the folders below GOROOT/src that may hold importable packages. "builtin" is
// documentation of the universe scope, "unsafe" is written by hand (see unsafe.go).
func (l *loader) publicPackages() ([]string, error) {
	var paths []string
	err := filepath.WalkDir(l.source, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() || file == l.source {
			return nil
		}
		name := entry.Name()
		if name == "internal" || name == "vendor" || name == "testdata" || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
			return filepath.SkipDir
		}
		relative, err := filepath.Rel(l.source, file)
		if err != nil {
			return err
		}
		importPath := filepath.ToSlash(relative)
		if importPath == "cmd" {
			return filepath.SkipDir
		}
		if importPath != "builtin" && importPath != "unsafe" {
			paths = append(paths, importPath)
		}
		return nil
	})
	slices.Sort(paths)
	return paths, err
}

// Import implements types.Importer. Packages of other modules live in GOROOT/src/vendor.
func (l *loader) Import(importPath string) (*types.Package, error) {
	if first, _, _ := strings.Cut(importPath, "/"); strings.Contains(first, ".") {
		importPath = path.Join("vendor", importPath)
	}
	if pkg, ok := l.packages[importPath]; ok {
		if pkg == nil {
			return nil, fmt.Errorf("%s: import cycle", importPath)
		}
		return pkg, nil
	}
	dir := filepath.Join(l.source, filepath.FromSlash(importPath))
	found, err := l.context.ImportDir(dir, 0)
	if err != nil {
		return nil, err
	}
	l.packages[importPath] = nil
	var files []*ast.File
	for _, name := range slices.Concat(found.GoFiles, found.CgoFiles) {
		file, err := parser.ParseFile(l.fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := types.Config{
		Importer:         l,
		IgnoreFuncBodies: true,
		FakeImportC:      true, // nothing of C is visible from outside
		Sizes:            types.SizesFor("gc", l.context.GOARCH),
	}
	pkg, err := config.Check(importPath, l.fset, files, nil)
	if err != nil {
		return nil, err
	}
	l.packages[importPath] = pkg
	return pkg, nil
}
