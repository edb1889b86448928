import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { Running } from './windows-machine.ts'

type Place = (path: string) => string

/** Does what a script of ours does, known by the calls that are in it. */
export function runPowerShell(script: string, at: Place): Running {
  let failed = false
  const stderr: string[] = []
  async function* output() {
    try {
      yield* perform(script, at)
    } catch (error) {
      failed = true
      stderr.push(`#< CLIXML\r\n${String(error)}\r\n`)
    }
  }
  const stdout = Readable.from(output())
  const closed = new Promise<void>((resolve) => stdout.on('close', resolve))
  return {
    stdout,
    stderr: Readable.from(
      (async function* () {
        await closed
        yield* stderr
      })(),
    ),
    exitStatus: closed.then(() => (failed ? 1 : 0)),
    write() {},
    endInput() {},
    signal: () => void stdout.destroy(),
  }
}

async function* perform(script: string, at: Place): AsyncGenerator<string> {
  const path = (name: string) => at(value(script, name))
  const said = /^[^{]*try\{\[Console\]::Out\.WriteLine\('([^']*)'\)\}/.exec(script)?.[1]
  if (said !== undefined) yield `${said}\r\n`
  else if (script.includes('FromBase64String')) await restore(script, path('from'), path('to'))
  else if (script.includes('GetFileSystemInfos')) yield* list(path('from'), '')
  else if (script.includes('[IO.File]::Open(')) yield* read(path('from'))
  else if (script.includes('CreateDirectory')) await mkdir(path('to'), { recursive: true })
  else throw new Error('The script is not one that is known here')
}

/** The text that a script gives a variable. */
function value(script: string, name: string): string {
  const found = new RegExp(`\\$${name}=(?:Full )?'((?:[^']|'')*)'`).exec(script)
  if (!found) throw new Error(`The script has no ${name}`)
  return found[1]!.replaceAll("''", "'").replace(/([\u2018\u2019\u201a\u201b])\1/g, '$1')
}

async function restore(script: string, from: string, wanted: string): Promise<void> {
  const isDirectory = await stat(wanted).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const name = value(script, 'name')
  if (isDirectory && name === '') throw new Error(`${wanted} is a directory`)
  const to = isDirectory ? join(wanted, name) : wanted
  await mkdir(dirname(to), { recursive: true })
  const lines = (await readFile(from, 'latin1').catch(() => '')).split('\r\n')
  const content = Buffer.concat(lines.map((line) => Buffer.from(line.trim(), 'base64')))
  await writeFile(to, content)
  if (content.length !== Number(/\$size=(\d+);/.exec(script)?.[1])) throw new Error('Not all arrived')
  await rm(from, { force: true })
}

async function* read(path: string): AsyncGenerator<string> {
  for await (const chunk of createReadStream(path, { highWaterMark: 49_152 }))
    yield `${(chunk as Buffer).toString('base64')}\r\n`
}

async function* list(folder: string, above: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries) {
    const path = above + entry.name
    yield `${entry.isDirectory() ? 'd' : 'f'}${Buffer.from(path).toString('base64')}\r\n`
    if (entry.isDirectory()) yield* list(join(folder, entry.name), `${path}\\`)
  }
}
