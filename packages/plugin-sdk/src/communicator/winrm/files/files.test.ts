import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { connect, serve } from '../../../../test/winrm-server/connect.ts'
import type { WinRMServer } from '../../../../test/winrm-server/winrm-server.ts'
import type { RemoteMachine } from '../../remote-machine.ts'

let server: WinRMServer
let machine: RemoteMachine
let here: string
let user: AbortController
let requests: (xml: string) => void
beforeEach(async () => {
  here = mkdtempSync(join(tmpdir(), 'ingot-winrm-files-'))
  user = new AbortController()
  requests = () => {}
  const intercept = (xml: string) => {
    requests(xml)
    return undefined
  }
  server = await serve({ allowUnencrypted: true, intercept })
  ;({ machine } = await connect(server, { useNtlm: false }, { signal: user.signal }))
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(here, { recursive: true })
})

const on = (path: string) => join(server.root, path)
const leftOver = () => readdirSync(on('Temp'))
const isTidy = () =>
  vi.waitUntil(() => server.shells.count === 0 && leftOver().length === 0, { timeout: 10_000 })

describe('a file', () => {
  test('of megabytes goes there and comes back whole, a piece at a time', async () => {
    const content = randomBytes(2_000_000)
    let ahead = 0
    const source = new Readable({
      highWaterMark: 65_536,
      read(size) {
        this.push(ahead < content.length ? content.subarray(ahead, ahead + size) : null)
        ahead += size
      },
    })
    let furthest = 0
    let appended = 0
    requests = (xml) => {
      appended += /<rsp:Command>echo ([^ ]*) /.exec(xml)?.[1]?.length ?? 0
      furthest = Math.max(furthest, ahead - (appended * 3) / 4)
    }
    await machine.upload('C:\\big\\file.bin', source)
    expect(readFileSync(on('big/file.bin')).equals(content)).toBe(true)
    expect(furthest).toBeLessThan(300_000)
    await isTidy()
    await machine.downloadFile('C:\\big\\file.bin', join(here, 'back'))
    expect(readFileSync(join(here, 'back')).equals(content)).toBe(true)
  })

  test('may be empty', async () => {
    await machine.upload('C:\\empty', '')
    expect(readFileSync(on('empty'), 'utf8')).toBe('')
    expect((await machine.download('C:\\empty')).length).toBe(0)
  })

  test('goes into a directory under its own name', async () => {
    writeFileSync(join(here, 'a.ps1'), 'one')
    mkdirSync(on('scripts'))
    await machine.uploadFile(join(here, 'a.ps1'), 'C:\\scripts')
    await machine.uploadFile(join(here, 'a.ps1'), 'C:/others/')
    expect(readFileSync(on('scripts/a.ps1'), 'utf8')).toBe('one')
    expect(readFileSync(on('others/a.ps1'), 'utf8')).toBe('one')
  })

  test('may have quotes in its name, and variables in its path', async () => {
    await machine.upload("C:\\it's ‘so’.txt", 'x')
    await machine.upload('$env:SYSTEMROOT/Temp/vars.ps1', 'y')
    await machine.upload('%TEMP%\\kept.txt', 'z')
    expect(readFileSync(on("it's ‘so’.txt"), 'utf8')).toBe('x')
    expect(readFileSync(on('Windows/Temp/vars.ps1'), 'utf8')).toBe('y')
    expect(leftOver()).toEqual(['kept.txt'])
  })

  test('that cannot be written is told with its path and the reason, and leaves nothing behind', async () => {
    writeFileSync(on('file'), '')
    await expect(machine.upload('C:\\file\\below', 'x')).rejects.toMatchObject({
      code: 'file',
      message: expect.stringMatching(/^Cannot upload to C:\\file\\below: .*(ENOTDIR|EEXIST)/),
    })
    await isTidy()
  })

  test('that cannot be read is told with its path and the reason', async () => {
    await expect(machine.download('C:\\gone')).rejects.toThrow(/^Cannot download C:\\gone: .*ENOENT/)
    await isTidy()
  })

  test('whose source fails half-way leaves nothing behind', async () => {
    const failing = Readable.from(
      (async function* () {
        yield randomBytes(20_000)
        throw new Error('the disk is gone')
      })(),
    )
    await expect(machine.upload('C:\\half', failing)).rejects.toThrow('the disk is gone')
    await isTidy()
    expect(existsSync(on('half'))).toBe(false)
  })

  test('whose target fails ends the download', async () => {
    writeFileSync(on('big'), randomBytes(1_000_000))
    const full = new Writable({ write: (_, __, done) => done(new Error('no space left')) })
    full.on('error', () => {})
    await expect(machine.communicator.download({ path: 'C:\\big', target: full })).rejects.toThrow(
      'no space left',
    )
    await isTidy()
  })

  test('has a path of a length that fits', async () => {
    await expect(machine.upload(`C:\\${'long\\'.repeat(600)}x`, 'x')).rejects.toThrow(
      'too long for a command line',
    )
    await isTidy()
  })
})

