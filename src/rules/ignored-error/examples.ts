/**
 * One small file of Go for each finding of rule 6: as it is reported, and mended. The tests run the rule on both.
 */
export const examples = {
  'blank-error': {
    bad: `package hosts

import "encoding/json"

func encode(name string) []byte {
	raw, _ := json.Marshal(name)
	return raw
}`,
    good: `package hosts

import (
	"encoding/json"
	"fmt"
)

func encode(name string) ([]byte, error) {
	raw, err := json.Marshal(name)
	if err != nil {
		return nil, fmt.Errorf("encode host: %w", err)
	}
	return raw, nil
}`,
  },
  'unchecked-call': {
    bad: `package hosts

import "encoding/json"

func decode(raw []byte) (names []string) {
	json.Unmarshal(raw, &names)
	return names
}`,
    good: `package hosts

import (
	"encoding/json"
	"fmt"
)

func decode(raw []byte) (names []string, err error) {
	if err := json.Unmarshal(raw, &names); err != nil {
		return nil, fmt.Errorf("decode hosts: %w", err)
	}
	return names, nil
}`,
  },
  'lost-cause': {
    bad: `package hosts

import (
	"fmt"
	"os"
)

func read(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read hosts: %v", err)
	}
	return raw, nil
}`,
    good: `package hosts

import (
	"fmt"
	"os"
)

func read(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read hosts: %w", err)
	}
	return raw, nil
}`,
  },
  'overwritten-error': {
    bad: `package hosts

import (
	"encoding/json"
	"fmt"
	"os"
)

func load(path string) (names []string, err error) {
	raw, err := os.ReadFile(path)
	err = json.Unmarshal(raw, &names)
	if err != nil {
		return nil, fmt.Errorf("load hosts: %w", err)
	}
	return names, nil
}`,
    good: `package hosts

import (
	"encoding/json"
	"fmt"
	"os"
)

func load(path string) (names []string, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read hosts: %w", err)
	}
	err = json.Unmarshal(raw, &names)
	if err != nil {
		return nil, fmt.Errorf("load hosts: %w", err)
	}
	return names, nil
}`,
  },
  'nil-after-error': {
    bad: `package hosts

import "os"

func read(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, nil
	}
	return raw, nil
}`,
    good: `package hosts

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

func read(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read hosts: %w", err)
	}
	return raw, nil
}`,
  },
  'logged-and-continued': {
    bad: `package hosts

import (
	"log"
	"os"
)

func count(path string) int {
	raw, err := os.ReadFile(path)
	if err != nil {
		log.Printf("read hosts: %v", err)
	}
	lines := 0
	for _, b := range raw {
		if b == '\\n' {
			lines++
		}
	}
	return lines
}`,
    good: `package hosts

import (
	"log"
	"os"
)

func countAll(paths []string) (lines int) {
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			log.Printf("read hosts: %v", err)
			continue
		}
		lines += len(raw)
	}
	return lines
}`,
  },
  'unbound-check': {
    bad: `package hosts

import (
	"encoding/json"
	"fmt"
	"os"
)

func load(path string) (names []string, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read hosts: %w", err)
	}
	if json.Unmarshal(raw, &names); err != nil {
		return nil, fmt.Errorf("load hosts: %w", err)
	}
	return names, nil
}`,
    good: `package hosts

import (
	"encoding/json"
	"fmt"
	"os"
)

func load(path string) (names []string, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read hosts: %w", err)
	}
	if err := json.Unmarshal(raw, &names); err != nil {
		return nil, fmt.Errorf("load hosts: %w", err)
	}
	return names, nil
}`,
  },
  'unwrapped-return': {
    bad: `package hosts

import "os"

func count(path string) (int, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	return len(raw), nil
}`,
    good: `package hosts

import (
	"fmt"
	"os"
)

func count(path string) (int, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return 0, fmt.Errorf("count hosts: %w", err)
	}
	return len(raw), nil
}`,
  },
} as const;
