import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { localAccess, RegistryStartError, startRegistry } from '../src/index.ts'
import { publish } from './publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ingot-start-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const start = (listen = '127.0.0.1:0') => startRegistry({ dataDir, listen })
const path = (...names: string[]) => join(dataDir, ...names)

async function refusal(begin: () => unknown): Promise<RegistryStartError> {
  try {
    await begin()
  } catch (error) {
    if (error instanceof RegistryStartError) return error
    throw error
  }
  throw new Error('it started')
}

test('the next start finds everything of the first: ids, secret, data, and tokens that were given', async () => {
  await using registry = await RegistryUnderTest.start()
  const before = registry.access
  await publish(registry, { bucket: 'web', fingerprint: 'fp-1', sources: ['a.one'] })
  await registry.down()
  await registry.up()
  const { url: _, ...same } = registry.access
  expect(before).toMatchObject({ ...same, apiAddress: before.apiAddress })
  const { status, json } = await registry.send('GET', 'P/buckets/web')
  expect([status, json.bucket.version_count]).toEqual([200, '1'])
})

test('nobody but the owner can read anything, and the database holds no secret', async () => {
  const registry = await start()
  const { clientId, clientSecret } = localAccess(dataDir)
  await registry.close()
  for (const name of readdirSync(dataDir, { recursive: true, encoding: 'utf8' })) {
    expect([name, statSync(path(name)).mode & 0o077]).toEqual([name, 0])
  }
  const database = readFileSync(path('registry.sqlite'))
  expect([database.includes(clientId), database.includes(clientSecret)]).toEqual([true, false])
})

test('a directory has one registry at a time, and the second is told who has it', async () => {
  const registry = await start()
  const error = await refusal(start)
  await registry.close()
  expect(error.code).toBe('data.locked')
  expect(error.message).toContain(`process ${process.pid}, ${registry.url}`)
  await (await start()).close()
})

test('a taken port is told with the way to another, and the directory is free again', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const error = await refusal(() => start(`127.0.0.1:${port}`))
  other.close()
  expect([error.code, error.message]).toEqual(['listen.taken', expect.stringContaining('--listen')])
  await (await start()).close()
})

test.each(['8443', '127.0.0.1', 'localhost:port'])('"%s" is no address to listen on', async (listen) => {
  expect((await refusal(() => start(listen))).code).toBe('listen.malformed')
})

test('an address of another machine is refused', async () => {
  expect((await refusal(() => start('192.0.2.1:0'))).code).toBe('listen.refused')
})

test('a directory that cannot be made is told as such', async () => {
  writeFileSync(path('file'), '')
  const error = await refusal(() => startRegistry({ dataDir: path('file', 'below'), listen: '127.0.0.1:0' }))
  expect([error.code, error.message]).toEqual(['data.unwritable', expect.stringContaining('--data')])
})

test('a damaged database is told, and left as it is', async () => {
  await (await start()).close()
  const bytes = readFileSync(path('registry.sqlite'))
  bytes.fill(0x5a, 0, 8192)
  writeFileSync(path('registry.sqlite'), bytes)
  expect((await refusal(start)).code).toBe('data.damaged')
  expect(readFileSync(path('registry.sqlite')).equals(bytes)).toBe(true)
})

test('a file that is no database is told as damaged', async () => {
  writeFileSync(path('registry.sqlite'), 'not a database at all, but long enough to be looked at'.repeat(50))
  expect((await refusal(start)).code).toBe('data.damaged')
})

test('a database of a newer Ingot is not touched', async () => {
  await (await start()).close()
  const database = new DatabaseSync(path('registry.sqlite'))
  database.exec("insert into migrations (name) values ('9999-from-the-future')")
  database.close()
  expect((await refusal(start)).code).toBe('data.newer')
})

test('damaged credentials are told; removed ones are made anew, and the old ones go on working', async () => {
  await using registry = await RegistryUnderTest.start()
  const before = registry.access
  await registry.down()
  writeFileSync(join(registry.dataDir, 'credentials.json'), '{"clientId":')
  expect((await refusal(() => registry.up())).code).toBe('file.damaged')
  rmSync(join(registry.dataDir, 'credentials.json'))
  await registry.up()
  expect(registry.access.clientId).not.toBe(before.clientId)
  expect(registry.access.projectId).toBe(before.projectId)
  const form = (id: string, secret: string) =>
    `grant_type=client_credentials&client_id=${id}&client_secret=${secret}`
  for (const { clientId, clientSecret } of [before, registry.access]) {
    const { status } = await registry.send('POST', '/oauth2/token', {
      body: form(clientId, clientSecret),
      token: '',
    })
    expect(status).toBe(200)
  }
})

test('credentials whose secret was changed by hand are told', async () => {
  await (await start()).close()
  const text = readFileSync(path('credentials.json'), 'utf8')
  writeFileSync(path('credentials.json'), text.replace('ingot_secret_', 'ingot_secret_x'))
  expect((await refusal(start)).message).toContain('its secret is not that of')
})

test('a start that crashed before the database knew the secret is finished by the next', async () => {
  writeFileSync(
    path('credentials.json'),
    '{"clientId":"ingot-1","clientSecret":"ingot_secret_1","organizationId":"","projectId":""}',
  )
  const registry = await start()
  expect(registry.created).toBe(true)
  await registry.close()
  expect(localAccess(dataDir)).toMatchObject({ clientId: 'ingot-1', clientSecret: 'ingot_secret_1' })
  expect(localAccess(dataDir).projectId).toMatch(/^[0-9a-f-]{36}$/)
})

test('a damaged certificate is told with its file', async () => {
  await (await start()).close()
  writeFileSync(path('tls', 'server.pem'), 'nonsense')
  const error = await refusal(start)
  expect([error.code, error.message]).toEqual([
    'file.damaged',
    expect.stringContaining(path('tls', 'server.pem')),
  ])
})

test('a directory without a registry is told as such', async () => {
  const error = await refusal(() => localAccess(dataDir))
  expect([error.code, error.message]).toEqual(['data.absent', expect.stringContaining('ingot serve')])
})

test('a stopping registry finishes the request in flight and takes no more', async () => {
  await using registry = await RegistryUnderTest.start()
  const inFlight = registry.send('PUT', 'P/buckets', { body: { name: 'last' } })
  await registry.send('GET', '/ingot/v1/health')
  const [{ status, headers }] = await Promise.all([inFlight, registry.stop()])
  registry.disconnect()
  expect([status, headers.connection === 'close' || headers.connection === 'keep-alive']).toEqual([200, true])
  await expect(registry.send('GET', '/ingot/v1/health')).rejects.toThrow(/ECONNREFUSED|socket/)
})

test.skipIf(spawnSync('openssl', ['version']).status !== 0)(
  'the bundle lets openssl trust the server',
  async () => {
    const registry = await start()
    const { caBundleFile } = localAccess(dataDir)
    const verify = ['-verify_return_error', '-verify_hostname', 'localhost']
    const { spawn } = await import('node:child_process')
    const child = spawn('openssl', [
      's_client',
      '-connect',
      `127.0.0.1:${registry.port}`,
      '-CAfile',
      caBundleFile,
      ...verify,
    ])
    child.stdin.end()
    let said = ''
    for await (const chunk of child.stdout) said += chunk
    await registry.close()
    expect(said).toContain('Verify return code: 0 (ok)')
  },
)
