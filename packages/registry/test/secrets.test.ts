import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WireClient } from './wire-client.ts'

let registry: WireClient
let child: ChildProcess
let log = ''
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const wrongSecret = 'ingot_secret_canary-that-fits-no-key'

beforeAll(async () => {
  registry = new WireClient(mkdtempSync(join(tmpdir(), 'ingot-secrets-')))
  child = fork(join(import.meta.dirname, 'serve.ts'), [registry.dataDir, 'debug'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--expose-gc'],
  })
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text) => {
      log += text
    })
  while (!log.includes('ready\n'))
    await Promise.race([once(child.stdout!, 'data'), once(child.stderr!, 'data')])
  await registry.signIn()
})
afterAll(async () => {
  registry.disconnect()
  child.kill('SIGKILL')
  await once(child, 'exit')
  rmSync(registry.dataDir, { recursive: true })
})

interface Row {
  readonly action: string
  readonly object: string
  readonly outcome: string
  readonly principal_name: string | null
}

function auditRows(): readonly Row[] {
  const database = new DatabaseSync(join(registry.dataDir, 'registry.sqlite'), { readOnly: true })
  const rows = database.prepare('select * from audit_events order by sequence').all()
  database.close()
  return rows as unknown as Row[]
}

/** Names of the files of the data directory that hold a text. */
function filesWith(text: string): readonly string[] {
  return readdirSync(registry.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name)
}

async function ask(client_id: string, client_secret: string) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }).toString()
  return registry.send('POST', '/oauth2/token', { body, headers: form, token: '' })
}

test('every change of rights and every refusal is audited, and no secret or token is written anywhere', async () => {
  const { projectId, organizationId } = registry.access
  const home = `/2019-12-10/iam/project/${projectId}`
  const policy = `/resource-manager/2019-12-10/projects/${projectId}/iam-policy`
  const send = (method: string, path: string, body?: object, token = registry.token) =>
    registry.send(method, path, { body, token })
  const made = await send('POST', `${home}/service-principals`, { name: 'robot' })
  const { key, client_secret: secret } = (await send('POST', `${home}/service-principal/robot/keys`)).json
  const token = (await ask(key.client_id, secret)).json.access_token as string
  expect((await ask(key.client_id, wrongSecret)).status).toBe(401)
  await send('PUT', 'P/buckets', { name: 'web' }, token)
  const members = [{ member_id: made.json.service_principal.id, member_type: 'SERVICE_PRINCIPAL' }]
  await send('PUT', policy, { policy: { bindings: [{ role_id: 'roles/viewer', members }] } })
  await send('PUT', policy, { policy: {} }, token)
  await send('POST', '/resource-manager/2019-12-10/projects', { name: 'second' })
  await send('DELETE', `${home}/service-principal/robot/key/${key.client_id}`)
  await send('GET', 'P/buckets', undefined, token)
  await send('DELETE', `${home}/service-principal/robot`)
  await send('DELETE', `${home}/service-principal/robot`)

  const rows = auditRows().map(({ action, object, outcome, principal_name: by }) => [
    action,
    object,
    outcome,
    by,
  ])
  for (const row of [
    ['principal.create', 'principal/robot', 'done', 'local'],
    ['key.create', `principal/robot/key/${key.client_id}`, 'done', 'local'],
    ['bucket.create', 'bucket/web', 'project.absent', 'robot'],
    ['policy.set', 'policy/project', 'done', 'local'],
    ['policy.set', 'policy/project', 'access.denied', 'robot'],
    ['project.create', 'project/second', 'done', 'local'],
    ['key.delete', `principal/robot/key/${key.client_id}`, 'done', 'local'],
    ['principal.delete', 'principal/robot', 'done', 'local'],
    ['principal.delete', 'principal/robot', 'principal.absent', 'local'],
  ])
    expect(rows).toContainEqual(row)
  const outcomes = rows.map(([, , outcome]) => outcome)
  expect(outcomes).toEqual(expect.arrayContaining(['token.wrong-client', 'principal.gone']))

  expect(filesWith(organizationId)).toContain('registry.sqlite-wal')
  for (const canary of [secret, wrongSecret, token, registry.token]) expect(filesWith(canary)).toEqual([])
  expect(filesWith(registry.access.clientSecret)).toEqual(['credentials.json'])
  expect(log).toContain('access.denied')
  for (const canary of [secret, wrongSecret, token, registry.token, registry.access.clientSecret])
    expect(log).not.toContain(canary)
})
