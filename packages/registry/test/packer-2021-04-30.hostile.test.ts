import { type Operation, packer2021, packer2022, type Schema } from '@ingot/registry-api'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishOld } from './old-publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'

let registry: RegistryUnderTest
const known: string[] = ['web', 'latest', 'fp']

beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  const sources = { 'null.x': 'UNSET' } as const
  const run = await publishOld(registry, { bucket: 'web', fingerprint: 'fp', sources })
  known.push(run.iteration.json.iteration.id, run.builds.get('null.x')!.json.build.id)
})
afterAll(() => registry[Symbol.asyncDispose]())

const odd = fc.oneof(
  fc.nat({ max: 4 }).map((place) => known[place]),
  fc.constantFrom('a\0b', '\ud800', '__proto__', 'Code:10', 'x'.repeat(5000), '', '%2F', null),
  fc.constantFrom(0, 1, -1, 2 ** 31, 2 ** 53, 1e300, 0.5),
  fc.constantFrom(
    'RUNNING',
    'DONE',
    'HCL2',
    'RESTRICTED',
    '1d',
    '2026-01-01T00:00:00Z',
    'restriction,iterationId',
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Values of the shape that a schema says, odd in every field. */
function near(schema: Schema | undefined): fc.Arbitrary<unknown> {
  const inner = schema?.anyOf?.[0] ?? schema
  const fields = Object.entries(inner?.properties ?? {})
  if (fields.length === 0) return odd
  const field = (each: Schema) => fc.oneof({ weight: 3, arbitrary: near(each) }, odd)
  return fc.record(Object.fromEntries(fields.map(([name, each]) => [name, field(each)])), {
    requiredKeys: [],
  })
}

type AnyOperation = Operation<string, unknown, unknown, unknown>
const operations: readonly AnyOperation[] = [...Object.values(packer2022), ...Object.values(packer2021)]

/** Those that end the story are left out. */
const lasting = operations.filter(({ id }) => !/DeleteBucket|Registry$/.test(id))

test.each(lasting.map((operation) => [operation.plane, operation.id, operation] as const))(
  '%s %s answers whatever it is sent',
  async (_plane, _id, { method, path, query, body }) => {
    const names = [...path.matchAll(/:(\w+)/g)].slice(2).map(([, name]) => name!)
    const { organizationId, projectId } = registry.access
    const call = fc.record({ words: fc.tuple(...names.map(() => odd)), asked: near(query), sent: near(body) })
    const property = fc.asyncProperty(call, async ({ words, asked, sent }) => {
      const values = [organizationId, projectId, ...words]
      const full = path.replace(
        /:\w+/g,
        () => encodeURIComponent(String(values.shift()).toWellFormed()) || 'x',
      )
      const search = Object.entries(asked ?? {}).map(([name, value]) => [name, String(value)])
      const target = `${full}?${new URLSearchParams(search as [string, string][])}`
      const { status, json } = await registry.send(method, target, { body: sent })
      expect([status === 501 || status < 500, json.message]).toEqual([true, json.message])
    })
    await fc.assert(property, { numRuns: 25 })
  },
)
