import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RegistryUnderTest } from './registry-under-test.ts'
import type { Reply } from './wire-client.ts'

/** One request of a real packer, what it was answered then, and the identifiers it learned from the answer. */
interface Exchange {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly status: number
  readonly code?: number
  readonly ids?: Readonly<Record<string, string>>
  readonly holds?: Readonly<Record<string, unknown>>
}

interface Scenario {
  readonly scenario: string
  readonly exchanges?: readonly Exchange[]
}

const fixtures = join(import.meta.dirname, 'fixtures')

describe.each(readdirSync(fixtures).map((file) => file.replace('.json', '')))('%s', (client) => {
  const scenarios: Scenario[] = JSON.parse(readFileSync(join(fixtures, `${client}.json`), 'utf8'))
  const known = new Map<string, string>()
  let registry: RegistryUnderTest
  beforeAll(async () => {
    registry = await RegistryUnderTest.start()
    known.set('{organization}', registry.access.organizationId)
  })
  afterAll(() => registry[Symbol.asyncDispose]())

  test.each(scenarios.map((each) => [each.scenario, each.exchanges] as const))(
    '%s',
    async (name, exchanges) => {
      const headers = sourceChannel(name)
      if (!exchanges) await registry.send('POST', 'P/buckets/lab-child/channels', { body: { name: 'prod' } })
      for (const exchange of exchanges ?? []) {
        const reply = await registry.send(exchange.method, ours(exchange.path), {
          ...sent(exchange.body),
          headers,
        })
        expect({ ...exchange, status: reply.status, code: reply.json.code }).toEqual(exchange)
        expect(inOrder(reply.json)).toMatchObject(inOrder(ours(exchange.holds ?? {})))
        learn(exchange, reply)
      }
    },
  )

  function learn({ ids = {} }: Exchange, { json }: Reply): void {
    for (const [path, recorded] of Object.entries(ids)) {
      const value = path.split('.').reduce((at, name) => at[name], json)
      known.set(recorded, value)
    }
  }

  /** The same with our identifiers in place of those that were recorded. */
  function ours<Value>(value: Value): Value {
    let text = JSON.stringify(value)
    for (const [recorded, id] of known) text = text.replaceAll(recorded, id)
    return JSON.parse(text)
  }

  function sent(body: unknown) {
    return body === undefined ? {} : { body: ours(body) }
  }
})

/** What packer says of itself. */
function sourceChannel(scenario: string): Record<string, string> {
  const version = /-(\d+\.\d+\.\d+)$/.exec(scenario)?.[1]
  return version ? { 'x-hcp-source-channel': `packer/${version} hcp-go-sdk/0.23.0` } : {}
}

/** Builds are registered side by side, so that their order is nobody's promise. */
function inOrder(json: { readonly builds?: readonly { readonly component_type: string }[] }) {
  if (!json.builds) return json
  const byComponent = json.builds.toSorted((a, b) => a.component_type.localeCompare(b.component_type))
  return { ...json, builds: byComponent }
}
