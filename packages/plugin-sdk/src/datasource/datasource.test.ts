import { connectInProcess } from '@ingot/plugin-rpc'
import { expect, expectTypeOf, test } from 'vitest'
import { config } from '../config/config.ts'
import { schemaType } from '../config/spec.ts'
import { testDatasource } from '../testing/test-datasource.ts'
import { testSurroundings } from '../testing/test-surroundings.ts'
import { defineDatasource } from './definition.ts'
import { HostedDatasource } from './hosted-datasource.ts'

const output = config({
  path: config.string().required(),
  size: config.number(),
  tags: config.map(),
  age: config.duration(),
  owner: config.block({ name: config.string().required() }),
  disks: config.blocks({ size: config.number() }),
  text: config.string(),
})

const lookUp = (answer: object) =>
  testDatasource(
    defineDatasource({
      config: config({ folder: config.string().required(), key: config.string().sensitive() }),
      output,
      execute: ({ config: { folder } }) => ({ path: `${folder}/latest`, ...answer }),
    }),
  )

test('what it answers is typed by its output, and null where it says nothing', async () => {
  const found = await lookUp({ size: 5, tags: { a: 'b' }, disks: [{ size: 1 }], text: '{{ as is }}' }).run({
    folder: 'x',
  })
  expect(found).toEqual({
    path: 'x/latest',
    size: 5,
    tags: { a: 'b' },
    age: undefined,
    owner: undefined,
    disks: [{ size: 1 }],
    text: '{{ as is }}',
  })
  expectTypeOf(found.path).toEqualTypeOf<string>()
  expectTypeOf(found.size).toEqualTypeOf<number | undefined>()
})

test('a duration crosses the wire in Go’s writing', async () => {
  const datasource = defineDatasource({
    config: config({}),
    output: config({ age: config.duration() }),
    execute: () => ({ age: 90_000 }),
  })
  const served = new HostedDatasource(datasource, testSurroundings())
  await using plugin = await connectInProcess({ datasource: served })
  await plugin.datasource.configure([])
  const value = await plugin.datasource.execute({ signal: new AbortController().signal })
  expect(value.type).toEqual(schemaType(datasource.definition.output))
  expect(value.content).toMatchObject({ age: { content: '1m30s' } })
})

test.each([
  [
    { path: 5 as never, extra: 1 },
    'The data source answered what its output does not allow. extra: not known',
  ],
  [{ path: '' }, 'path: required, but empty'],
  [{ owner: {} }, 'owner.name: required, but not given'],
])('an answer that its output does not allow is refused: %j', async (answer, message) => {
  await expect(lookUp(answer).run({ folder: 'x' })).rejects.toThrow(message)
})

test('a wrong configuration is refused', async () => {
  await expect(lookUp({}).run({} as never)).rejects.toThrow('folder: required, but not given')
})

test('what it throws is one message without sensitive values', async () => {
  const failing = defineDatasource({
    config: config({ key: config.string().sensitive() }),
    output,
    execute: ({ config: { key } }) => Promise.reject(new Error(`refused ${key}`)),
  })
  await expect(testDatasource(failing).run({ key: 's3cret' })).rejects.toThrow('refused <sensitive>')
})

test('an answer that is no object is refused', async () => {
  const wrong = defineDatasource({ config: config({}), output, execute: () => undefined as never })
  await expect(testDatasource(wrong).run({})).rejects.toThrow('answered no object')
})
