package main

// unsafeSection declares package unsafe, which no Go source defines: its functions are part of the
// language. Written as generic functions, their results follow from their arguments as the Go
// specification says ("Package unsafe"); that some of them are constant expressions is lost.
func unsafeSection() *section {
	s := &section{name: "unsafe", declarations: map[string]*declaration{}}
	const integers = " interface { ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr }"
	for _, d := range []declaration{
		{kind: typeKind, name: "integer", text: integers},
		{kind: typeKind, name: "Pointer", text: " *byte"},
		{kind: functionKind, name: "Add", text: "[L integer](Pointer, L) Pointer"},
		{kind: functionKind, name: "Alignof", text: "(any) uintptr"},
		{kind: functionKind, name: "Offsetof", text: "(any) uintptr"},
		{kind: functionKind, name: "Sizeof", text: "(any) uintptr"},
		{kind: functionKind, name: "Slice", text: "[T any, L integer](*T, L) []T"},
		{kind: functionKind, name: "SliceData", text: "[T any]([]T) *T"},
		{kind: functionKind, name: "String", text: "[L integer](*byte, L) string"},
		{kind: functionKind, name: "StringData", text: "(string) *byte"},
	} {
		s.declarations[d.key()] = &d
	}
	return s
}
