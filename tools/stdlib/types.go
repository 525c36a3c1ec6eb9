package main

import (
	"fmt"
	"go/types"
	"strings"
)

// References to other packages are written as "\x01import/path\x02Name" and get their package name
// when the section is rendered, because only then all names of the section are known.
const (
	openReference  = "\x01"
	closeReference = "\x02"
)

// A writer spells types of one package as Go source. Every type name it meets goes to reference,
// every method of an interface that only that package can declare goes to hidden.
type writer struct {
	pkg       *types.Package
	reference func(*types.TypeName)
	hidden    func(*types.Func)
}

// spell returns t as Go source, without parameter names, field tags and unexported fields.
func (w *writer) spell(t types.Type) string {
	switch t := t.(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return openReference + "unsafe" + closeReference + "Pointer"
		}
		return t.Name()
	case *types.Alias:
		return w.name(t.Obj()) + w.arguments(t.TypeArgs())
	case *types.Named:
		return w.name(t.Obj()) + w.arguments(t.TypeArgs())
	case *types.TypeParam:
		return t.Obj().Name()
	case *types.Pointer:
		return "*" + w.spell(t.Elem())
	case *types.Slice:
		return "[]" + w.spell(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), w.spell(t.Elem()))
	case *types.Map:
		return "map[" + w.spell(t.Key()) + "]" + w.spell(t.Elem())
	case *types.Chan:
		return w.channel(t)
	case *types.Signature:
		return "func" + w.signature(t)
	case *types.Struct:
		return structText(w.fields(t))
	case *types.Interface:
		return w.interfaceText(t)
	case *types.Union:
		terms := make([]string, 0, t.Len())
		for term := range t.Terms() {
			tilde := ""
			if term.Tilde() {
				tilde = "~"
			}
			terms = append(terms, tilde+w.spell(term.Type()))
		}
		return strings.Join(terms, " | ")
	}
	panic(fmt.Sprintf("no spelling for %T", t))
}

func (w *writer) name(object *types.TypeName) string {
	if object.Pkg() == nil {
		return object.Name() // any, error, comparable
	}
	w.reference(object)
	if object.Pkg() == w.pkg {
		return object.Name()
	}
	return openReference + object.Pkg().Path() + closeReference + object.Name()
}

func (w *writer) arguments(list *types.TypeList) string {
	if list.Len() == 0 {
		return ""
	}
	texts := make([]string, 0, list.Len())
	for t := range list.Types() {
		texts = append(texts, w.spell(t))
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// parameters spells a type parameter list with its constraints: "[K comparable, V any]".
func (w *writer) parameters(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	texts := make([]string, 0, list.Len())
	for p := range list.TypeParams() {
		constraint := w.spell(p.Constraint())
		if strings.HasPrefix(constraint, "*") {
			constraint = "interface { " + constraint + " }" // "[P *T]" would read as an array length
		}
		texts = append(texts, p.Obj().Name()+" "+constraint)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

func (w *writer) channel(t *types.Chan) string {
	element := w.spell(t.Elem())
	switch t.Dir() {
	case types.SendOnly:
		return "chan<- " + element
	case types.RecvOnly:
		return "<-chan " + element
	}
	if strings.HasPrefix(element, "<-") {
		element = "(" + element + ")"
	}
	return "chan " + element
}

// signature spells parameters and results: "(string, ...any) (int, error)".
func (w *writer) signature(t *types.Signature) string {
	var text strings.Builder
	text.WriteString("(")
	for i := range t.Params().Len() {
		if i > 0 {
			text.WriteString(", ")
		}
		parameter := t.Params().At(i).Type()
		if t.Variadic() && i == t.Params().Len()-1 {
			text.WriteString("..." + w.spell(parameter.(*types.Slice).Elem()))
		} else {
			text.WriteString(w.spell(parameter))
		}
	}
	text.WriteString(")")
	switch t.Results().Len() {
	case 0:
	case 1:
		text.WriteString(" " + w.spell(t.Results().At(0).Type()))
	default:
		texts := make([]string, 0, t.Results().Len())
		for result := range t.Results().Variables() {
			texts = append(texts, w.spell(result.Type()))
		}
		text.WriteString(" (" + strings.Join(texts, ", ") + ")")
	}
	return text.String()
}

// A field is an exported field, or an embedded one: embedded types are kept whatever their name,
// because their exported fields and methods are promoted.
type field struct {
	name, text string
	embedded   bool
}

func (w *writer) fields(t *types.Struct) []field {
	var list []field
	for f := range t.Fields() {
		if f.Exported() || f.Embedded() {
			list = append(list, field{name: f.Name(), text: w.spell(f.Type()), embedded: f.Embedded()})
		}
	}
	return list
}

// structText writes neighbours of one type together: "struct { Name, Value string; Raw []byte }".
func structText(fields []field) string {
	var groups []string
	for i, f := range fields {
		switch {
		case f.embedded:
			groups = append(groups, f.text)
		case i > 0 && !fields[i-1].embedded && fields[i-1].text == f.text:
			last := groups[len(groups)-1]
			names := strings.TrimSuffix(last, " "+f.text)
			groups[len(groups)-1] = names + ", " + f.name + " " + f.text
		default:
			groups = append(groups, f.name+" "+f.text)
		}
	}
	if len(groups) == 0 {
		return "struct{}"
	}
	return "struct { " + strings.Join(groups, "; ") + " }"
}

func (w *writer) interfaceText(t *types.Interface) string {
	if t.IsImplicit() {
		return w.spell(t.EmbeddedType(0)) // the "~[]E" of a constraint
	}
	var parts []string
	for embedded := range t.EmbeddedTypes() {
		parts = append(parts, w.spell(embedded))
	}
	for method := range t.ExplicitMethods() {
		if !method.Exported() {
			w.hidden(method)
		}
		parts = append(parts, method.Name()+w.signature(method.Signature()))
	}
	if len(parts) == 0 {
		return "any"
	}
	return "interface { " + strings.Join(parts, "; ") + " }"
}
