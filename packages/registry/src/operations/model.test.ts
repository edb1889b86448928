import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { VersionAddress } from '../domain/address.ts'
import type { BuildStatus } from '../domain/build.ts'
import type { RevocationWords } from '../inputs.ts'
import { drivers } from '../testing/drivers.ts'
import { refusalOf, TestRegistry } from '../testing/new-registry.ts'
import { Oracle } from '../testing/oracle.ts'

const buckets = ['base', 'web'] as const
const fingerprints = ['a', 'b', 'c'] as const
const components = ['null.one', 'null.two'] as const
const images = ['one', 'two', 'three'] as const

const version = { bucket: fc.constantFrom(...buckets), fingerprint: fc.constantFrom(...fingerprints) }
const component = fc.constantFrom(...components)
const build = {
  ...version,
  component,
  status: fc.constantFrom<BuildStatus>('unset', 'running', 'done', 'done', 'failed', 'cancelled'),
  parent: fc.option(fc.record(version), { nil: undefined }),
  source: fc.constantFrom('', '', ...images),
  image: fc.constantFrom(...images),
}
const channel = { bucket: version.bucket, name: fc.constantFrom('latest', 'stable', 'beta') }
const assigned = fc.constantFrom('', ...fingerprints)

type Step =
  | { does: 'create version'; bucket: string; fingerprint: string }
  | {
      does: 'create build' | 'update build'
      bucket: string
      fingerprint: string
      component: string
      status: BuildStatus
      parent?: { bucket: string; fingerprint: string } | undefined
      source: string
      image: string
    }
  | { does: 'delete build'; bucket: string; fingerprint: string; component: string }
  | { does: 'delete version'; bucket: string; fingerprint: string; rollback: boolean }
  | { does: 'create channel' | 'assign'; bucket: string; name: string; assigned: string }
  | { does: 'revoke'; bucket: string; fingerprint: string; delay: number; skip: boolean; stay: boolean }
  | { does: 'restore'; bucket: string; fingerprint: string }
  | { does: 'wait'; time: number }

const does = <Name extends string>(name: Name) => ({ does: fc.constant(name) })
const delay = fc.constantFrom(0, 0, 100_000, 200_000)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ ...does('create version'), ...version }) },
  { weight: 4, arbitrary: fc.record({ ...does('create build'), ...build }) },
  { weight: 5, arbitrary: fc.record({ ...does('update build'), ...build }) },
  { weight: 1, arbitrary: fc.record({ ...does('delete build'), ...version, component }) },
  { weight: 1, arbitrary: fc.record({ ...does('delete version'), ...version, rollback: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ ...does('create channel'), ...channel, assigned }) },
  { weight: 2, arbitrary: fc.record({ ...does('assign'), ...channel, assigned }) },
  {
    weight: 2,
    arbitrary: fc.record({ ...does('revoke'), ...version, delay, skip: fc.boolean(), stay: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ ...does('restore'), ...version }) },
  { weight: 1, arbitrary: fc.record({ ...does('wait'), time: fc.constantFrom(1000, 150_000) }) },
)

/** The steps of a publisher who gets to the end: what most versions come from. */
const published: fc.Arbitrary<Step[]> = fc
  .record({ ...version, parent: build.parent, source: build.source, image: build.image })
  .map(({ parent, source, image, ...at }) => [
    { does: 'create version', ...at },
    { does: 'create build', ...at, component: 'null.one', status: 'running', source: '', image },
    { does: 'update build', ...at, component: 'null.one', status: 'done', parent, source, image },
  ])

const road = fc
  .array(fc.oneof({ weight: 2, arbitrary: published }, { weight: 3, arbitrary: step.map((one) => [one]) }), {
    ...{ minLength: 15, maxLength: 50, size: 'max' },
  })
  .map((parts) => parts.flat())

/** The registry and the oracle, side by side, in buckets of their own. */
class Race {
  readonly #at: TestRegistry
  readonly #prefix: string
  readonly oracle: Oracle
  readonly #builds = new Map<string, string>()

  constructor(at: TestRegistry, prefix: string) {
    this.#at = at
    this.#prefix = prefix
    this.oracle = new Oracle(at.clock.time, buckets)
  }

