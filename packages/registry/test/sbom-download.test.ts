import { zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runUuid } from './publish.ts'
import { RegistryUnderTest } from './registry-under-test.ts'

let registry: RegistryUnderTest
let download: string
const document = `{"bomFormat":"CycloneDX",  "specVersion":"1.6","components":[{"type":"library","name":"bäsh"}]}\n`

beforeAll(async () => {
  registry = await RegistryUnderTest.start()
  await registry.send('PUT', 'P/buckets', { body: { name: 'web' } })
  await registry.send('POST', 'P/buckets/web/versions', { body: { fingerprint: 'a' } })
  const fresh = { component_type: 'null.x', packer_run_uuid: runUuid, status: 'BUILD_RUNNING' }
  const made = await registry.send('POST', 'P/buckets/web/versions/a/builds', { body: fresh })
  const sboms = `P/buckets/web/versions/a/builds/${made.json.build.id}/sboms`
  const body = {
    compressed_sbom: zstdCompressSync(document).toString('base64'),
    format: 'CYCLONEDX',
    name: 'first',
  }
  await registry.send('PUT', sboms, { body })
  download = (await registry.send('GET', `${sboms}/first`)).json.download_url
})
afterAll(() => registry[Symbol.asyncDispose]())

test('a document comes back byte for byte, without a token, under its name', async () => {
  const { origin, pathname } = new URL(download)
  expect(origin).toBe(`https://127.0.0.1:${registry.port}`)
  const { status, headers, text } = await registry.send('GET', pathname, { token: '' })
  expect([status, text]).toEqual([200, document])
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(document)),
    'content-disposition': 'attachment; filename="first.json"',
  })
})

test('an address that was changed opens nothing', async () => {
  const { pathname } = new URL(download)
  const forged = pathname.replace(/\.(\d+)\./, (_, until) => `.${Number(until) + 1}.`)
  const { status, json } = await registry.send('GET', forged, { token: '' })
  expect([status, json.code]).toEqual([403, 7])
})
