import { zstdCompressSync } from 'node:zlib'
import { everyOperation, platform } from '@ingot/registry-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { done, publish } from './publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'

const rows = 8
const image = 'ami-everywhere'
const parameters: Record<string, string> = {
  ...{ bucket_name: 'web', bucket_slug: 'web', channel_name: 'stable', slug: 'stable', fingerprint: 'fp-7' },
}
const packages = Array.from({ length: rows }, (_, index) => `lib-${index}`)
/** What a search is asked for. */
const searched = { external_identifier: image }

let registry: RegistryUnderTest
beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  const { organizationId: organization_id, projectId: project_id } = registry.access
  Object.assign(parameters, { organization_id, project_id })
  await fillVersions()
  await fillBuilds()
  await fillChildren()
  await fillAdvisories()
})
afterAll(() => registry[Symbol.asyncDispose]())

async function ok(method: string, path: string, body?: object) {
  const { status, json } = await registry.send(method, path, { body })
  expect([method, path, status, json.message]).toEqual([method, path, 200, undefined])
  return json
}

/** Versions of one bucket, each on the channel for a while. */
async function fillVersions(): Promise<void> {
  for (let index = 0; index < rows; index++) {
    const fingerprint = `fp-${index}`
    await publish(registry, { bucket: 'web', fingerprint, sources: ['null.x'] })
    const assigned = { version_fingerprint: fingerprint }
    if (index === 0) await ok('POST', 'P/buckets/web/channels', { name: 'stable', ...assigned })
    else
      await ok('PATCH', 'P/buckets/web/channels/stable', { update_mask: 'versionFingerprint', ...assigned })
  }
}

/** Builds of one version, all with the same image; the first has a bill of packages. */
async function fillBuilds(): Promise<void> {
  const version = 'P/buckets/web/versions/many'
  const { version: made } = await ok('POST', 'P/buckets/web/versions', { fingerprint: 'many' })
  Object.assign(parameters, { iteration_id: made.id, fingerprint: 'many' })
  for (let index = 0; index < rows; index++) {
    const { build } = await ok('POST', `${version}/builds`, {
      component_type: `null.${index}`,
      status: 'BUILD_RUNNING',
    })
    parameters['build_id'] ??= build.id
    const artifacts = [{ external_identifier: image, region: 'here' }]
    if (index > 0) await ok('PATCH', `${version}/builds/${build.id}`, { ...done(build.id), artifacts })
  }
  const components = packages.map((name) => ({
    ...{ type: 'library', name, version: '1.0', purl: `pkg:npm/${name}@1.0` },
  }))
  const bill = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components })
  const compressed_sbom = zstdCompressSync(bill).toString('base64')
  const build = `${version}/builds/${parameters['build_id']}`
  await ok('PUT', `${build}/sboms`, { compressed_sbom, format: 'CYCLONEDX' })
  const artifacts = [{ external_identifier: image, region: 'here' }]
  await ok('PATCH', build, { ...done('first'), artifacts })
}

/** Buckets whose latest versions were built from the one with many builds. */
async function fillChildren(): Promise<void> {
  for (let index = 0; index < rows; index++) {
    const version = `P/buckets/child-${index}/versions`
    await ok('PUT', 'P/buckets', { name: `child-${index}` })
    await ok('POST', version, { fingerprint: 'fp' })
    const { build } = await ok('POST', `${version}/fp/builds`, { component_type: 'null.x' })
    const parent_version_id = parameters['iteration_id']
    await ok('PATCH', `${version}/fp/builds/${build.id}`, { ...done(build.id), parent_version_id })
  }
}

/** Each of the packages is affected by something. */
async function fillAdvisories(): Promise<void> {
  const { organizationId, projectId } = registry.access
  const advisories = packages.map((name, index) => ({
    ...{ id: `CVE-2026-${index}`, modified: '2026-01-01T00:00:00Z' },
    database_specific: { severity: 'HIGH' },
    affected: [
      {
        package: { ecosystem: 'npm', name },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
      },
    ],
  }))
  const { method, path } = platform.importAdvisories
  const target = path.replace(':organization_id', organizationId).replace(':project_id', projectId)
  await ok(method, target, { advisories })
}

/** Lists in pages. */
const lists = everyOperation.filter(
  ({ query, reply }) => query?.properties?.['pagination.page_size'] && reply.properties?.['pagination'],
)

interface Page {
  readonly items: readonly unknown[]
  readonly next: string
  readonly previous: string
}

async function read(operation: (typeof lists)[number], query: Record<string, string>): Promise<Page> {
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => parameters[name]!)
  const search = Object.entries(query).map(([name, value]) => [`pagination.${name}`, value])
  const target = `${path}?${new URLSearchParams(Object.fromEntries(search))}`
  const json = await ok(operation.method, target, operation.body && searched)
  const items = Object.entries(operation.reply.properties!).find(([, { type }]) => type === 'array')![0]
  const { next_page_token: next, previous_page_token: previous } = json.pagination
  return { items: json[items], next, previous }
}

test.each(lists.map((list) => [list.plane, list.id, list] as const))(
  '%s %s pages to its end and back, each row once, in one order',
  async (_plane, _id, list) => {
    const whole = await read(list, { page_size: '200' })
    expect(whole.items.length).toBeGreaterThanOrEqual(rows)
    expect(new Set(whole.items.map((item) => JSON.stringify(item))).size).toBe(whole.items.length)
    expect([whole.next, whole.previous]).toEqual(['', ''])
    for (const page_size of ['1', '2', '7']) {
      const forward = [await read(list, { page_size })]
      while (forward.at(-1)!.next)
        forward.push(await read(list, { page_size, next_page_token: forward.at(-1)!.next }))
      const backward = [forward.at(-1)!]
      while (backward[0]!.previous)
        backward.unshift(await read(list, { page_size, previous_page_token: backward[0]!.previous }))
      for (const pages of [forward, backward]) {
        expect(pages.flatMap(({ items }) => items)).toEqual(whole.items)
        expect(Math.max(...pages.map(({ items }) => items.length))).toBe(Number(page_size))
      }
      expect([forward[0]!.previous, forward.length]).toEqual([
        '',
        Math.ceil(whole.items.length / Number(page_size)),
      ])
    }
  },
)
