import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Principal } from '../domain/principal.ts'
import { RandomIds } from '../random-ids.ts'
import { Registry } from '../registry/registry.ts'
import { SqliteStore } from '../store/sqlite/sqlite-store.ts'
import { TOKEN_LIFETIME } from './access-token.ts'
import { Authenticator, PRINCIPAL_FRESH } from './authenticator.ts'
import { DerivedSecrets } from './derived-secrets.ts'
import { tokenKeys } from './signing-keys.ts'

let directory: string
let registry: Registry
let store: SqliteStore
let principal: Principal
let authenticator: Authenticator
let now = Date.parse('2026-01-01T00:00:00Z')
const clock = { now: () => now }

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ingot-auth-'))
  store = await SqliteStore.open(join(directory, 'registry.sqlite'))
  registry = new Registry({
    store,
    clock,
    ids: new RandomIds(),
    secrets: new DerivedSecrets(Buffer.alloc(32)),
  })
  const names = { organizationName: 'o', projectName: 'p', principalName: 'local', role: 'admin' } as const
  principal = (await registry.principals.found({ ...names, clientId: 'c', secretHash: 'h' })).principal
  authenticator = new Authenticator({ registry, clock, issuer: 'o', keys: await tokenKeys(registry) })
})
afterEach(async () => {
  await store.close()
  rmSync(directory, { recursive: true })
})

const refusal = (code: string) => expect.objectContaining({ code })

test('a token tells who calls, until its last second, also when it was checked before', async () => {
  const header = `Bearer ${await authenticator.issue({ clientId: 'c', principal })}`
  expect(await authenticator.caller(header)).toMatchObject({
    principalId: principal.id,
    principalName: 'local',
    grants: new Map([[principal.organizationId, 'admin']]),
  })
  now += (TOKEN_LIFETIME - 1) * 1000
  expect(await authenticator.caller(header)).toMatchObject({ principalId: principal.id })
  now += 1000
  await expect(authenticator.caller(header)).rejects.toEqual(refusal('token.expired'))
  await expect(authenticator.caller(header)).rejects.toEqual(refusal('token.expired'))
})

test('a principal that was removed is refused once its rights are read anew', async () => {
  const header = `bearer ${await authenticator.issue({ clientId: 'c', principal })}`
  await authenticator.caller(header)
  const database = new DatabaseSync(join(directory, 'registry.sqlite'))
  database.exec('pragma foreign_keys = off; delete from principals')
  database.close()
  now += PRINCIPAL_FRESH
  await expect(authenticator.caller(header)).rejects.toEqual(refusal('principal.gone'))
  await expect(authenticator.caller(header)).rejects.toEqual(refusal('principal.gone'))
})

test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc'])('%j holds no token', async (header) => {
  await expect(authenticator.caller(header)).rejects.toEqual(refusal('token.absent'))
})

test('a token of a deleted key is refused at the next request, while another key goes on', async () => {
  const caller = await authenticator.caller(
    `Bearer ${await authenticator.issue({ clientId: 'c', principal })}`,
  )
  const { organizationId } = principal
  const at = { organizationId, principal: 'robot' }
  const made = await registry.principals.create(caller, at)
  const robot = { ...principal, id: made.id, name: 'robot', grants: new Map() }
  const headers: string[] = []
  for (const clientId of ['old', 'next']) {
    await registry.principals.createKey(caller, at, { clientId, secretHash: clientId })
    headers.push(`Bearer ${await authenticator.issue({ clientId, principal: robot })}`)
  }
  const [old, next] = headers
  for (const header of headers)
    expect(await authenticator.caller(header)).toMatchObject({ principalId: made.id })
  await registry.principals.deleteKey(caller, at, 'old')
  await expect(authenticator.caller(old)).rejects.toEqual(refusal('principal.gone'))
  expect(await authenticator.caller(next)).toMatchObject({ principalId: made.id })
  await registry.policies.set(
    caller,
    { organizationId },
    {
      bindings: [
        { principalId: principal.id, role: 'admin' },
        { principalId: made.id, role: 'viewer' },
      ],
    },
  )
  expect((await authenticator.caller(next)).grants.get(organizationId)).toBe('viewer')
  await registry.principals.delete(caller, at)
  await expect(authenticator.caller(next)).rejects.toEqual(refusal('principal.gone'))
})
