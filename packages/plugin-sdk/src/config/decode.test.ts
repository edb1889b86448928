import { fromPlain } from '@ingot/cty'
import type { ConfigElement } from '@ingot/plugin-rpc'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Secrets } from '../secrets/secrets.ts'
import { config } from './config.ts'
import { ConfigError } from './config-error.ts'
import { decodeConfig } from './decode.ts'
import { schemaType } from './spec.ts'

const settings = config({
  source: config.string().required(),
  regions: config.list(config.string()).default(['local']),
  compression: config.block({ level: config.number().default(6).between(1, 9).integer() }),
  login: config.block({ user: config.string().required(), password: config.string().sensitive() }),
  disk: config.blocks({ size: config.number().required(), kind: config.string().oneOf('ssd', 'hdd') }).max(2),
  timeout: config.duration().default('5m').between('1s', '1h'),
  labels: config.map(),
  force: config.boolean(),
  name: config
    .string()
    .pattern(/^[a-z]+$/, 'lower case letters')
    .formerly('title'),
  script: config.string().verbatim(),
  token: config.string().sensitive(),
})

const plain = (data: unknown): ConfigElement => ({ kind: 'plain', data })

function decode(...data: readonly unknown[]) {
  return decodeConfig(settings, data.map(plain), { placeholders: true, secrets: new Secrets() })
}

