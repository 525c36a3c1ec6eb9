import { describe, expect, test } from 'vitest';
import { assetPath } from '../../src/knowledge/assets.ts';
import { stdlibPackages, stdlibRelease, stdlibSource } from '../../src/knowledge/stdlib.ts';

function lines(importPath: string): readonly string[] {
  return stdlibSource(importPath)?.split('\n') ?? [];
}

describe('facts that rules depend on', () => {
  test.each([
    ['encoding/json', 'func Marshal(any) ([]byte, error)'],
    ['encoding/json', 'func (*Encoder) Encode(any) error'],
    ['encoding/csv', 'func (*Writer) Flush()'],
    ['text/tabwriter', 'func (*Writer) Flush() error'],
    ['bufio', 'func (*Writer) Flush() error'],
    ['net/http', 'func (*Client) Do(*Request) (*Response, error)'],
    ['net/http', 'func NewRequestWithContext(context.Context, string, string, io.Reader) (*Request, error)'],
    ['net/http', 'const StatusTooManyRequests = 429'],
    ['net/http', 'const MethodGet = "GET"'],
    ['net/http', 'var DefaultClient *Client'],
    ['os', 'const O_WRONLY int = 1'],
    ['os', 'const O_CREATE int = 64'],
    ['os', 'type FileInfo = fs.FileInfo'],
    ['os', 'var Stderr *File'],
    ['os', 'func OpenFile(string, int, FileMode) (*File, error)'],
    ['sync', 'func (*WaitGroup) Go(func())'],
    ['sync', 'func (*WaitGroup) Wait()'],
    ['sync', 'func OnceValues[T1 any, T2 any](func() (T1, T2)) func() (T1, T2)'],
    ['strings', 'func (*Builder) WriteString(string) (int, error)'],
    ['strings', 'func CutPrefix(string, string) (string, bool)'],
    ['time', 'const Second Duration = 1000000000'],
    ['time', 'func ParseDuration(string) (Duration, error)'],
    ['context', 'type CancelFunc func()'],
    ['context', 'func WithCancel(Context) (Context, CancelFunc)'],
    ['fmt', 'func Errorf(string, ...any) error'],
    ['hash', 'type Hash interface { io.Writer; BlockSize() int; Reset(); Size() int; Sum([]byte) []byte }'],
    ['crypto/rand', 'func Read([]byte) (int, error)'],
    ['math/rand', 'func (*Rand) Read([]byte) (int, error)'],
    ['database/sql', 'func (*Tx) Rollback() error'],
    ['slices', 'func SortFunc[S ~[]E, E any](S, func(E, E) int)'],
    ['iter', 'type Seq2[K any, V any] func(func(K, V) bool)'],
    ['sync/atomic', 'func (*Pointer[T]) Load() *T'],
    ['math', 'const MaxInt64 = 9223372036854775807'],
    ['math', 'const Pi = 3.14159265358979323846264338327950288419716939937510582097494459'],
    ['unicode/utf8', "const RuneError = '\\ufffd'"],
  ])('%s: %s', (importPath, declaration) => {
    expect(lines(importPath)).toContain(declaration);
  });
});

