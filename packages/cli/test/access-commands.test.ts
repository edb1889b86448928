import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingot, type Served, served } from './ingot.ts'

let registry: Served
let variables: Record<string, string>
beforeAll(async () => {
  registry = await served()
  variables = JSON.parse((await ingot(['env', '--json'], registry.env)).out)
  await run('bucket', 'create', 'web')
  await run('bucket', 'create', 'other')
})
afterAll(() => registry[Symbol.asyncDispose]())

async function run(...args: string[]) {
  const { status, out, err } = await ingot([...args, '--json'], registry.env)
  expect({ args, status, err }).toEqual({ args, status: 0, err: '' })
  return JSON.parse(out)
}

/** Runs a command with a key, as whoever was given it does. */
function as(key: { client_id: string; client_secret: string }, ...args: string[]) {
  const { client_id: HCP_CLIENT_ID, client_secret: HCP_CLIENT_SECRET } = key
  return ingot(args, { ...variables, HCP_CLIENT_ID, HCP_CLIENT_SECRET })
}

describe('principals, keys and roles', () => {
  it('gives a role on a bucket, and nothing beside it', async () => {
    const { key } = await run('principal', 'create', 'web-team')
    expect((await as(key, 'bucket', 'show', 'web')).status).toBe(3)
    await run('role', 'grant', 'web-team', 'contributor', '--bucket', 'web')
    expect((await as(key, 'bucket', 'show', 'web')).status).toBe(0)
    expect((await as(key, 'bucket', 'show', 'other')).status).toBe(3)
    expect(await run('role', 'list', '--bucket', 'web')).toMatchObject([
      { principal: 'web-team', role: 'contributor' },
    ])
    const { out } = await as(key, 'bucket', 'list', '--json')
    expect(JSON.parse(out).map((each: { name: string }) => each.name)).toEqual(['web'])
    await run('role', 'revoke', 'web-team', 'contributor', '--bucket', 'web')
    expect((await as(key, 'bucket', 'show', 'web')).status).toBe(3)
    const again = await ingot(['role', 'revoke', 'web-team', 'contributor', '--bucket', 'web'], registry.env)
    expect(again).toMatchObject({ status: 3, err: expect.stringContaining('the bucket web') })
  })

  it('rotates a key: the next one works before the old one goes', async () => {
    const { key: old } = await run('principal', 'create', 'pipeline', '--role', 'contributor')
    const next = await run('key', 'create', 'pipeline')
    expect(await run('key', 'list', 'pipeline')).toHaveLength(2)
    expect((await ingot(['key', 'create', 'pipeline'], registry.env)).err).toContain('Delete one of them')
    await run('key', 'delete', 'pipeline', old.client_id, '--yes')
    expect((await as(next, 'bucket', 'list')).status).toBe(0)
    expect(await as(old, 'bucket', 'list')).toMatchObject({ status: 1 })
    await run('principal', 'delete', 'pipeline', '--yes')
    expect((await run('principal', 'list')).map((each: { name: string }) => each.name)).not.toContain(
      'pipeline',
    )
    expect(await ingot(['key', 'list', 'pipeline'], registry.env)).toMatchObject({
      status: 3,
      err: expect.stringContaining('There are: '),
    })
  })

  it('shows a secret for shells', async () => {
    const { out } = await ingot(['principal', 'create', 'shell'], registry.env)
    expect(out).toMatch(/^HCP_CLIENT_ID=ingot-\w+\nHCP_CLIENT_SECRET=ingot_secret_[\w-]+\n/m)
  })

  it('shows an old packer exactly one project', async () => {
    await run('project', 'create', 'second')
    const { key } = await run('principal', 'create', '--for-packer', '1.7')
    const { out } = await as(key, 'project', 'list', '--json')
    expect(JSON.parse(out)).toMatchObject([{ name: 'default' }])
    expect((await run('principal', 'list')).map((each: { name: string }) => each.name)).toContain(
      'packer-1-7',
    )
    const newer = await ingot(['principal', 'create', 'x-y', '--for-packer', '1.6'], registry.env)
    expect(newer).toMatchObject({ status: 1, err: expect.stringContaining('1.7.7') })
  })
})

describe('projects', () => {
  it('are made, renamed and deleted by name', async () => {
    const made = await run('project', 'create', 'team', '--description', 'ours')
    await run('project', 'rename', 'team', 'crew')
    expect(await run('project', 'list')).toContainEqual(
      expect.objectContaining({ id: made.id, name: 'crew', description: 'ours' }),
    )
    const asked = await ingot(['project', 'delete', 'crew'], registry.env)
    expect(asked).toMatchObject({ status: 1, err: expect.stringContaining('--yes') })
    await run('project', 'delete', 'crew', '--yes')
    expect(await ingot(['project', 'rename', 'crew', 'x'], registry.env)).toMatchObject({
      status: 3,
      err: expect.stringContaining('default'),
    })
  })
})
