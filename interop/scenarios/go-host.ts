import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../harness/folder.ts'
import { type Drive, drive } from '../harness/go-client.ts'

const builder = { kind: 'builder', name: 'image' } as const
const datasource = { kind: 'datasource', name: 'latest' } as const

// The bundled TypeScript plugin, driven by the client end of Go's packer-plugin-sdk.
describe.each([
  { serialization: 'protobuf', flags: ['-protobuf'] },
  { serialization: 'gob', flags: [] },
])("Go's plugin client over $serialization", ({ flags }) => {
  let folder: TemporaryFolder
  beforeEach(() => {
    folder = temporaryFolder()
    mkdirSync(join(folder.path, 'site'))
    writeFileSync(join(folder.path, 'site', 'index.html'), '<h1>site</h1>\n')
  })
  afterEach(() => folder[Symbol.dispose]())

  const probe = (
    more: readonly string[],
    { kind, name }: Pick<Drive, 'kind' | 'name'>,
    configuration: object,
  ): Seen => drive({ cwd: folder.path, flags: [...flags, ...more], kind, name, configuration })

  test('reads the configuration spec, builds, runs a command and gets the image of every region', () => {
    const regions = ['eu', 'us']
    const labels = { stage: 'test' }
    const configuration = { source: 'site', regions, labels, compression: { level: 9 }, token: 'hush' }
    const seen = probe(['-run', 'echo made remotely; exit 3'], builder, configuration)
    expect(seen).toMatchObject({
      spec: [
        'object',
        {
          source: 'string',
          base: 'string',
          regions: ['list', 'string'],
          labels: ['map', 'string'],
          compression: ['object', { level: 'number' }],
          timeout: 'string',
        },
      ],
      generatedVars: ['ImageRoot'],
      hook: { name: 'packer_provision', data: { ImageRoot: expect.any(String) }, exitStatus: 3 },
      artifact: { builderId: 'tarball.image', files: [expect.stringContaining(folder.path)], unknown: null },
    })
    expect(seen.ui).toContain('say: Adding site')
    expect(seen.ui).toContain('say: provisioning')
    expect(seen.ui).toContain('say: made remotely')
    const { id, metadata, files } = seen.artifact!
    const image = { ImageID: id, ProviderName: 'tarball', SourceImageID: 'site', Labels: labels }
    expect(metadata).toMatchObject([
      { ...image, ProviderRegion: 'eu' },
      { ...image, ProviderRegion: 'us' },
    ])
    // The client has destroyed the artifact in the end.
    expect(existsSync(files[0]!)).toBe(false)
  })

  test('gets one readable message for a configuration that is refused', () => {
    const seen = probe([], builder, { source: 'site', compression: { level: 11 } })
    expect(seen.prepareError).toMatch(/compression.*level/)
    expect(seen.artifact).toBeUndefined()
  })

  test('gets one readable message for a build that fails', () => {
    const seen = probe([], builder, { source: 'nowhere' })
    expect(seen.runError).toContain('Cannot read the directory "nowhere"')
  })

  test('cancels a build', () => {
    const seen = probe(['-cancel-on', 'Adding', '-run', 'sleep 30'], builder, { source: 'site' })
    expect(seen.runError).toMatch(/cancel/i)
    expect(seen.artifact).toBeUndefined()
  })

  test('reads a data source', () => {
    const built = probe([], builder, { source: 'site', store: 'kept' })
    expect(built.runError).toBeUndefined()
    // Go's client destroyed that image, so the store is empty.
    const seen = probe([], datasource, { store: 'kept' })
    expect(seen.outputSpec).toEqual([
      'object',
      { id: 'string', path: 'string', size: 'number', added: 'string' },
    ])
    expect(seen.executeError).toContain('There is no image in kept: build one first')
  })
})

interface Seen {
  readonly spec: unknown
  readonly outputSpec?: unknown
  readonly prepareError?: string
  readonly runError?: string
  readonly executeError?: string
  readonly ui: readonly string[]
  readonly artifact?: {
    readonly id: string
    readonly files: readonly string[]
    readonly metadata: unknown
  }
}