describe('a machine that goes away', () => {
  const afterSome = (then: () => void) => {
    let count = 0
    requests = (xml) => {
      if (xml.includes('<rsp:Command>echo ')) count += 1
      if (count === 5) then()
    }
  }

  test('in the middle of an upload fails it', async () => {
    let dying: Promise<void> | undefined
    afterSome(() => {
      dying ??= server.die()
    })
    await expect(machine.upload('C:\\file', randomBytes(200_000))).rejects.toMatchObject({
      code: 'unreachable',
    })
    await dying
    expect(existsSync(on('file'))).toBe(false)
  })

  test('by losing its shells in the middle of an upload fails it in its own words', async () => {
    afterSome(() => server.shells.endAll())
    await expect(machine.upload('C:\\file', randomBytes(200_000))).rejects.toThrow(
      /was not found on the server/,
    )
    expect(existsSync(on('file'))).toBe(false)
  })

  test('is not waited for when the user cancels an upload, which leaves nothing behind', async () => {
    afterSome(() => user.abort())
    await expect(machine.upload('C:\\file', randomBytes(200_000))).rejects.toThrow('The build was cancelled.')
    await isTidy()
  })
})

describe('a directory', () => {
  beforeEach(() => {
    for (const folder of ['empty', 'deep/er', '.git'])
      mkdirSync(join(here, 'site', folder), { recursive: true })
    for (const file of ['a', 'deep/b', 'deep/er/ü', '.git/config'])
      writeFileSync(join(here, 'site', file), file)
    symlinkSync('../..', join(here, 'site/deep/loop'))
    symlinkSync('a', join(here, 'site/link'))
  })

  const tree = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .map(
        (each) => join(each.parentPath, each.name).slice(folder.length + 1) + (each.isDirectory() ? '/' : ''),
      )
      .sort()
  const whole = ['.git/', '.git/config', 'a', 'deep/', 'deep/b', 'deep/er/', 'deep/er/ü', 'empty/', 'link']

  test('goes there itself, or with a slash what is in it', async () => {
    rmSync(join(here, 'site/deep/loop'))
    await machine.uploadDirectory(join(here, 'site'), 'C:\\www')
    expect(tree(on('www'))).toEqual(['site/', ...whole.map((path) => `site/${path}`)])
    await machine.uploadDirectory(`${join(here, 'site')}/`, 'C:\\flat')
    expect(tree(on('flat'))).toEqual(whole)
    await isTidy()
  })

  test('goes without what is left out, and a link to what it is in once', async () => {
    rmSync(join(here, 'site/deep/loop'))
    symlinkSync('..', join(here, 'site/deep/loop'))
    await machine.uploadDirectory(`${join(here, 'site')}/`, 'C:\\w', { exclude: ['.git/', 'deep/er'] })
    expect(tree(on('w'))).toEqual(['a', 'deep/', 'deep/b', 'deep/loop/', 'empty/', 'link'])
  })

  test('comes back itself, or with a slash what is in it, without what is left out', async () => {
    rmSync(join(here, 'site/deep/loop'))
    await machine.uploadDirectory(join(here, 'site'), 'C:\\www')
    await machine.downloadDirectory('C:\\www\\site', join(here, 'back'))
    expect(tree(join(here, 'back'))).toEqual(['site/', ...whole.map((path) => `site/${path}`)])
    await machine.downloadDirectory('C:\\www\\site\\', join(here, 'some'), { exclude: ['deep', '.git'] })
    expect(tree(join(here, 'some'))).toEqual(['a', 'empty/', 'link'])
    expect(readFileSync(join(here, 'some/link'), 'utf8')).toBe('a')
    await isTidy()
  })

  test('that tells of files outside of it is refused', async () => {
    mkdirSync(on('evil'))
    writeFileSync(on('evil/..\\..\\x'), 'x')
    await expect(machine.downloadDirectory('C:\\evil', join(here, 'back'))).rejects.toThrow(
      'Cannot list C:\\evil: the machine tells of a file that cannot be in it',
    )
    expect(existsSync(join(here, 'back'))).toBe(false)
  })

  test('that is not there is told as such, on either side', async () => {
    await expect(machine.downloadDirectory('C:\\gone', here)).rejects.toThrow(
      /^Cannot list C:\\gone: .*ENOENT/,
    )
    await expect(machine.uploadDirectory(join(here, 'gone'), 'C:\\x')).rejects.toThrow('ENOENT')
    await isTidy()
  })
})
