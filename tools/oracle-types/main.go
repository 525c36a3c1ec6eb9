//go:debug gotypesalias=0

// Command oracle-types writes what go/types knows of every expression in a module's packages:
//
//	oracle-types <folder> ./...
//
//	@wiz/wiz.go
//	104 118 CallExpr ([]uint8,error)
//
// One line per expression: offsets in bytes, the kind of node, its type in the notation of notation.go. Needs the Go
// toolchain and compiled dependencies; what does not compile is left out. The comparison itself is run.ts.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// listed is a package as the go command lists it.
type listed struct {
	ImportPath string
	Dir        string
	Export     string
	GoFiles    []string
	CgoFiles   []string
	DepOnly    bool
	ImportMap  map[string]string
	Module     *struct{ GoVersion string }
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: oracle-types <folder> <pattern>...")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "oracle-types:", err)
		os.Exit(1)
	}
}

func run(folder string, patterns []string) error {
	packages, err := list(folder, patterns)
	if err != nil {
		return err
	}
	exports := map[string]string{}
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	out := bufio.NewWriter(os.Stdout)
	for _, p := range packages {
		if p.DepOnly || len(p.CgoFiles) > 0 {
			continue
		}
		if err := check(out, folder, p, exports); err != nil {
			return fmt.Errorf("%s: %w", p.ImportPath, err)
		}
	}
	return out.Flush()
}

func list(folder string, patterns []string) ([]*listed, error) {
	args := []string{"list", "-e", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,CgoFiles,DepOnly,ImportMap,Module"}
	cmd := exec.Command("go", append(args, patterns...)...)
	cmd.Dir = folder
	cmd.Stderr = os.Stderr
	output, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("listing packages: %w", err)
	}
	var packages []*listed
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	for {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the list of packages: %w", err)
		}
		packages = append(packages, &p)
	}
}

func check(out io.Writer, folder string, p *listed, exports map[string]string) error {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		files = append(files, file)
	}
	compiled := func(path string) (io.ReadCloser, error) {
		if mapped, ok := p.ImportMap[path]; ok {
			path = mapped
		}
		if exports[path] == "" {
			return nil, fmt.Errorf("%s is not compiled", path)
		}
		return os.Open(exports[path])
	}
	config := types.Config{
		Importer: importer.ForCompiler(fset, "gc", compiled),
		// Errors leave invalid types behind, which are not written.
		Error: func(error) {},
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Defs:  map[*ast.Ident]types.Object{},
		Uses:  map[*ast.Ident]types.Object{},
	}
	_, _ = config.Check(p.ImportPath, fset, files, info)
	for _, file := range files {
		whole := fset.File(file.FileStart)
		path, err := filepath.Rel(folder, whole.Name())
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "@%s\n", filepath.ToSlash(path))
		ast.Inspect(file, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			if t := typeOf(info, e); t != nil {
				if text := notation(t, 0); !strings.Contains(text, "invalid type") {
					kind := strings.TrimPrefix(fmt.Sprintf("%T", e), "*ast.")
					fmt.Fprintf(out, "%d %d %s %s\n", int(e.Pos())-whole.Base(), int(e.End())-whole.Base(), kind, text)
				}
			}
			return true
		})
	}
	return nil
}

// typeOf gives the type of a value, or the type an expression denotes; nil for packages, labels and builtins.
func typeOf(info *types.Info, e ast.Expr) types.Type {
	if tv, ok := info.Types[e]; ok {
		if tv.IsBuiltin() {
			return nil
		}
		return tv.Type
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	object := info.Uses[id]
	if object == nil {
		object = info.Defs[id]
	}
	switch object.(type) {
	case *types.Var, *types.Const, *types.Func, *types.TypeName:
		return object.Type()
	}
	return nil
}
