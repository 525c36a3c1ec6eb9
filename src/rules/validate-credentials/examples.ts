/**
 * The code that the rule's documentation shows: each finding, and its mended form.
 */

const PLATFORM = 'example.com/chariot/pkg/base';

function file(standard: readonly string[], body: string): string {
  const imports = [
    ...standard.map((path) => `\t"${path}"\n`),
    standard.length > 0 ? '\n' : '',
    `\t"${PLATFORM}"\n`,
  ];
  const functions = body.trim().replaceAll(/\n{3,}/g, '\n\n');
  return `package acme\n\nimport (\n${imports.join('')})\n\ntype Acme struct {\n\tbase.BaseCapability\n}\n\n${functions}\n`;
}

const validates = `
// ValidateCredentials asks the vendor whose token this is.
func (t *Acme) ValidateCredentials() error {
	resp, err := t.GetClient().Get(t.Job.Config["tenant"] + "/v1/me")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
`;

const enumerates = `
func (t *Acme) enumerate() error {
	resp, err := t.GetClient().Get(t.Job.Config["tenant"] + "/v1/devices")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
`;

const validatesFirst = `
func (t *Acme) Invoke() error {
	if err := t.ValidateCredentials(); err != nil {
		return fmt.Errorf("validating credentials: %w", err)
	}
	return t.enumerate()
}
`;

const good = file(['fmt'], validatesFirst + validates + enumerates);

export const examples = {
  missing: {
    bad: file([], `func (t *Acme) Invoke() error { return t.enumerate() }\n${enumerates}`),
    good,
  },
  'not-called': {
    bad: file([], `func (t *Acme) Invoke() error { return t.enumerate() }\n${validates}${enumerates}`),
    good,
  },
  'not-first': {
    bad: file(
      [],
      `
func (t *Acme) Invoke() error {
	if err := t.enumerate(); err != nil {
		return err
	}
	return t.ValidateCredentials()
}
${validates}${enumerates}`,
    ),
    good,
  },
  'error-ignored': {
    bad: file(
      ['log/slog'],
      `
func (t *Acme) Invoke() error {
	if err := t.ValidateCredentials(); err != nil {
		slog.Error("credentials are not valid", "error", err)
	}
	return t.enumerate()
}
${validates}${enumerates}`,
    ),
    good,
  },
  stub: {
    bad: file(
      ['fmt'],
      `${validatesFirst}
func (t *Acme) ValidateCredentials() error { return nil }
${enumerates}`,
    ),
    good,
  },
  'no-external-call': {
    bad: file(
      ['errors', 'fmt'],
      `${validatesFirst}
func (t *Acme) ValidateCredentials() error {
	if t.Job.Secret["token"] == "" {
		return errors.New("no token")
	}
	return nil
}
${enumerates}`,
    ),
    good: file(
      ['errors', 'fmt'],
      `${validatesFirst}
func (t *Acme) ValidateCredentials() error {
	if t.Job.Secret["token"] == "" {
		return errors.New("no token")
	}
	resp, err := t.GetClient().Get(t.Job.Config["tenant"] + "/v1/me")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
${enumerates}`,
    ),
  },
  'answer-dropped': {
    bad: file(
      ['fmt'],
      `${validatesFirst}
func (t *Acme) ValidateCredentials() error {
	_, _ = t.GetClient().Get(t.Job.Config["tenant"] + "/v1/me")
	return nil
}
${enumerates}`,
    ),
    good,
  },
  unproven: {
    bad: file(
      ['context'],
      `
// OnStart is set by whoever wants to know.
var OnStart func(ctx context.Context)

func (t *Acme) Invoke() error {
	OnStart(context.Background())
	if err := t.ValidateCredentials(); err != nil {
		return err
	}
	return t.enumerate()
}
${validates}${enumerates}`,
    ),
    good: file(
      ['context'],
      `
// OnStart is set by whoever wants to know.
var OnStart func(ctx context.Context)

func (t *Acme) Invoke() error {
	if err := t.ValidateCredentials(); err != nil {
		return err
	}
	OnStart(context.Background())
	return t.enumerate()
}
${validates}${enumerates}`,
    ),
  },
} as const;
