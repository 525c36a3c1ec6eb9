package main

import (
	"fmt"
	"go/types"
	"sort"
	"strings"
)

const maxDepth = 12

// notation writes a type so that two front ends agree on it: without names of parameters and tags, aliases resolved,
// members of interfaces sorted. run.ts has the same in TypeScript.
func notation(t types.Type, depth int) string {
	if depth > maxDepth {
		return "…"
	}
	depth++
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basic(t)
	case *types.Named:
		name := t.Obj().Name()
		if pkg := t.Obj().Pkg(); pkg != nil {
			name = pkg.Name() + "." + name
		}
		if args := t.TypeArgs(); args.Len() > 0 {
			var parts []string
			for i := range args.Len() {
				parts = append(parts, notation(args.At(i), depth))
			}
			return name + "[" + strings.Join(parts, ",") + "]"
		}
		return name + typeParams(t.TypeParams(), depth)
	case *types.Pointer:
		return "*" + notation(t.Elem(), depth)
	case *types.Slice:
		return "[]" + notation(t.Elem(), depth)
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), notation(t.Elem(), depth))
	case *types.Map:
		return "map[" + notation(t.Key(), depth) + "]" + notation(t.Elem(), depth)
	case *types.Chan:
		direction := map[types.ChanDir]string{types.SendRecv: "chan", types.SendOnly: "chan<-", types.RecvOnly: "<-chan"}
		return direction[t.Dir()] + " (" + notation(t.Elem(), depth) + ")"
	case *types.Signature:
		return "func" + signature(t, depth)
	case *types.Struct:
		var parts []string
		for i := range t.NumFields() {
			field := t.Field(i)
			text := notation(field.Type(), depth)
			if !field.Embedded() {
				text = field.Name() + " " + text
			}
			parts = append(parts, text)
		}
		return "struct{" + strings.Join(parts, ";") + "}"
	case *types.Interface:
		return iface(t, depth)
	case *types.Union:
		var parts []string
		for i := range t.Len() {
			text := notation(t.Term(i).Type(), depth)
			if t.Term(i).Tilde() {
				text = "~" + text
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, "|")
	case *types.Tuple:
		return "(" + variables(t, false, depth) + ")"
	case *types.TypeParam:
		return t.Obj().Name()
	}
	return t.String()
}

func basic(t *types.Basic) string {
	switch t.Name() {
	case "byte":
		return "uint8"
	case "rune":
		return "int32"
	case "Pointer":
		return "unsafe.Pointer"
	}
	return t.Name()
}

func iface(t *types.Interface, depth int) string {
	var parts []string
	for i := range t.NumExplicitMethods() {
		method := t.ExplicitMethod(i)
		parts = append(parts, method.Name()+signature(method.Type().(*types.Signature), depth))
	}
	for i := range t.NumEmbeddeds() {
		parts = append(parts, notation(t.EmbeddedType(i), depth))
	}
	if t.IsImplicit() && len(parts) == 1 {
		return parts[0]
	}
	sort.Strings(parts)
	return "interface{" + strings.Join(parts, ";") + "}"
}

func typeParams(list *types.TypeParamList, depth int) string {
	if list.Len() == 0 {
		return ""
	}
	var parts []string
	for i := range list.Len() {
		parts = append(parts, list.At(i).Obj().Name()+" "+notation(list.At(i).Constraint(), depth))
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func signature(t *types.Signature, depth int) string {
	text := typeParams(t.TypeParams(), depth) + "(" + variables(t.Params(), t.Variadic(), depth) + ")"
	if t.Results().Len() > 0 {
		text += "(" + variables(t.Results(), false, depth) + ")"
	}
	return text
}

func variables(list *types.Tuple, variadic bool, depth int) string {
	var parts []string
	for i := range list.Len() {
		t := list.At(i).Type()
		if slice, ok := t.(*types.Slice); ok && variadic && i == list.Len()-1 {
			parts = append(parts, "..."+notation(slice.Elem(), depth))
			continue
		}
		parts = append(parts, notation(t, depth))
	}
	return strings.Join(parts, ",")
}
