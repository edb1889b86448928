import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ending, type Generation, newer, older } from './generation.ts'
import { RegistryUnderTest } from './registry-under-test.ts'

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await RegistryUnderTest.start()
})
afterAll(() => registry[Symbol.asyncDispose]())

const fingerprints = ['fp-1', 'fp-2', 'fp-3'] as const
const components = ['null.a', 'null.b'] as const

type Step =
  | { readonly does: 'create'; readonly fingerprint: string }
  | { readonly does: 'register'; readonly fingerprint: string; readonly component: string }
  | {
      readonly does: 'update'
      readonly fingerprint: string
      readonly component: string
      readonly ending: Ending
    }
  | { readonly does: 'assign'; readonly fingerprint: string | undefined }

/** What a bucket is for, as plainly as it can be said. Each method answers the code of a refusal, or nothing. */
class Model {
  readonly versions = new Map<string, { number: number; readonly builds: Map<string, string> }>()
  latest: string | undefined
  stable: string | undefined

  take(step: Step): number | undefined {
    if (step.does === 'create') return this.#create(step.fingerprint)
    if (step.does === 'assign') return this.#assign(step.fingerprint)
    const version = this.versions.get(step.fingerprint)
    if (!version) return 5
    if (step.does === 'register') {
      if (version.number > 0) return 9
      if (version.builds.has(step.component)) return 6
      version.builds.set(step.component, 'UNSET')
      return undefined
    }
    const status = version.builds.get(step.component)
    if (!status) return 5
    if (status === 'DONE') return step.ending === 'DONE' || step.ending === 'RUNNING' ? undefined : 9
    version.builds.set(step.component, step.ending)
    if ([...version.builds.values()].every((each) => each === 'DONE')) {
      version.number = 1 + Math.max(...[...this.versions.values()].map((each) => each.number))
      this.latest = step.fingerprint
    }
    return undefined
  }

  #create(fingerprint: string): number | undefined {
    if (this.versions.has(fingerprint)) return 6
    this.versions.set(fingerprint, { number: 0, builds: new Map() })
    return undefined
  }

  #assign(fingerprint: string | undefined): number | undefined {
    const version = fingerprint === undefined ? undefined : this.versions.get(fingerprint)
    if (fingerprint !== undefined && !version) return 5
    if (version?.number === 0) return 9
    this.stable = fingerprint
    return undefined
  }

  shown() {
    const order = ['RUNNING', 'FAILED', 'CANCELLED']
    return [...this.versions].map(([fingerprint, { number, builds }]) => {
      const worst = order.find((status) => [...builds.values()].includes(status))
      const status = number > 0 ? 'ACTIVE' : (worst ?? 'INCOMPLETE')
      return { fingerprint, number, status, builds: Object.fromEntries(builds) }
    })
  }
}

function send(client: Generation, step: Step) {
  switch (step.does) {
    case 'create':
      return client.create(step.fingerprint)
    case 'register':
      return client.register(step.fingerprint, step.component)
    case 'update':
      return client.update(step.fingerprint, step.component, step.ending)
    case 'assign':
      return client.assign('stable', step.fingerprint)
  }
}

const fingerprint = fc.constantFrom(...fingerprints)
const component = fc.constantFrom(...components)
const ending = fc.constantFrom<Ending>('RUNNING', 'FAILED', 'CANCELLED', 'DONE', 'DONE', 'DONE')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('create'), fingerprint }),
  { weight: 2, arbitrary: fc.record({ does: fc.constant('register'), fingerprint, component }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('update'), fingerprint, component, ending }) },
  fc.record({ does: fc.constant('assign'), fingerprint: fc.option(fingerprint, { nil: undefined }) }),
)
const road = fc.array(fc.tuple(fc.nat({ max: 1 }), step), { minLength: 10, maxLength: 30, size: 'max' })

test('clients of both generations take turns on one bucket, and see the same', {
  timeout: 60_000,
}, async () => {
  let round = 0
  const property = fc.asyncProperty(road, async (steps) => {
    const bucket = `shared-${round++}`
    await registry.send('PUT', 'Q/images', { body: { bucket_slug: bucket } })
    await registry.send('POST', `P/buckets/${bucket}/channels`, { body: { name: 'stable' } })
    const clients = [newer(registry, bucket), older(registry, bucket)] as const
    const model = new Model()
    for (const [turn, each] of steps) {
      const { json } = await send(clients[turn]!, each)
      expect([turn, each, json.code]).toEqual([turn, each, model.take(each)])
    }
    const [one, other] = await Promise.all(clients.map((client) => client.versions()))
    expect(one).toEqual(other)
    expect(new Set(one!.map(({ id: _, ...seen }) => seen))).toEqual(new Set(model.shown()))
    for (const client of clients)
      expect(await client.channels()).toEqual({ latest: model.latest, stable: model.stable })
  })
  await fc.assert(property, { numRuns: 120, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false })
})
