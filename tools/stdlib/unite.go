package main

// add unites the declarations of a further platform with those already there. What is there stays;
// structs get the fields that only the further platform has.
func (l library) add(other library, p platform, log func(string, ...any)) {
	for _, path := range sortedKeys(other) {
		theirs := other[path]
		ours, ok := l[path]
		if !ok {
			l[path] = theirs
			continue
		}
		if p.onlyNew {
			continue
		}
		for _, key := range sortedKeys(theirs.declarations) {
			d := theirs.declarations[key]
			if mine, ok := ours.declarations[key]; ok {
				if mine.isStruct && d.isStruct {
					ours.addFields(mine, d)
				} else if mine.text != d.text || mine.kind != d.kind {
					log("%s: %s.%s differs: %s", p.name(), path, key, d.text)
				}
				continue
			}
			if owner, ok := ours.declarations[d.receiver]; ok && owner.hasField(d.name) {
				log("%s: %s.%s is a field elsewhere", p.name(), path, key)
				continue
			}
			ours.declarations[key] = d
		}
	}
}

func (s *section) addFields(to, from *declaration) {
	for _, f := range from.fields {
		_, isMethod := s.declarations[to.name+"."+f.name]
		if !isMethod && !to.hasField(f.name) {
			to.fields = append(to.fields, f)
		}
	}
}

func (d *declaration) hasField(name string) bool {
	for _, f := range d.fields {
		if f.name == name {
			return true
		}
	}
	return false
}
