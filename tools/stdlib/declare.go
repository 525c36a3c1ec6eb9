package main

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
)

// A library holds the sections of all packages by import path.
type library map[string]*section

// A section holds the declarations of one package: "Get", "Client", "Client.Do".
type section struct {
	name         string // of the package
	declarations map[string]*declaration
}

type kind int

const (
	constantKind kind = iota
	variableKind
	typeKind
	functionKind
)

type declaration struct {
	kind     kind
	receiver string // type name, for methods
	name     string
	text     string  // what follows the name: " = 200", " error", "[T any] ", "(string) error"
	fields   []field // of a struct type, written behind text
	isStruct bool
}

func (d *declaration) key() string {
	if d.receiver != "" {
		return d.receiver + "." + d.name
	}
	return d.name
}

// A collector turns the objects of a world into declarations. It starts from the exported names of the
// public packages and follows types: an unexported type, or one of an internal package, is declared
// when something visible mentions it.
type collector struct {
	world    *world
	public   map[string]bool
	sections library
	done     map[*types.TypeName]bool
	queue    []*types.TypeName
	hidden   map[string]bool // "import/path.name" of unexported interface methods
	failure  error
}

func declare(w *world) (library, error) {
	c := &collector{
		world:    w,
		public:   map[string]bool{},
		sections: library{},
		done:     map[*types.TypeName]bool{},
		hidden:   map[string]bool{},
	}
	for _, path := range w.public {
		c.public[path] = true
	}
	for _, path := range w.public {
		pkg := w.packages[path]
		c.section(pkg)
		for _, name := range pkg.Scope().Names() {
			if object := pkg.Scope().Lookup(name); object.Exported() {
				c.object(object)
			}
		}
	}
	c.settle()
	return c.sections, c.failure
}

// settle declares the types that were mentioned, and of all declared types the unexported methods that
// a declared interface asks for, until nothing new turns up.
func (c *collector) settle() {
	for {
		for len(c.queue) > 0 {
			next := c.queue[0]
			c.queue = c.queue[1:]
			c.typeName(next)
		}
		before := len(c.hidden)
		for object := range c.done {
			if named, ok := object.Type().(*types.Named); ok && !object.IsAlias() {
				c.methods(named)
			}
		}
		if len(c.queue) == 0 && len(c.hidden) == before {
			return
		}
	}
}

func (c *collector) section(pkg *types.Package) *section {
	s, ok := c.sections[pkg.Path()]
	if !ok {
		s = &section{name: pkg.Name(), declarations: map[string]*declaration{}}
		c.sections[pkg.Path()] = s
	}
	return s
}

func (c *collector) writer(pkg *types.Package) *writer {
	return &writer{
		pkg: pkg,
		reference: func(name *types.TypeName) {
			if name.Exported() && c.public[name.Pkg().Path()] || c.done[name] {
				return // declared from the package's scope
			}
			c.queue = append(c.queue, name)
		},
		hidden: func(method *types.Func) { c.hidden[method.Pkg().Path()+"."+method.Name()] = true },
	}
}

func (c *collector) add(pkg *types.Package, d *declaration) {
	c.section(pkg).declarations[d.key()] = d
}

func (c *collector) object(object types.Object) {
	pkg := object.Pkg()
	w := c.writer(pkg)
	switch object := object.(type) {
	case *types.TypeName:
		c.typeName(object)
	case *types.Func:
		signature := object.Signature()
		text := w.parameters(signature.TypeParams()) + w.signature(signature)
		c.add(pkg, &declaration{kind: functionKind, name: object.Name(), text: text})
	case *types.Var:
		c.add(pkg, &declaration{kind: variableKind, name: object.Name(), text: " " + w.spell(object.Type())})
	case *types.Const:
		if withoutConstants[pkg.Path()] {
			return
		}
		value, err := constantText(object)
		if err != nil && c.failure == nil {
			c.failure = fmt.Errorf("%s: %w", pkg.Path(), err)
		}
		text := " = " + value
		if basic, ok := object.Type().(*types.Basic); !ok || basic.Info()&types.IsUntyped == 0 {
			text = " " + w.spell(object.Type()) + text
		}
		c.add(pkg, &declaration{kind: constantKind, name: object.Name(), text: text})
	}
}

func (c *collector) typeName(object *types.TypeName) {
	if c.done[object] {
		return
	}
	c.done[object] = true
	w := c.writer(object.Pkg())
	d := &declaration{kind: typeKind, name: object.Name()}
	c.add(object.Pkg(), d)
	if alias, ok := object.Type().(*types.Alias); ok {
		d.text = w.parameters(alias.TypeParams()) + " = " + w.spell(alias.Rhs())
		return
	}
	named := object.Type().(*types.Named)
	d.text = w.parameters(named.TypeParams()) + " "
	if structure, ok := named.Underlying().(*types.Struct); ok {
		d.isStruct, d.fields = true, w.fields(structure)
	} else {
		d.text += w.spell(named.Underlying())
	}
	c.methods(named)
}

// methods declares the exported methods of a type, and the unexported ones that make it implement a
// declared interface, such as exprNode of go/ast.
func (c *collector) methods(named *types.Named) {
	pkg := named.Obj().Pkg()
	w := c.writer(pkg)
	for method := range named.Methods() {
		if !method.Exported() && !c.hidden[pkg.Path()+"."+method.Name()] {
			continue
		}
		d := &declaration{kind: functionKind, receiver: named.Obj().Name(), name: method.Name()}
		if _, ok := c.section(pkg).declarations[d.key()]; ok {
			continue
		}
		signature := method.Signature()
		d.text = receiverText(signature) + " " + d.name + w.signature(signature)
		c.add(pkg, d)
	}
}

// receiverText is "(*Pointer[T])" or "(Time)". The receiver's type parameters have names of their own.
func receiverText(signature *types.Signature) string {
	t, star := signature.Recv().Type(), ""
	if pointer, ok := t.(*types.Pointer); ok {
		t, star = pointer.Elem(), "*"
	}
	text := t.(*types.Named).Obj().Name()
	if parameters := signature.RecvTypeParams(); parameters.Len() > 0 {
		var names []string
		for p := range parameters.TypeParams() {
			names = append(names, p.Obj().Name())
		}
		text += "[" + strings.Join(names, ", ") + "]"
	}
	return "(" + star + text + ")"
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
