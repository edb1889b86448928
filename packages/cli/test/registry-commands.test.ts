import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ingot, type Ran, type Served, served } from './ingot.ts'
import { Publisher } from './publisher.ts'

// Each command is a process of its own.
vi.setConfig({ testTimeout: 120_000 })

let registry: Served
let publisher: Publisher
let folder: string

beforeAll(async () => {
  registry = await served()
  publisher = await Publisher.of(registry)
  folder = await mkdtemp(join(tmpdir(), 'ingot-cli-blocks-'))
})

afterAll(async () => {
  await publisher[Symbol.asyncDispose]()
  await registry[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const run = (...args: string[]): Promise<Ran> => ingot(args, registry.env)

/** What a command prints when it does what it is asked. */
async function told(...args: string[]): Promise<string> {
  const { status, out, err } = await run(...args)
  expect({ args, status, err }).toEqual({ args, status: 0, err: '' })
  return out
}

const json = async (...args: string[]) => JSON.parse(await told(...args, '--json'))

describe('buckets', () => {
  it('are made, listed, shown and deleted', async () => {
    expect(await told('bucket', 'list')).toContain('ingot bucket create')
    expect(await told('bucket', 'create', 'base', '--label', 'team=a', '--description', 'Base')).toContain(
      'base',
    )
    await publisher.version('base', 'one')
    expect(await told('bucket', 'list')).toMatch(/^base +v1 +1 +aws/m)
    expect(await told('bucket', 'show', 'base')).toMatch(
      /Labels +team=a[\s\S]*latest +v1 +active +one +restricted/,
    )
    expect(await json('bucket', 'show', 'base')).toMatchObject({
      name: 'base',
      channels: [{ name: 'latest' }],
    })

    const asked = await run('bucket', 'delete', 'base')
    expect(asked).toMatchObject({ status: 1, err: expect.stringContaining('with 1 version and 1 channel') })
    expect(asked.err).toContain('--yes')
    expect(await told('bucket', 'delete', 'base', '--yes')).toContain('is gone')
    expect(await run('bucket', 'show', 'base')).toMatchObject({ status: 3, out: '' })
  })
})

describe('versions, builds and channels', () => {
  beforeAll(async () => {
    await publisher.version('web', 'one', { regions: ['us', 'eu'], labels: { arch: 'arm' } })
    await publisher.version('web', 'two')
  })

  it('show what is there, by number and by fingerprint', async () => {
    expect(await told('version', 'list', 'web')).toMatch(/^v2 +active +two .*latest$[\s\S]*^v1 +active +one/m)
    expect(await told('versions', 'web')).toBe(await told('version', 'list', 'web'))
    const shown = await told('version', 'show', 'web', 'v1')
    expect(shown).toMatch(/amazon-ebs\.web +done +aws +us +web-one-us\n +eu +web-one-eu/)
    expect(await told('version', 'show', 'web', 'one')).toBe(shown)
    expect(await told('build', 'list', 'web', 'v2')).toContain('web-two-us')
    expect(await told('build', 'show', 'web', 'v1', 'amazon-ebs.web')).toMatch(/Labels +arch=arm/)
    const lost = await run('version', 'show', 'web', 'v9')
    expect(lost).toMatchObject({ status: 3, err: expect.stringContaining('It has v2, v1.') })
    expect(await run('build', 'show', 'web', 'v1', 'other')).toMatchObject({ status: 3 })
  })

  it('move: a channel is made, promoted to, emptied and deleted', async () => {
    expect(await told('channel', 'create', 'web', 'prod')).toContain('ingot promote web VERSION --to prod')
    expect(await told('promote', 'web', 'v1', '--to', 'prod')).toBe(
      'web: prod now points at v1 (was empty).\n',
    )
    expect(await told('promote', 'web', '--from', 'latest', '--to', 'prod')).toBe(
      'web: prod now points at v2 (was v1).\n',
    )
    expect(await told('channel', 'assign', 'web', 'prod', 'two')).toBe('web: prod points at v2, as before.\n')
    expect(await told('channel', 'show', 'web', 'prod')).toContain('web-two-us')
    expect(await told('channel', 'list', 'web')).toMatch(/^latest +v2.*\nprod +v2/m)
    expect(await run('channel', 'unassign', 'web', 'prod')).toMatchObject({ status: 1 })
    expect(await told('channel', 'unassign', 'web', 'prod', '--yes')).toBe(
      'web: prod is empty now (was v2).\n',
    )
    const rows = await json('channel', 'history', 'web', 'prod')
    expect(rows.map((row: { version: { name: string } | null }) => row.version?.name)).toEqual([
      ...[undefined, 'v2', 'v1'],
    ])
    expect(await run('promote', 'web', 'v1', '--to', 'nowhere')).toMatchObject({
      ...{ status: 3, err: expect.stringContaining('ingot channel create web nowhere') },
    })
    expect(await told('channel', 'delete', 'web', 'prod', '--yes')).toContain('is gone')
  })

  it('are found by label, and by the id of an image', async () => {
    expect(
      await told('resolve', 'web', '--version-name', 'v1', '--label', 'arch=arm', '--region', 'eu'),
    ).toBe('web-one-eu\n')
    expect(await run('resolve', 'web', '--label', 'arch=x86')).toMatchObject({
      ...{ status: 3, err: expect.stringContaining('label arch=x86') },
    })
    expect(await told('find', 'web-two-us')).toMatch(/^web +v2 +active +amazon-ebs\.web +aws +us +latest$/m)
    expect(await run('find', 'ami-none')).toMatchObject({
      status: 3,
      out: expect.stringContaining('No build'),
    })
    expect(await told('consumers', 'web')).toMatch(/^v2 +latest +\S.* ingot\/\S+ +1 /m)
    expect(await told('consumers', 'web', 'v1')).toMatch(/^v1 +\S/m)
  })

  it('are deleted, with channels that point at them only when told', async () => {
    await publisher.version('web', 'three')
    await told('channel', 'create', 'web', 'tied', '--version-name', 'v3')
    const held = await run('version', 'delete', 'web', 'v3', '--yes')
    expect(held).toMatchObject({ status: 1, err: expect.stringContaining('tied') })
    expect(await told('version', 'delete', 'web', 'v3', '--yes', '--rollback-channels')).toContain('is gone')
  })
})

describe('revoke, restore and graph', () => {
  beforeAll(async () => {
    await publisher.version('rock', 'one')
    await publisher.version('house', 'zero')
    await publisher.version('house', 'one', { from: 'rock-one-us' })
    await publisher.version('shed', 'one', { from: 'rock-one-us' })
    await publisher.version('window', 'one', { from: 'house-one-us' })
    for (const version of ['zero', 'one']) {
      if (version === 'zero') await publisher.client.channels.create('house', { name: 'prod' })
      await publisher.client.channels.assign({ bucket: 'house', channel: 'prod' }, version)
    }
  })

  it('draw what was built from what', async () => {
    const up = await told('graph', 'house', 'v2')
    expect(up).toContain('house v2 was built from:')
    expect(up).toMatch(/└─ rock v1 .*seen/)
    expect(up).toContain('house v2 went into:')
    expect(await told('graph', 'rock', '--depth', '1')).not.toContain('window')
    expect((await json('graph', 'rock', '--direction', 'descendants')).nodes).toHaveLength(4)
    expect(await run('graph', 'rock', '--depth', 'far')).toMatchObject({ status: 2 })
  })

  it('show a plan, do exactly that, and take it back', async () => {
    const args = ['revoke', 'rock', 'v1', '--reason', 'CVE-1']
    const shown = await told('revoke', 'rock', 'v1', '--plan')
    expect(shown).toContain('rock v1 and 3 descendants would be revoked, 5 channels would move:')
    expect(shown).toMatch(/├─ house v2 +channel .* → v1\n {2}│ {2}│ +channel .* → v1\n {2}│ {2}└─ window v1/)
    expect(shown).toMatch(/└─ shed v1 +channel latest → empty +nothing older is left/)
    const plan = /--apply (\S+)/.exec(shown)![1]!
    expect((await json('revoke', 'rock', 'v1', '--plan')).id).toBe(plan)

    const asked = await run(...args)
    expect(asked).toMatchObject({ status: 1, err: expect.stringContaining('house v2') })
    await publisher.version('barn', 'one', { from: 'rock-one-us' })
    expect(await run(...args, '--apply', plan)).toMatchObject({
      ...{ status: 1, err: expect.stringContaining('nothing was revoked') },
    })
    expect(await told(...args, '--yes')).toContain(
      'rock v1 and 4 descendants are revoked, 6 channels have moved',
    )
    expect(await told('version', 'show', 'house', 'v2')).toMatch(
      /Reason +CVE-1[\s\S]*Inherited from +rock v1/,
    )
    expect(await run('resolve', 'rock', '--version-name', 'v1')).toMatchObject({
      ...{ status: 1, err: expect.stringContaining('CVE-1') },
    })
    expect(await run('restore', 'house', 'v2')).toMatchObject({
      ...{ status: 1, err: expect.stringContaining('ingot restore rock v1') },
    })
    expect(await told('restore', 'rock', 'v1')).toContain('rock v1 is restored')
    expect(await run('restore', 'rock', 'v1')).toMatchObject({ status: 1 })
  })

  it('schedule, and leave alone what they are told to', async () => {
    const later = await told('revoke', 'house', 'v1', '--reason', 'old', '--in', '30d', '--yes')
    expect(later).toMatch(/house v1 is revoked at \d{4}-.*channels move then/)
    expect(await told('stale')).toMatch(/^house +latest +v1 will be revoked in 29 days/m)
    await told('restore', 'house', 'v1')
    const alone = await json('revoke', 'rock', 'v1', '--no-descendants', '--keep-channels', '--plan')
    expect(alone).toMatchObject({ descendant_count: 0, channel_count: 0 })
  })

  it.each([
    [['revoke', 'rock', 'v1'], '--reason'],
    [['revoke', 'rock', 'v1', '--plan', '--apply', 'x'], 'exclude each other'],
    [['revoke', 'rock', 'v1', '--reason', 'x', '--in', '1d', '--at', 'x'], 'exclude each other'],
    [['promote', 'rock', '--to', 'prod'], 'name a version'],
    [['promote', 'rock', 'v1', '--from', 'a', '--to', 'prod'], 'not both'],
  ])('wrong usage: %j', async (args, message) => {
    expect(await run(...args)).toMatchObject({ status: 2, err: expect.stringContaining(message) })
  })
})

describe('why and stale', () => {
  it('say what is missing, and the line that finishes it', async () => {
    const { client } = publisher
    await publisher.version('late', 'one')
    expect(await run('why', 'late')).toMatchObject({ status: 3, err: expect.stringContaining('is complete') })
    await client.versions.create('late', { fingerprint: 'two' })
    const at = { bucket: 'late', fingerprint: 'two' }
    await client.builds.create(at, { component_type: 'docker.x', status: 'BUILD_FAILED' })
    const text = await told('why', 'late')
    expect(text).toContain('late two is not complete: 2 of 2 builds not done.')
    expect(text).toContain(
      'HCP_PACKER_BUILD_FINGERPRINT=two packer build -only=docker.x,amazon-ebs.web TEMPLATE',
    )
    const { abandon } = await json('why', 'late', 'two')
    expect(await told(...abandon.split(' ').slice(1), '--yes')).toContain('late two is gone')
  })

  it('end with 5 only when asked to check', async () => {
    await publisher.version('left', 'one')
    await publisher.client.channels.create('left', { name: 'prod', version_fingerprint: 'one' })
    await publisher.version('left', 'two')
    const found = await run('stale', '--behind', '1', '--check')
    expect(found.status).toBe(5)
    expect(found.out).toMatch(/^left +prod +v1 is 1 behind v2 +ingot promote left v2 --to prod$/m)
    expect((await json('stale')).behind).toEqual([])
    expect(await run('stale', '--days', 'many')).toMatchObject({ status: 2 })
  })
})

describe('enforced blocks', () => {
  it('are made, linked, moved on, unlinked and deleted', async () => {
    const file = join(folder, 'cis.pkr.hcl')
    await writeFile(file, 'provisioner "shell" {\n  inline = ["true"]\n}\n')
    await publisher.version('hard', 'one')
    const block = (...args: string[]) => told('enforced-block', ...args)
    expect(await block('list')).toContain('enforced-block create')
    expect(await block('create', 'cis', '--file', file)).toContain('cis v1.0.0 is there')
    expect(await block('link', 'cis', 'hard')).toBe('Builds of hard run cis v1.0.0.\n')
    expect(await block('version', 'cis', 'v2', '--file', file)).toContain('--version-name v2')
    expect(await block('link', 'cis', 'hard', '--version-name', 'v2')).toContain('run cis v2')
    expect(await block('show', 'cis')).toMatch(/^v1\.0\.0 +HCL2 {3,}\d[\s\S]*^v2 +HCL2 +hard[\s\S]*inline/m)
    expect(await block('list')).toMatch(/^cis +v2 +HCL2/m)
    const linked = await run('enforced-block', 'delete', 'cis', '--yes')
    expect(linked).toMatchObject({ status: 1, err: expect.stringContaining('hard') })
    expect(await run('enforced-block', 'unlink', 'cis', 'soft', '--yes')).toMatchObject({ status: 3 })
    expect(await block('unlink', 'cis', 'hard', '--yes')).toContain('no more')
    expect(await block('delete', 'cis', '--version-name', 'v2', '--yes')).toContain('cis v2 is gone')
    expect(await block('delete', 'cis', '--yes')).toContain('cis is gone')
    expect(await run('enforced-block', 'show', 'cis')).toMatchObject({ status: 3 })
    expect(await run('enforced-block', 'create', 'x', '--file', join(folder, 'none'))).toMatchObject({
      ...{ status: 1, err: expect.stringContaining('cannot be read') },
    })
  })
})
