import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const script = fileURLToPath(new URL('./start.ts', import.meta.url))
let data: string

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'ingot-start-'))
})

afterAll(() => rm(data, { recursive: true, force: true }))

it('bakes a parent and a child, shows them, and finds them at the next start', async () => {
  const first = await started()
  expect(first.err).toContain('Made a new registry')
  expect(first.out).toMatch(/demo-parent +v1 .*tarball-image\.base/)
  expect(first.out).toMatch(/demo-child +v1 .*tarball-image\.eu +eu +sha256:/)
  expect(first.out).toContain('export HCP_CLIENT_ID=')
  expect(first.status).toBe(0)

  const second = await started()
  expect(second.err).toContain('Found the registry of an earlier start')
  expect(second.out).toMatch(/demo-parent +v2[\s\S]*demo-parent +v1/)
})

/** Starts it, waits until it serves, and ends it as Ctrl-C does. */
async function started() {
  const env = { ...process.env, INGOT_DATA: data, INGOT_LISTEN: '127.0.0.1:0' }
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const err = collect(child, 'stderr')
  const out = collect(child, 'stdout', (text) => {
    if (text.includes('Serving until Ctrl-C')) child.kill('SIGINT')
  })
  const [status] = await once(child, 'close')
  return { status, out: out(), err: err() }
}

function collect(child: ChildProcess, name: 'stdout' | 'stderr', seen: (text: string) => void = () => {}) {
  let text = ''
  child[name]!.on('data', (chunk) => {
    text += chunk
    seen(text)
  })
  return () => text
}