describe('what makes types work', () => {
  test('unexported types that promote methods are declared', () => {
    expect(lines('testing')).toContain('func (*common) Fatal(...any)');
    expect(stdlibSource('testing')).toMatch(/^type T struct \{ common\b/m);
  });

  test('unexported types behind exported variables are declared', () => {
    expect(lines('net/http')).toContain('var NoBody noBody');
    expect(lines('net/http')).toContain('func (noBody) Close() error');
  });

  test('unexported methods stay where an interface asks for them, and only there', () => {
    expect(lines('go/ast')).toContain('type Expr interface { Node; exprNode() }');
    expect(lines('go/ast')).toContain('func (*Ident) exprNode()');
    expect(stdlibSource('net/http')).not.toMatch(/^func \(\*Client\) [a-z]/m);
  });

  test('a struct keeps its exported and embedded fields only', () => {
    expect(lines('bufio')).toContain('type ReadWriter struct { *Reader; *Writer }');
    expect(lines('bufio')).toContain('type Reader struct{}');
  });

  test('names of imports clash neither with each other nor with declarations', () => {
    for (const path of stdlibPackages()) {
      const names = importsOf(path).map(([name]) => name);
      expect(new Set(names).size, path).toBe(names.length);
      for (const name of names) {
        expect(stdlibSource(path), path).not.toMatch(new RegExp(`^(?:const|var|type|func) ${name}\\b`, 'm'));
      }
    }
  });

  test('platforms are united', () => {
    const attributes = lines('syscall').find((line) => line.startsWith('type SysProcAttr struct'));
    expect(attributes).toMatch(/\bSetpgid\b/); // Unix
    expect(attributes).toMatch(/\bHideWindow\b/); // Windows
    expect(lines('syscall')).toContain('type Handle uintptr'); // Windows
  });
});

describe('the file as a whole', () => {
  test('names its release', () => {
    expect(stdlibRelease()).toMatch(/^go1\.\d+/);
  });

  test('holds every public package and lists no other', () => {
    const packages = stdlibPackages();
    expect(packages).toEqual([...packages].sort());
    expect(packages.length).toBeGreaterThan(150);
    expect(packages).toEqual(expect.arrayContaining(['bytes', 'unsafe', 'net/http/httptest', 'runtime/cgo']));
    expect(packages.filter((path) => /(^|\/)(internal|vendor|cmd)(\/|$)|^builtin$/.test(path))).toEqual([]);
  });

  test('what a package mentions has a section, internal packages included', () => {
    expect(stdlibSource('internal/abi')).toMatch(/^package abi\n/);
    for (const path of stdlibPackages()) {
      for (const [name, imported] of importsOf(path)) {
        expect(stdlibSource(imported), `${path} imports ${imported}`).toBeDefined();
        expect(stdlibSource(path), `${path} uses ${imported}`).toMatch(new RegExp(`\\b${name}\\.[A-Z]`));
      }
    }
  });

  test('sections begin with their package clause, end with a line, and hold no marker', () => {
    for (const path of stdlibPackages()) {
      expect(stdlibSource(path), path).toMatch(/^package [a-z0-9]+\n(?:(?!-- )[^\n]+\n)*$/);
    }
  });

  test('is compact, and leaves out tables of constants', () => {
    const size = stdlibPackages().reduce((sum, path) => sum + (stdlibSource(path)?.length ?? 0), 0);
    expect(size).toBeGreaterThan(250_000);
    expect(size).toBeLessThan(700_000);
    for (const path of ['syscall', 'debug/elf', 'debug/dwarf', 'debug/macho', 'debug/pe']) {
      expect(stdlibSource(path), path).not.toMatch(/^const /m);
    }
  });

  test.each([
    '',
    'net/htt',
    'http',
    'net/http/',
    'C',
    'builtin',
    '__proto__',
    'constructor',
    'example.com/x',
  ])('there is no package %j', (path) => {
    expect(stdlibSource(path)).toBeUndefined();
  });
});

describe('assetPath', () => {
  const besides = new URL('../../src/knowledge/stdlib.ts', import.meta.url).href;

  test('finds a file beside the module, or one folder up', () => {
    const path = assetPath('stdlib/declarations.txt', besides);
    expect(path).toMatch(/declarations\.txt$/);
    const below = new URL('./action/index.js', besides).href;
    expect(assetPath('stdlib/declarations.txt', below)).toBe(path);
  });

  test('says what is missing and where it was looked for', () => {
    expect(() => assetPath('no/such.bin', besides)).toThrow(
      /no\/such\.bin is missing \(looked for .*knowledge/,
    );
  });
});

/** Name and path of each import of a section. */
function importsOf(importPath: string): readonly (readonly [name: string, path: string])[] {
  const clause = lines(importPath).find((line) => line.startsWith('import ('));
  return [...(clause ?? '').matchAll(/(?:(\w+) )?"([^"]+)"/g)].map(([, alias, path]) => {
    const own = /^package (\w+)/.exec(stdlibSource(path!) ?? '')?.[1];
    return [alias ?? own ?? '', path!];
  });
}
