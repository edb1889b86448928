import { expectTypeOf, test } from 'vitest'
import { type ConfigInput, type ConfigOf, config } from './config.ts'

const settings = config({
  source: config.string().required().doc('Directory to pack.'),
  regions: config.list(config.string()).default(['local']),
  format: config.string().oneOf('tar', 'zip').default('tar'),
  compression: config.block({ level: config.number().default(6).between(1, 9) }),
  login: config.block({ user: config.string().required(), port: config.number() }),
  disk: config.blocks({ size: config.number().required() }),
  timeout: config.duration().default('5m'),
  labels: config.map(),
  counts: config.map(config.number()),
  force: config.boolean(),
  token: config.string().sensitive(),
})

test('the type of the values follows from the schema', () => {
  expectTypeOf<ConfigOf<typeof settings>>().branded.toEqualTypeOf<{
    readonly source: string
    readonly regions: readonly string[]
    readonly format: 'tar' | 'zip'
    readonly compression: { readonly level: number }
    readonly login: { readonly user: string; readonly port: number | undefined } | undefined
    readonly disk: readonly { readonly size: number }[]
    readonly timeout: number
    readonly labels: Readonly<Record<string, string>> | undefined
    readonly counts: Readonly<Record<string, number>> | undefined
    readonly force: boolean | undefined
    readonly token: string | undefined
  }>()
})

test('the type of what may be written follows from the schema', () => {
  const least: ConfigInput<typeof settings> = { source: 'a' }
  const more: ConfigInput<typeof settings> = {
    source: 'a',
    timeout: 5000,
    login: { user: 'me' },
    disk: [{ size: 1 }],
  }
  // @ts-expect-error source is required
  const missing: ConfigInput<typeof settings> = {}
  // @ts-expect-error only tar and zip are accepted
  const wrong: ConfigInput<typeof settings> = { source: 'a', format: 'rar' }
  // @ts-expect-error a block's required field is required
  const nested: ConfigInput<typeof settings> = { source: 'a', login: {} }
  expectTypeOf([least, more, missing, wrong, nested]).toBeArray()
})

test('a default must fit its field', () => {
  // @ts-expect-error a number is no text
  config.string().default(5)
  // @ts-expect-error not among the options
  config.string().oneOf('a', 'b').default('c')
  expectTypeOf(config.string().oneOf('a', 'b').default('a').required).toBeFunction()
})