function problems(...data: readonly unknown[]): readonly string[] {
  try {
    decode(...data)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}

describe('values', () => {
  test('defaults stand where nothing is given', () => {
    expect(decode({ source: 'a' }).config).toEqual({
      source: 'a',
      regions: ['local'],
      compression: { level: 6 },
      login: undefined,
      disk: [],
      timeout: 300_000,
      labels: undefined,
      force: undefined,
      name: undefined,
      script: undefined,
      token: undefined,
    })
  })

  test('later configurations win, and a null never overwrites', () => {
    const first = { source: 'a', force: true, labels: { a: '1' }, compression: { level: 2 } }
    const second = { source: 'b', force: null, labels: { b: '2' }, compression: null }
    expect(decode(first, second).config).toMatchObject({
      source: 'b',
      force: true,
      labels: { a: '1', b: '2' },
      compression: { level: 2 },
    })
  })

  test('typed values of HCL templates decode like plain ones', () => {
    const given = {
      source: 'a',
      timeout: '90s',
      disk: [{ size: 10, kind: null }],
      force: false,
      labels: { a: 'b' },
    }
    const value = fromPlain(given, schemaType(settings))
    const decoded = decodeConfig(settings, [plain({}), { kind: 'cty', value }], {
      placeholders: true,
      secrets: new Secrets(),
    })
    expect(decoded.config).toMatchObject({
      source: 'a',
      timeout: 90_000,
      disk: [{ size: 10, kind: undefined }],
      force: false,
      labels: { a: 'b' },
      regions: ['local'],
    })
  })

  test.each([
    [{ source: 5 }, { source: '5' }],
    [{ source: true }, { source: '1' }],
    [{ source: ['a'] }, { source: 'a' }],
    [{ source: new TextEncoder().encode('bytes') }, { source: 'bytes' }],
    [{ regions: 'a,b' }, { regions: ['a', 'b'] }],
    [{ regions: [1, 'b'] }, { regions: ['1', 'b'] }],
    [{ regions: '' }, { regions: ['local'] }],
    [{ compression: { level: '7' } }, { compression: { level: 7 } }],
    [{ compression: [{ level: '0x7' }] }, { compression: { level: 7 } }],
    [{ compression: { level: true } }, { compression: { level: 1 } }],
    [{ compression: { level: '' } }, { compression: { level: 6 } }],
    [{ disk: { size: 1 } }, { disk: [{ size: 1, kind: undefined }] }],
    [{ force: 'true' }, { force: true }],
    [{ force: 'F' }, { force: false }],
    [{ force: 2 }, { force: true }],
    [{ labels: { n: 1, none: null } }, { labels: { n: '1' } }],
    [{ labels: [{ a: 'b' }, { c: 'd' }] }, { labels: { a: 'b', c: 'd' } }],
    [{ timeout: '1m30.5s' }, { timeout: 90_500 }],
  ])('%j converts to %j', (given, expected) => {
    expect(decode({ source: 'a', ...given }).config).toMatchObject(expected)
  })

  test('a former name still works, with a warning', () => {
    const { config: values, warnings } = decode({ source: 'a', title: 'web' })
    expect(values.name).toBe('web')
    expect(warnings).toEqual(['title is now called name; please rename it in the template'])
  })
})

describe('refusals', () => {
  test('all errors come at once, each with its path', () => {
    const given = {
      regoins: ['a'],
      compression: { level: 12 },
      login: { password: 'x' },
      disk: [{ size: 1 }, { kind: 'tape', sizes: 3 }],
      timeout: '2h',
      force: 'perhaps',
      name: 'UPPER',
    }
    expect(problems(given)).toEqual([
      'regoins: not known; did you mean "regions"?',
      'source: required, but not given',
      'compression.level: must be between 1 and 9, not 12',
      'login.user: required, but not given',
      'disk[1].sizes: not known; did you mean "size"?',
      'disk[1].size: required, but not given',
      'disk[1].kind: must be one of "ssd", "hdd", not "tape"',
      'timeout: must be between 1s and 1h, not 2h',
      'force: must be true or false, not "perhaps"',
      'name: must be lower case letters, not "UPPER"',
    ])
  })

  test('one message lists them', () => {
    expect(() => decode({ compression: { level: 12 } })).toThrow(
      [
        'The configuration has 2 errors:',
        '',
        '* source: required, but not given',
        '* compression.level: must be between 1 and 9, not 12',
      ].join('\n'),
    )
    expect(() => decode({})).toThrow(
      new ConfigError([{ path: 'source', message: 'required, but not given' }]),
    )
  })

  test.each([
    [{ source: '' }, 'source: required, but empty'],
    [{ source: { a: 1 } }, 'source: must be text, not a block or map'],
    [{ regions: ['a', null] }, 'regions: has a null: leave the element out'],
    [{ regions: [['a', 'b']] }, 'regions[0]: must be text, not a list'],
    [{ compression: 'x' }, 'compression: must be { name = value }, not text'],
    [{ compression: { level: 1.5 } }, 'compression.level: must be a whole number, not 1.5'],
    [
      { compression: { level: '12345678901234567890' } },
      'compression.level: must be a smaller number than 12345678901234567890',
    ],
    [{ compression: { level: 'six' } }, 'compression.level: must be a number, not "six"'],
    [{ timeout: 90 }, 'timeout: needs a unit: write it as in "90s"'],
    [{ timeout: 'soon' }, 'timeout: "soon" is not a duration: write it as in "90s", "5m" or "1h30m"'],
    [{ disk: [{ size: 1 }, { size: 2 }, { size: 3 }] }, 'disk: must be given at most 2 times'],
    [{ labels: { a: {} } }, 'labels.a: must be text, not a block or map'],
    [
      { constructor: 'x' },
      'constructor: not known; known here: source, regions, compression, login, disk, timeout, labels, force, name, script, token',
    ],
    [{ source: '{{ user "x" }}' }, 'source: There is no user variable "x"'],
    [{ type: 'tarball', packer_anything: 1 }, undefined],
  ])('%j: %s', (given, problem) => {
    expect(problems({ source: 'a', ...given })).toEqual(problem === undefined ? [] : [problem])
  })

  test('a check of the author’s own may throw', () => {
    const wary = config({
      n: config.number().check((n) => {
        throw new RangeError(`${n} is odd`)
      }),
    })
    expect(() =>
      decodeConfig(wary, [plain({ n: 3 })], { placeholders: false, secrets: new Secrets() }),
    ).toThrow('n: 3 is odd')
  })

  test('a check of the author’s own', () => {
    const even = config({
      n: config.number().check((n) => (n % 2 === 0 ? undefined : `${n} is odd`), 'even'),
    })
    expect(() =>
      decodeConfig(even, [plain({ n: 3 })], { placeholders: false, secrets: new Secrets() }),
    ).toThrow('n: 3 is odd')
  })
})

describe('placeholders of packer validate', () => {
  const unknowns = {
    source: '<unknown>',
    name: 'x-<unknown>',
    timeout: '<unknown>',
    compression: { level: 0 },
    disk: [{ size: 0, kind: '<unknown>' }],
    regions: [],
    force: false,
  }

  test('are accepted while preparing', () => {
    expect(decode(unknowns).config).toMatchObject({
      source: '<unknown>',
      timeout: 0,
      compression: { level: 0 },
    })
  })

  test('are refused when the build runs', () => {
    const run = () =>
      decodeConfig(settings, [plain(unknowns)], { placeholders: false, secrets: new Secrets() })
    expect(run).toThrow('compression.level: must be between 1 and 9, not 0')
  })

  test('a zero is refused where everything else is known, with what it may mean in HCL', () => {
    const given = { source: 'a', compression: { level: 0 } }
    expect(problems(given)).toEqual(['compression.level: must be between 1 and 9, not 0'])
    const value = fromPlain(given, schemaType(settings))
    const secrets = new Secrets()
    expect(() => decodeConfig(settings, [{ kind: 'cty', value }], { placeholders: true, secrets })).toThrow(
      'must be between 1 and 9, not 0 (a number that packer validate does not know yet reads 0',
    )
  })
})

describe('templates', () => {
  const packer = {
    packer_build_name: 'web',
    packer_builder_type: 'tarball-image',
    packer_user_variables: { region: 'eu', secret: 's3cret', '': '' },
    packer_sensitive_variables: ['secret', 'absent'],
    packer_force: 'true',
    packer_debug: false,
  }

  test('are filled in everywhere but in verbatim fields', () => {
    const given = {
      source: '{{ build_name }}/x',
      regions: '{{ user `region` }},{{ upper `us` }}',
      labels: { type: '{{ build_type }}' },
      script: '{{ .Path }}',
    }
    expect(decode(given, packer).config).toMatchObject({
      source: 'web/x',
      regions: ['eu', 'US'],
      labels: { type: 'tarball-image' },
      script: '{{ .Path }}',
    })
  })

  test('stay as they are in all of a verbatim list, map or block', () => {
    const schema = config({
      commands: config.list(config.string()).verbatim(),
      texts: config.map().verbatim(),
      inside: config.block({ text: config.string() }).verbatim(),
    })
    const given = { commands: ['{{ .A }}'], texts: { a: '{{ .B }}' }, inside: { text: '{{ .C }}' } }
    const secrets = new Secrets()
    expect(decodeConfig(schema, [plain(given)], { placeholders: true, secrets }).config).toEqual(given)
  })

  test('what Packer says of the build is read from either kind of template', () => {
    expect(decode({ source: 'a' }, packer).packer).toEqual({
      buildName: 'web',
      builderType: 'tarball-image',
      coreVersion: '',
      debug: false,
      force: true,
      onError: '',
      userVariables: { region: 'eu', secret: 's3cret', '': '' },
      sensitiveVariables: ['secret', 'absent'],
      templatePath: undefined,
    })
  })

  test('sensitive fields and variables are secrets', () => {
    const given = { source: 'a', token: 't0ken', login: { user: 'me', password: '{{ user `region` }}' } }
    const secrets = new Secrets()
    decodeConfig(settings, [plain(given), plain(packer)], { placeholders: true, secrets })
    expect(secrets.hide('me t0ken eu s3cret a')).toBe('me <sensitive> <sensitive> <sensitive> a')
  })

  test('a refused sensitive value does not show in the refusal', () => {
    const pin = config({ pin: config.number().sensitive().max(9) })
    const run = (value: unknown) => () =>
      decodeConfig(pin, [plain({ pin: value })], { placeholders: true, secrets: new Secrets() })
    expect(run('abc')).toThrow('pin: must be a number, not "<sensitive>"')
    expect(run(1234)).toThrow('pin: must be at most 9, not <sensitive>')
  })
})

test('any data decodes or is refused with a ConfigError', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...Object.keys(settings.shape), '__proto__', 'x'), fc.jsonValue()),
      (data) => {
        expect(problems(data)).toBeInstanceOf(Array)
      },
    ),
  )
})
