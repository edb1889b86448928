import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { localShell } from './local-shell.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-shell-'))
})

afterAll(() => rm(folder, { recursive: true }))

async function run(command: string, stdin?: string) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err] = [text(stdout), text(stderr)]
  const input = stdin === undefined ? {} : { stdin: Readable.from([stdin]) }
  const shell = localShell({ directory: folder, env: { GREETING: 'hello' } })
  const { exitStatus } = await shell.start({ command, stdout, stderr, ...input })
  const status = await exitStatus
  stdout.end()
  stderr.end()
  return { status, stdout: await out, stderr: await err }
}

test('a command has its output, errors, status and environment', async () => {
  const result = await run('echo "$GREETING" && echo oops >&2 && exit 3')
  expect(result).toEqual({ status: 3, stdout: 'hello\n', stderr: 'oops\n' })
})

test('a command reads its input', async () => {
  expect(await run('tr a-z A-Z', 'shout')).toMatchObject({ status: 0, stdout: 'SHOUT' })
})

test('a command that leaves its input unread ends all the same', async () => {
  expect(await run('exit 0', 'x'.repeat(1_000_000))).toMatchObject({ status: 0 })
})

test('output beyond any buffer arrives whole', async () => {
  const { stdout } = await run('head -c 3000000 /dev/zero | tr "\\0" x')
  expect(stdout.length).toBe(3_000_000)
})

test('a command ended by a signal has a status as shells give it', async () => {
  expect(await run('kill -9 $$')).toMatchObject({ status: 137 })
})

test('an abort ends the command and what it started', async () => {
  const stop = new AbortController()
  const { exitStatus } = await localShell({ signal: stop.signal }).start({ command: 'sleep 60 | cat' })
  stop.abort()
  expect(await exitStatus).toBe(143)
})

test('a command ends with all that it started when nobody waits for it any more', async () => {
  const left = new AbortController()
  const { exitStatus } = await localShell().start({ command: 'sleep 60 | cat', signal: left.signal })
  left.abort()
  expect(await exitStatus).toBe(143)
})

test('what a command leaves running goes on, for one that was not ended', async () => {
  const { stdout } = await run('(sleep 0.3; echo late > late) >/dev/null 2>&1 & echo early')
  expect(stdout).toBe('early\n')
  await vi.waitFor(async () => expect(await readFile(join(folder, 'late'), 'utf8')).toBe('late\n'), 5_000)
})

test('after an abort nothing is started', async () => {
  await expect(localShell({ signal: AbortSignal.abort() }).start({ command: 'true' })).rejects.toThrow(
    'aborted',
  )
})

test('a folder that is not there is an error of the start', async () => {
  const shell = localShell({ directory: join(folder, 'absent') })
  await expect(shell.start({ command: 'true' })).rejects.toThrow('ENOENT')
})

test('files go up with their permissions and come down again', async () => {
  const shell = localShell({ directory: folder })
  const info = { name: 'a.sh', size: 2, mode: 0o750, modified: undefined }
  await shell.upload({ path: 'up/a.sh', source: Readable.from(['hi']), info })
  expect((await stat(join(folder, 'up/a.sh'))).mode & 0o777).toBe(0o750)
  const target = new PassThrough()
  const content = text(target)
  await shell.download({ path: 'up/a.sh', target })
  target.end()
  expect(await content).toBe('hi')
})

test('a folder goes up as itself, or with a slash as its content, without what is excluded', async () => {
  const source = join(folder, 'site')
  await mkdir(join(source, 'deep'), { recursive: true })
  await mkdir(join(source, 'skip'), { recursive: true })
  await writeFile(join(source, 'deep/page'), 'page')
  await writeFile(join(source, 'skip/secret'), 'secret')
  const shell = localShell({ directory: folder })
  await shell.uploadDir({ source, target: 'itself', exclude: ['skip'] })
  await shell.uploadDir({ source: `${source}/`, target: 'content', exclude: ['skip/'] })
  expect(await readdir(join(folder, 'itself'))).toEqual(['site'])
  expect(await readdir(join(folder, 'content'))).toEqual(['deep'])
  await shell.downloadDir({ source: 'content/', target: join(folder, 'back'), exclude: [] })
  expect(await readFile(join(folder, 'back/deep/page'), 'utf8')).toBe('page')
})
