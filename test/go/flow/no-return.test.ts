/**
 * Which calls end a path, resolved names and all; `fixtures/go/flow` has more of the standard library's.
 */
import { expect, test } from 'vitest';
import { canReturn } from '../../../src/go/flow/graph.ts';
import { openPackage } from './program.ts';

const file = (imports: string, body: string): string =>
  `package p\nimport (${imports})\nfunc f(v any) {\n${body}\n}\n`;

const returns = (imports: string, body: string): boolean =>
  canReturn(openPackage({ 'f.go': file(imports, body) }).functions[0]!.cfg);

test.each([
  ['"log"', 'log.Fatal("x")', false],
  ['l "log"', 'l.Default().Fatalf("x")', false],
  ['. "os"', 'Exit(1)', false],
  ['"log"', 'log.Print("x")', true],
  ['"testing"', 'v.(testing.TB).Fatal("x")', false],
  // Packages whose source is missing are known by their import path.
  ['"k8s.io/klog/v2"', 'klog.Fatalf("x")', false],
  ['"k8s.io/klog/v2"', 'klog.Infof("x")', true],
  ['log "github.com/sirupsen/logrus"', 'log.Fatal("x")', false],
  ['"go.uber.org/zap"', 'var l *zap.Logger; l.Fatal("x")', false],
  ['"go.uber.org/zap"', 'var l *zap.Logger; l.Error("x")', true],
  // A log event ends the program when it is sent.
  ['"github.com/rs/zerolog/log"', 'log.Fatal().Err(nil).Msg("x")', false],
  ['"github.com/rs/zerolog/log"', '(log.Panic()).Send()', false],
  ['"github.com/rs/zerolog"', 'var l *zerolog.Logger; l.Fatal().Str("a", "b").Msgf("x")', false],
  ['"github.com/rs/zerolog/log"', 'log.Error().Err(nil).Msg("x")', true],
  ['"github.com/rs/zerolog/log"', 'log.Fatal()', true],
  ['"github.com/rs/zerolog/log"', 'log.Fatal().Err(nil)', true],
])('%s: %s returns: %s', (imports, body, expected) => {
  expect(returns(imports, body)).toBe(expected);
});

test('a function of the project that never returns', () => {
  const [f] = openPackage({
    'f.go': file('"os"', 'fail()'),
    'g.go': 'package p\nimport "os"\nfunc fail() { os.Exit(1) }\nfunc other() { fail() }',
  }).functions;
  expect(canReturn(f!.cfg)).toBe(false);
});