  async start(): Promise<void> {
    for (const bucket of buckets)
      await this.#at.registry.buckets.create(this.#at.admin, this.#at.project, {
        name: this.#prefix + bucket,
      })
  }

  /** Takes a step on both sides, which must come to the same end. */
  async step(step: Step): Promise<void> {
    const expected = this.#expect(step)
    expect([step, await refusalOf(this.#do(step))]).toEqual([step, expected])
  }

  /** Both sides must show the same versions, channels and histories. */
  async compare(): Promise<void> {
    const { registry, admin } = this.#at
    for (const bucket of buckets) {
      const at = this.#at.bucket(this.#prefix + bucket)
      const { items } = await registry.versions.list(admin, at, {})
      const shown = items.map(({ fingerprint, name, status, revocation, builds }) => ({
        ...{
          fingerprint,
          name,
          status,
          builds: builds.map((one) => `${one.componentType} ${one.status}`).sort(),
        },
        ...{ at: revocation?.at, inherited: revocation && revocation.inheritedFrom !== undefined },
      }))
      expect(new Set(shown)).toEqual(new Set(this.#versions(bucket)))
      expect((await registry.buckets.get(admin, at)).versionCount).toBe(items.length)
      for (const view of await registry.channels.list(admin, at)) {
        const channel = this.oracle.channels.get(`${bucket} ${view.name}`)!
        expect([view.name, view.version?.fingerprint]).toEqual([view.name, channel.version?.fingerprint])
        const history = await registry.channels.history(
          admin,
          { ...at, channel: view.name },
          { pageSize: '200' },
        )
        expect(history.items.map((row) => row.version?.fingerprint)).toEqual(
          channel.history.map((row) => row?.fingerprint),
        )
        const head = await registry.channels.head(admin, { ...at, channel: view.name })
        expect(head.version?.revision).toBe(view.version?.revision)
      }
    }
  }

  #versions(bucket: string) {
    const versions = [...this.oracle.versions.values()].filter((one) => one.bucket === bucket)
    return versions.map((one) => {
      const rows = [...one.revocations.values()].sort(
        (a, b) => a.at - b.at || Number(b.origin === one) - Number(a.origin === one),
      )
      const builds = [...one.builds].map(([component, { status }]) => `${component} ${status}`).sort()
      return {
        ...{ fingerprint: one.fingerprint, name: `v${one.number}`, status: this.oracle.status(one), builds },
        ...{ at: rows[0]?.at, inherited: rows[0] && rows[0].origin !== one },
      }
    })
  }

  #expect(step: Step): string | undefined {
    const { oracle } = this
    if (step.does === 'wait') return undefined
    const at = 'fingerprint' in step ? `${step.bucket} ${step.fingerprint}` : ''
    switch (step.does) {
      case 'create version':
        return oracle.createVersion(step.bucket, step.fingerprint)
      case 'create build':
        return oracle.createBuild(at, step.component, { ...step, parentId: this.#parent(step) })
      case 'update build':
        return oracle.updateBuild(at, step.component, { ...step, parentId: this.#parent(step) })
      case 'delete build':
        return oracle.deleteBuild(at, step.component)
      case 'delete version':
        return oracle.deleteVersion(at, step.rollback)
      case 'create channel':
        return oracle.createChannel(step.bucket, step.name, step.assigned)
      case 'assign':
        return oracle.assign(step.bucket, step.name, step.assigned)
      case 'revoke':
        return oracle.revoke(at, step)
      case 'restore':
        return oracle.restore(at)
    }
  }

  async #do(step: Step): Promise<unknown> {
    const { registry, admin, clock } = this.#at
    if (step.does === 'wait') {
      clock.time += step.time
      this.oracle.now = clock.time
      return undefined
    }
    const bucket = this.#at.bucket(this.#prefix + step.bucket)
    if ('name' in step) {
      const fingerprint = { versionFingerprint: step.assigned }
      if (step.does === 'create channel')
        return registry.channels.create(admin, bucket, { name: step.name, ...fingerprint })
      return registry.channels.update(
        admin,
        { ...bucket, channel: step.name },
        { updateMask: 'versionFingerprint', ...fingerprint },
      )
    }
    const version = { ...bucket, fingerprint: step.fingerprint }
    const key = `${step.bucket} ${step.fingerprint}`
    switch (step.does) {
      case 'create version': {
        const { id } = await registry.versions.create(admin, bucket, { fingerprint: step.fingerprint })
        this.oracle.versions.get(key)!.id = id
        return undefined
      }
      case 'create build': {
        const words = { ...this.#words(step), componentType: step.component }
        this.#builds.set(`${key} ${step.component}`, (await registry.builds.create(admin, version, words)).id)
        return undefined
      }
      case 'update build':
        return registry.builds.update(
          admin,
          { ...version, buildId: this.#buildId(key, step.component) },
          this.#words(step),
        )
      case 'delete build':
        return registry.builds.delete(admin, { ...version, buildId: this.#buildId(key, step.component) })
      case 'delete version':
        return registry.versions.delete(admin, version, { rollbackChannels: step.rollback })
      case 'revoke':
        return this.#revokeAsPlanned(version, {
          revokeIn: `${step.delay / 1000}s`,
          skipDescendantsRevocation: step.skip,
          disableRollbackChannels: step.stay,
        })
      case 'restore':
        return registry.versions.update(admin, version, { restore: true })
    }
  }

  /** What a revocation does must be what its plan says. */
  async #revokeAsPlanned(version: VersionAddress, words: RevocationWords): Promise<void> {
    const { registry, admin, clock } = this.#at
    const before = await this.#pointers()
    const plan = await registry.versions.planRevocation(admin, version, words)
    await registry.versions.revoke(admin, version, { ...words, planId: plan.id })
    const after = await this.#pointers()
    const moves = plan.channels.map(({ bucketName, channel, to }) => [
      `${bucketName} ${channel}`,
      to?.fingerprint,
    ])
    expect(new Map(moves as [string, string | undefined][])).toEqual(
      new Map([...after].filter(([name, fingerprint]) => before.get(name) !== fingerprint)),
    )
    for (const { bucketName: bucket, fingerprint } of [plan.version, ...plan.descendants]) {
      const { revocation } = await registry.versions.get(admin, { ...this.#at.bucket(bucket), fingerprint })
      expect(revocation?.at).toBeLessThanOrEqual(Math.max(plan.revokeAt, clock.time))
    }
  }

  /** The fingerprints at which the channels of all buckets point. */
  async #pointers(): Promise<Map<string, string | undefined>> {
    const { registry, admin } = this.#at
    const names = buckets.map((bucket) => this.#prefix + bucket)
    const views = await Promise.all(names.map((name) => registry.channels.list(admin, this.#at.bucket(name))))
    return new Map(views.flat().map((view) => [`${view.bucketName} ${view.name}`, view.version?.fingerprint]))
  }

  #words(step: Extract<Step, { status: BuildStatus }>) {
    const artifacts = [{ externalIdentifier: this.#prefix + step.image, region: 'here' }]
    return {
      status: step.status,
      parentVersionId: this.#parent(step),
      sourceExternalIdentifier: step.source && this.#prefix + step.source,
      ...(step.status === 'done' && { artifacts }),
    }
  }

  /** What the registry calls the parent; a name that it does not know when there is none. */
  #parent({ parent }: Extract<Step, { status: BuildStatus }>): string {
    return parent ? (this.oracle.versions.get(`${parent.bucket} ${parent.fingerprint}`)?.id ?? 'nothing') : ''
  }

  #buildId(version: string, component: string): string {
    return this.#builds.get(`${version} ${component}`) ?? 'none'
  }
}

describe.each(drivers)('a registry on %s', (_, create) => {
  test('comes, by any road, to where a plain model of it comes', { timeout: 120_000 }, async () => {
    await using at = await TestRegistry.open(create)
    let round = 0
    await fc.assert(
      fc.asyncProperty(road, async (steps) => {
        const race = new Race(at, `r${round++}-`)
        await race.start()
        for (const [index, one] of steps.entries()) {
          await race.step(one)
          if (index % 15 === 14) await race.compare()
        }
        await race.compare()
      }),
      { numRuns: 80, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    )
  })
})
