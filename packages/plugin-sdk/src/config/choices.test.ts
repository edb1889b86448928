import { fromPlain } from '@ingot/cty'
import { expect, expectTypeOf, test } from 'vitest'
import { DefinitionError } from '../errors/definition-error.ts'
import { Secrets } from '../secrets/secrets.ts'
import { config } from './config.ts'
import { decodeConfig } from './decode.ts'
import { renderConfigDocs } from './docs.ts'
import { schemaType } from './spec.ts'

const settings = config(
  {
    url: config.string().formerly('link'),
    urls: config.list(config.string()),
    file: config.string(),
    folder: config.string(),
    key: config.string(),
    login: config.block(
      { password: config.string(), agent: config.boolean() },
      { atMostOne: [['password', 'agent']] },
    ),
    disk: config.blocks({ size: config.number(), like: config.string() }, { exactlyOne: [['size', 'like']] }),
  },
  { exactlyOne: [['url', 'urls']], atMostOne: [['file', 'folder', 'key']] },
)

function decode(given: unknown, { hcl = false } = {}) {
  const element = hcl
    ? ({ kind: 'cty', value: fromPlain(given, schemaType(settings)) } as const)
    : ({ kind: 'plain', data: given } as const)
  return decodeConfig(settings, [element], { placeholders: true, secrets: new Secrets() }).config
}

test.each([
  [{ url: 'a' }],
  [{ link: 'a' }],
  [{ urls: ['a'], file: 'b' }],
  [{ url: 'a', urls: null, file: '', folder: 'b' }],
  [{ url: 'a', login: { agent: true }, disk: [{ size: 1 }, { like: 'b' }] }],
])('%j is taken', (given) => {
  expect(decode(given)).toBeDefined()
})

test.each([
  [{}, 'url, urls: required: give one of them'],
  [{ url: '', urls: [] }, 'url, urls: required: give one of them'],
  [{ url: 'a', urls: ['b'] }, 'url, urls: exclude each other: give only one of them'],
  [{ link: 'a', urls: ['b'] }, 'url, urls: exclude each other'],
  [{ url: 'a', key: 'b', file: 'c' }, 'file, key: exclude each other'],
  [{ url: 'a', login: { password: 'a', agent: false } }, 'login.password, login.agent: exclude each other'],
  [{ url: 'a', disk: [{ size: 1 }, {}] }, 'disk[1].size, disk[1].like: required: give one of them'],
])('%j is refused', (given, message) => {
  expect(() => decode(given)).toThrow(message)
})

test('what packer validate does not know yet may still be given', () => {
  expect(decode({ urls: [], file: '<unknown>' }, { hcl: true })).toMatchObject({ file: '<unknown>' })
  expect(decode({ url: '<unknown>', urls: ['a'] }, { hcl: true })).toMatchObject({ urls: ['a'] })
  expect(() => decode({ file: '<unknown>' }, { hcl: true })).toThrow('url, urls: required')
})

test('it is documented', () => {
  const docs = renderConfigDocs(settings)
  expect(docs).toContain('\n\nOne of `url`, `urls` must be given, and no other of them.\n')
  expect(docs).toContain('\n\nAt most one of `file`, `folder`, `key` may be given.\n')
  expect(docs).toContain('\n\nAt most one of `password`, `agent` may be given.\n')
})

test('a declaration that contradicts itself is refused', () => {
  const text = config.string()
  expect(() => config({ tag: text, tags: config.map().orBlocks('tag') })).toThrow(DefinitionError)
  expect(() => config({ a: text.formerly('b'), b: text })).toThrow('"b" stands for two fields')
  // @ts-expect-error there is no field c
  expect(() => config({ a: text }, { atMostOne: [['a', 'c']] })).toThrow('"c" is among fields')
  expectTypeOf(settings.shape.url).toHaveProperty('facts')
})
