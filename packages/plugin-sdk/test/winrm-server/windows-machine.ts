import { type ChildProcess, spawn } from 'node:child_process'
import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { runPowerShell } from './powershell.ts'

/** A command that runs: its output, its input and what ends it. */
export interface Running {
  readonly stdout: Readable
  readonly stderr: Readable
  readonly exitStatus: Promise<number>
  write(input: Buffer): void
  endInput(): void
  signal(name: 'SIGINT' | 'SIGKILL'): void
}

/** The longest command line of `cmd`. */
const COMMAND_LINE = 8191

/**
 * A machine whose drive C is a folder, with `%TEMP%` in it. It knows the commands and scripts that copying files takes;
 * anything else is run by `sh`.
 */
export class WindowsMachine {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  run(command: string): Running {
    if (command.replaceAll('%TEMP%', 'C:\\Users\\Administrator\\AppData\\Local\\Temp').length > COMMAND_LINE)
      return done({ stderr: 'The command line is too long.\r\n', status: 1 })
    const append = /^echo ([A-Za-z0-9+/=]+) >> "(.*)"$/.exec(command)
    if (append) return later(() => appendFile(this.at(append[2]!), `${append[1]} \r\n`))
    const remove = /^del \/f \/q "(.*)"$/.exec(command)
    if (remove) return later(() => rm(this.at(remove[1]!), { force: true }))
    const script = /^powershell(?:\.exe)? .*-EncodedCommand (\S+)$/i.exec(command)?.[1]
    if (script)
      return runPowerShell(Buffer.from(script, 'base64').toString('utf16le'), (path) => this.at(path))
    return processOf(spawn('/bin/sh', ['-c', command], { cwd: this.#root, detached: true }))
  }

  /** Where a path of the machine is here. */
  at(path: string): string {
    const whole = path
      .replaceAll('%TEMP%', 'C:\\Temp')
      .replace(/\$\{env:SYSTEMROOT\}|\$env:SYSTEMROOT/gi, 'C:\\Windows')
      .replaceAll('\\', '/')
    return join(this.#root, whole.replace(/^[A-Za-z]:/, ''))
  }
}

/** A command that has ended, with that output. */
export function done({ stdout = '', stderr = '', status = 0 }): Running {
  return ended(
    Readable.from(stdout ? [stdout] : []),
    Readable.from(stderr ? [stderr] : []),
    Promise.resolve(status),
  )
}

function ended(stdout: Readable, stderr: Readable, exitStatus: Promise<number>): Running {
  return { stdout, stderr, exitStatus, write() {}, endInput() {}, signal() {} }
}

function later(run: () => Promise<unknown>): Running {
  const ran = run()
  const stderr = Readable.from(messages(ran))
  return ended(
    Readable.from([]),
    stderr,
    ran.then(
      () => 0,
      () => 1,
    ),
  )
}

async function* messages(ran: Promise<unknown>) {
  try {
    await ran
  } catch (error) {
    yield `${error}\r\n`
  }
}

function processOf(child: ChildProcess): Running {
  const exitStatus = new Promise<number>((resolve) =>
    child.on('exit', (code, signal) => resolve(signal ? 255 : (code ?? 1))),
  )
  child.stdin!.on('error', () => {})
  return {
    stdout: child.stdout!,
    stderr: child.stderr!,
    exitStatus,
    write: (input) => void child.stdin!.write(input),
    endInput: () => void child.stdin!.end(),
    signal(name) {
      if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, name)
    },
  }
}
